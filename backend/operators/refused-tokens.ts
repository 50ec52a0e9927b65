import type { Origin } from '../store/append-event.ts';
import type { KeyedHash } from '../store/keyed-hash.ts';
import type { Store } from '../store/store.ts';
import { createEventWindows, type EventWindows } from '../store/event-windows.ts';

export interface RefusedTokens extends Pick<EventWindows, 'sweep' | 'settle'> {
  /** A call without a valid token. The first of a kind is recorded before the answer; later ones are counted. */
  record(from: Omit<Origin, 'actor'>, call: string, code: string, token: string | null): Promise<void>;
}

/** Records refused tokens: each network, and each ended session, is recorded once and then counted for ten minutes. */
export function createRefusedTokens({
  store,
  keyed,
  now,
}: {
  readonly store: Store;
  readonly keyed: KeyedHash;
  readonly now: () => number;
}): RefusedTokens {
  const windows = createEventWindows({ store, now });
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
      const event = {
        action: 'operator.token-refused',
        outcome: 'refused',
        facts: { code, call, ...(known && { session: known.id }) },
      } as const;
      if (!known) {
        await windows.recordStranger({ key: '', origin: { ...from, actor: { kind: 'system' } }, event });
        return;
      }
      const origin: Origin = { ...from, actor: { kind: 'operator', id: known.operatorId, name: known.name } };
      await windows.record({ key: `session ${known.id} ${code}`, origin, event });
    },
    sweep: windows.sweep,
    settle: windows.settle,
  };
}
