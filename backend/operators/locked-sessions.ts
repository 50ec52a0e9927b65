import type { Origin } from '../store/append-event.ts';
import { Refusal } from '../refusal.ts';
import type { KeyedHash } from '../store/keyed-hash.ts';
import type { Store } from '../store/store.ts';
import type { OperatorSessionsTable } from '../store/tables.ts';
import type { OperatorSession } from '../authorization/operator-session.ts';
import { sessionOf } from './tokens.ts';

/** Sessions whose console is locked: still somebody's, but good for no call. */
export interface LockedSessions {
  /** Locks a session by its refresh token, which stays what it is: nobody proves anything by it, and it opens nothing before somebody has. */
  lock(refreshToken: string, from: Omit<Origin, 'actor'>): Promise<OperatorSession>;
  /** As it stands now, or null when it has ended. */
  current(sessionId: string): Promise<OperatorSession | null>;
}

export function createLockedSessions({
  store,
  keyed,
  now,
}: {
  store: Store;
  keyed: KeyedHash;
  now: () => number;
}): LockedSessions {
  const rows = () => store.db.selectFrom('operator_sessions').selectAll();
  const alive = async (row: OperatorSessionsTable | undefined): Promise<OperatorSession | null> => {
    if (!row || row.ended_at !== null || row.expires_at <= now()) return null;
    const operator = await store.db
      .selectFrom('operators')
      .selectAll()
      .where('id', '=', row.operator_id)
      .executeTakeFirstOrThrow();
    return operator.state === 'active' ? sessionOf(operator, row) : null;
  };
  return {
    async lock(refreshToken, from) {
      const given = keyed.hash('session', refreshToken);
      const row = await rows().where('refresh_hash', '=', given).executeTakeFirst();
      // One that was exchanged is not known here: a console that is just being unlocked may ask with it, and loses nothing.
      if (!row) throw new Refusal('session.missing');
      const session = await alive(row);
      if (session === null) throw new Refusal('session.expired');
      if (row.locked_at !== null) return session;
      const { id, displayName: name } = session.operator;
      await store.change({ ...from, actor: { kind: 'operator', id, name } }, async (tx, record) => {
        const { numUpdatedRows } = await tx
          .updateTable('operator_sessions')
          .set({ locked_at: now() })
          .where('id', '=', row.id)
          .where('refresh_hash', '=', given)
          .executeTakeFirst();
        // Unlocked, and its token exchanged, a moment ago.
        if (numUpdatedRows !== 1n) throw new Refusal('session.missing');
        await record({ action: 'operator.session-locked', facts: { session: row.id } });
      });
      return session;
    },
    current: async (sessionId) => alive(await rows().where('id', '=', sessionId).executeTakeFirst()),
  };
}
