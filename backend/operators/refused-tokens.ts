import type { Origin } from '../store/append-event.ts';
import { networkOf } from '../network/addresses.ts';
import type { KeyedHash } from '../store/keyed-hash.ts';
import type { Store } from '../store/store.ts';

export interface RefusedTokens {
  /** A call with no token, or with one that opens no session. The first of a kind is recorded before it is answered, the next are counted. */
  record(from: Omit<Origin, 'actor'>, call: string, code: string, token: string | null): Promise<void>;
  /** Records what was counted in the windows that are over. */
  sweep(): Promise<void>;
  /** Records what was counted until now. */
  settle(): Promise<void>;
}

/** Milliseconds in which calls of one kind become one event more at most. */
const span = 10 * 60_000;
/** Networks of strangers that are told apart at once; what comes from more is counted together. */
const mostStrangers = 64;

interface Counted {
  readonly origin: Origin;
  readonly facts: Readonly<Record<string, string>>;
  readonly until: number;
  further: number;
}

/**
 * Keeps the record of calls whose token is refused without letting strangers fill it: each network, and each session that is over, is recorded
 * once and then counted for ten minutes. What was counted is in memory until then, so a crash loses a number, not the fact.
 */
export function createRefusedTokens({
  store,
  keyed,
  now,
}: {
  readonly store: Store;
  readonly keyed: KeyedHash;
  readonly now: () => number;
}): RefusedTokens {
  const windows = new Map<string, Counted>();
  let strangers = 0;

  const write = ({ origin, facts }: Counted, more: Readonly<Record<string, number>> = {}) =>
    store.change(origin, (_tx, record) =>
      record({ action: 'operator.token-refused', outcome: 'refused', facts: { ...facts, ...more } }),
    );
  /** Ends a window; answers once what was counted in it is recorded. */
  const close = async (key: string, counted: Counted): Promise<void> => {
    windows.delete(key);
    if (!('session' in counted.facts)) strangers -= 1;
    if (counted.further > 0) await write(counted, { further: counted.further });
  };
  const closeAll = async (due: (counted: Counted) => boolean): Promise<void> => {
    for (const [key, counted] of windows) if (due(counted)) await close(key, counted);
  };
  /** The session that the token once opened, with whose it was. */
  const sessionOf = (token: string) =>
    store.db
      .selectFrom('operator_sessions')
      .innerJoin('operators', 'operators.id', 'operator_sessions.operator_id')
      .select(['operator_sessions.id', 'operators.id as operatorId', 'operators.display_name as name'])
      .where('access_hash', '=', keyed.hash('session', token))
      .executeTakeFirst();

  return {
    async record(from, call, code, token) {
      const known = token === null ? undefined : await sessionOf(token);
      const network = from.clientAddress === null ? '' : networkOf(from.clientAddress);
      const own = known ? `session ${known.id} ${code}` : `network ${network}`;
      const key = known || windows.has(own) || strangers < mostStrangers ? own : 'other networks';
      const before = windows.get(key);
      if (before && now() < before.until) {
        before.further += 1;
        return;
      }
      const counted: Counted = {
        origin: {
          ...(key === own ? from : { clientAddress: null, client: null }),
          actor: known ? { kind: 'operator', id: known.operatorId, name: known.name } : { kind: 'system' },
        },
        facts: { code, call, ...(known && { session: known.id }) },
        until: now() + span,
        further: 0,
      };
      // Closed and opened in one go, so that calls at the same time are counted and not recorded each.
      const closing = before ? close(key, before) : null;
      windows.set(key, counted);
      if (!known) strangers += 1;
      await closing;
      await write(counted);
    },
    sweep: () => closeAll(({ until }) => until <= now()),
    settle: () => closeAll(() => true),
  };
}
