import type { CaseView } from '../../../shared/api/case.ts';
import type { Channels } from '../../messaging/channels.ts';
import { isUnreachableAddress } from '../../network/public-address.ts';
import type { Store } from '../../store/store.ts';
import type { CaseContext } from '../decision/case-context.ts';

type CallerFacts = NonNullable<CaseView['callerFacts']>;

/** Characters. A longer address is not read out. */
const longestSpoken = 40;

/**
 * The public address as the operator reads it out, such as `desk.example.com/reset`; null if users cannot open it or if it is too long to be typed
 * from dictation.
 */
export function spokenAddress(publicUrl: string): string | null {
  if (isUnreachableAddress(publicUrl)) return null;
  const spoken = publicUrl.replace(/^https?:\/\//, '').replace(/\/+$/, '');
  return spoken.length > longestSpoken ? null : spoken;
}

/** What the operator can truthfully tell the caller after the newest reset; null without one. */
export async function readCallerFacts(
  { resets: [reset], found }: CaseContext,
  {
    store,
    channels,
    publicUrl,
  }: {
    readonly store: Store;
    readonly channels: Pick<Channels, 'obstacle'>;
    readonly publicUrl: () => string;
  },
): Promise<CallerFacts | null> {
  if (reset === undefined) return null;
  const mails = await store.db
    .selectFrom('mails')
    .select('state')
    .where('account_id', '=', reset.account_id)
    .where('kind', '=', 'notification')
    .where('queued_at', '>=', reset.intended_at)
    .execute();
  const states = new Set(mails.map(({ state }) => state));
  const isKeptForUser = states.has('kept-in-outbox') && (await channels.obstacle('mail', 'user')) === null;
  const told: CallerFacts['told'] =
    states.has('accepted') || isKeptForUser
      ? 'sent'
      : states.has('queued') || states.has('sending')
        ? 'on-its-way'
        : mails.length === 0
          ? 'no-address'
          : 'not-sent';
  // With an external directory, users sign in at their computer or elsewhere.
  return { told, signInAt: found.account.directory === 'built-in' ? spokenAddress(publicUrl()) : null };
}
