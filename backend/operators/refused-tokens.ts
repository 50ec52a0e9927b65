import type { Origin } from '../store/append-event.ts';
import { networkOf } from '../network/addresses.ts';
import type { KeyedHash } from '../store/keyed-hash.ts';
import type { Store } from '../store/store.ts';

export interface RefusedTokens {
  /** A call without a valid token. The first of a kind is recorded before the answer; later ones are counted. */
  record(from: Omit<Origin, 'actor'>, call: string, code: string, token: string | null): Promise<void>;
  /** Records the counts of the windows that have ended. */
  sweep(): Promise<void>;
  /** Records all counts. */
  settle(): Promise<void>;
}

/** Milliseconds of a window, in which calls of one kind become at most two events. */
const windowMs = 10 * 60_000;
/** Networks that are counted separately at a time; calls from further networks are counted together. */
const maxNetworks = 64;

interface Counted {
  readonly origin: Origin;
  readonly facts: Readonly<Record<string, string>>;
  readonly until: number;
  further: number;
}

/**
 * Records refused tokens without letting strangers fill the audit log: each network, and each ended session, is recorded once and then counted for
 * ten minutes. Counts are kept in memory, so a crash loses a count but not the event.
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
  /** Ends a window and records its count. */
  const close = async (key: string, counted: Counted): Promise<void> => {
    windows.delete(key);
    if (!('session' in counted.facts)) strangers -= 1;
    if (counted.further > 0) await write(counted, { further: counted.further });
  };
  const closeAll = async (due: (counted: Counted) => boolean): Promise<void> => {
    for (const [key, counted] of windows) if (due(counted)) await close(key, counted);
  };
  /** The ended session of a token, and its operator. */
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
      const key = known || windows.has(own) || strangers < maxNetworks ? own : 'other networks';
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
        until: now() + windowMs,
        further: 0,
      };
      // Synchronous up to here, so that concurrent calls are counted rather than recorded.
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
