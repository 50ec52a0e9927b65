import type { Live } from '../../live/live.ts';
import { Refusal } from '../../refusal.ts';
import type { Origin } from '../../store/append-event.ts';
import type { EventWindows } from '../../store/event-windows.ts';
import type { Store } from '../../store/store.ts';
import { endSessions, publishEnded } from '../session-list.ts';
import type { ProviderSettingsStore } from './provider-settings.ts';
import type { RelyingParty } from './relying-party.ts';

/** Ends the sessions for which the identity provider sends a logout (OpenID Connect Back-Channel Logout 1.0). */
export interface BackChannelLogout {
  /** Throws `provider.off`, `provider.unavailable`, or `provider.refused` for a token that is not valid or was used before. */
  logOut(token: string, from: Omit<Origin, 'actor'>): Promise<void>;
}

interface Collaborators {
  readonly store: Store;
  readonly live: Live;
  readonly settings: ProviderSettingsStore;
  readonly party: Pick<RelyingParty, 'readLogoutToken' | 'clock'>;
  readonly eventWindows: Pick<EventWindows, 'recordStranger'>;
  readonly now: () => number;
}

/** Token ids that are remembered; the oldest are forgotten first. */
const maxUsed = 10_000;

export function createBackChannelLogout(collaborators: Collaborators): BackChannelLogout {
  const { store, live, settings, party, eventWindows, now } = collaborators;
  /** Ids of used tokens, each with the end of its validity in milliseconds. */
  const used = new Map<string, number>();
  /** Stores the id of a token; false if it was used before. */
  const isFirstUse = (id: string, until: number): boolean => {
    for (const [known, expires] of used)
      if (expires <= party.clock() || used.size > maxUsed) used.delete(known);
    if (used.has(id)) return false;
    used.set(id, until);
    return true;
  };

  const logOut: BackChannelLogout['logOut'] = async (token, from) => {
    const stored = await settings.read();
    if (!stored.settings.enabled) throw new Refusal('provider.off');
    const { issuer, subject, sid, id, expiresAt } = await party.readLogoutToken(stored, token);
    if (!isFirstUse(id, expiresAt))
      throw new Refusal('provider.refused', { detail: 'The logout token was already used.' });
    const operators = await store.db
      .selectFrom('operators')
      .select('id')
      .where('provider_issuer', '=', issuer)
      .$if(subject !== null, (query) => query.where('provider_subject', '=', subject))
      .$if(sid !== null, (query) =>
        query.where((where) =>
          where.or(
            (['operator_sessions', 'operator_sign_ins'] as const).map((table) =>
              where(
                'id',
                'in',
                where.selectFrom(table).select('operator_id').where('provider_sid', '=', sid),
              ),
            ),
          ),
        ),
      )
      .execute();
    for (const operator of operators) {
      const ended = await store.change({ ...from, actor: { kind: 'system' } }, async (tx, record) => {
        // Also voids a sign-in that waits for its code, which would otherwise open a session after the logout.
        await tx
          .updateTable('operator_sign_ins')
          .set({ settled_at: now(), sealed: null })
          .where('operator_id', '=', operator.id)
          .where('factor', '=', 'provider')
          .where('settled_at', 'is', null)
          .$if(sid !== null, (query) => query.where('provider_sid', '=', sid))
          .execute();
        await record({
          action: 'operator.logged-out-by-provider',
          facts: { operator: operator.id, all: sid === null },
        });
        return endSessions(tx, record, operator.id, now(), sid === null ? {} : { providerSid: sid });
      });
      publishEnded(live, ended);
    }
  };

  return {
    logOut: (token, from) =>
      logOut(token, from).catch(async (thrown: unknown) => {
        if (thrown instanceof Refusal)
          await eventWindows.recordStranger({
            key: 'operator.provider-logout-refused',
            origin: { ...from, actor: { kind: 'system' } },
            event: {
              action: 'operator.provider-logout-refused',
              outcome: 'refused',
              facts: { code: thrown.code },
            },
          });
        throw thrown;
      }),
  };
}
