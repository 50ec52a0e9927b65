import { randomUUID } from 'node:crypto';
import type { NextStep, SessionTokens } from '../../../shared/api/session.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import type { Origin } from '../../store/append-event.ts';
import type { Live } from '../../live/live.ts';
import { Refusal } from '../../refusal.ts';
import { randomToken } from '../../store/keyed-hash.ts';
import type { EventWindows } from '../../store/event-windows.ts';
import type { Sealed } from '../../store/sealed.ts';
import type { Store } from '../../store/store.ts';
import type { Sessions } from '../sessions.ts';
import type { SignIn } from '../sign-in.ts';
import type { SignInTickets } from '../sign-in-tickets.ts';
import { matchOperator } from './match-operator.ts';
import { nameOfProvider, type ProviderSettingsStore } from './provider-settings.ts';
import { readClaims, type ProviderPerson } from './read-claims.ts';
import type { RelyingParty } from './relying-party.ts';

type From = Omit<Origin, 'actor'>;

export interface ProviderSignIn {
  /** The name on the sign-in button; null while the provider is turned off. */
  name(): Promise<string | null>;
  start(asked: {
    redirectUri: string;
    codeChallenge: string;
    again: boolean;
  }): Promise<{ ticket: string; url: string; state: string }>;
  finish(
    back: { ticket: string; query: string; verifier: string; refreshToken?: string | undefined },
    from: From,
  ): Promise<SessionTokens | NextStep>;
}

/** Failures per window that are recorded individually for one network, or for one person at the provider. */
const recordedOneByOne = 10;

interface Kept {
  readonly nonce: Secret;
  readonly state: Secret;
  readonly redirectUri: string;
  readonly again: boolean;
  /** When the browser was redirected, by {@link RelyingParty.clock}. */
  readonly askedAt: number;
}

/** The text to be sealed. The secrets are exposed only in it. */
const pack = ({ nonce, state, ...rest }: Kept): string =>
  JSON.stringify({ ...rest, nonce: nonce.expose(), state: state.expose() });

const unpack = (text: string): Kept => {
  const { nonce, state, ...rest } = JSON.parse(text) as Record<'nonce' | 'state', string> &
    Omit<Kept, 'nonce' | 'state'>;
  return { ...rest, nonce: new Secret(nonce), state: new Secret(state) };
};

/** The provider's settings. Throws `provider.off`. */
async function readEnabled(settings: ProviderSettingsStore) {
  const stored = await settings.read();
  if (!stored.settings.enabled) throw new Refusal('provider.off');
  return stored;
}

/** Records a refused sign-in, with the person if the provider named one. */
async function recordRefusal(
  eventWindows: Pick<EventWindows, 'record' | 'recordStranger'>,
  refusal: Refusal,
  person: ProviderPerson | null,
  from: From,
): Promise<void> {
  const failed = {
    origin: { ...from, actor: { kind: 'system' } },
    first: recordedOneByOne,
    event: {
      action: 'operator.sign-in-failed',
      outcome: 'refused',
      facts: {
        why: refusal.code,
        by: 'provider',
        // The received values, so that an administrator sees who was refused and why.
        ...(refusal.help.detail !== undefined && { detail: refusal.help.detail.slice(0, 300) }),
        ...(person !== null && {
          subject: person.subject.slice(0, 200),
          userName: person.userName,
          email: person.email,
        }),
      },
    },
  } as const;
  await (person === null
    ? eventWindows.recordStranger({ ...failed, key: 'provider' })
    : eventWindows.record({ ...failed, key: `provider ${person.subject}` }));
}

/** Sign-in with the identity provider: authorization code with PKCE. The console keeps the verifier. */
export function createProviderSignIn({
  store,
  live,
  settings,
  party,
  tickets,
  sealed,
  sessions,
  steps,
  eventWindows,
  now,
}: {
  store: Store;
  live: Live;
  settings: ProviderSettingsStore;
  party: RelyingParty;
  tickets: SignInTickets;
  sealed: Sealed;
  sessions: Sessions;
  steps: SignIn;
  eventWindows: Pick<EventWindows, 'record' | 'recordStranger'>;
  now: () => number;
}): ProviderSignIn {
  const provider = () => readEnabled(settings);
  /** Uses the ticket before the provider is called: it is valid for one attempt. */
  const take = async (ticket: string): Promise<Kept> => {
    const row = await store.writeUnaudited(async (tx) => {
      const found = await tickets.find(tx, ticket, 'provider');
      await tickets.settle(tx, found);
      return found;
    });
    if (row.sealed === null) throw new Refusal('session.ticket-gone');
    return unpack(sealed.open(`operator.provider ${row.id}`, row.sealed));
  };

  return {
    async name() {
      return nameOfProvider((await settings.read()).settings);
    },

    async start({ redirectUri, codeChallenge, again }) {
      const stored = await provider();
      const kept: Kept = {
        nonce: randomToken(),
        state: randomToken(),
        redirectUri,
        again,
        askedAt: party.clock(),
      };
      const url = await party.authorizationUrl(stored, { ...kept, codeChallenge });
      const id = randomUUID();
      const { ticket } = await store.writeUnaudited((tx) =>
        tickets.issue(tx, {
          id,
          operator: null,
          step: 'provider',
          factor: 'provider',
          sealed: sealed.seal(`operator.provider ${id}`, pack(kept)),
        }),
      );
      return { ticket: ticket.expose(), url, state: kept.state.expose() };
    },

    async finish({ ticket, query, verifier, refreshToken }, from) {
      let person: ProviderPerson | null = null;
      try {
        const stored = await provider();
        const kept = await take(ticket);
        const answer = await party.claims(stored, { ...kept, query, verifier });
        const sid = typeof answer.claims['sid'] === 'string' ? answer.claims['sid'] : null;
        person = readClaims(stored.settings, answer);
        const operator = await matchOperator({ store, live }, stored.settings, person, from, now());
        if (refreshToken !== undefined) {
          return await sessions.reauthenticate(
            refreshToken,
            async (owner, sessionId) => {
              // The proof must belong to the session's operator, and the provider must have requested it anew.
              if (owner.id !== operator.id || !kept.again) throw new Refusal('provider.refused');
              await store.writeUnaudited((tx) =>
                tx
                  .updateTable('operator_sessions')
                  .set({ provider_sid: sid })
                  .where('id', '=', sessionId)
                  .execute(),
              );
            },
            from,
            'provider',
          );
        }
        return stored.settings.secondFactor === 'provider'
          ? await sessions.open(operator, from, 'provider', sid)
          : await steps.begin(operator, 'provider', from, sid);
      } catch (thrown) {
        if (thrown instanceof Refusal) await recordRefusal(eventWindows, thrown, person, from);
        throw thrown;
      }
    },
  };
}
