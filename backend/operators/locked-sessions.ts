import type { Origin } from '../store/append-event.ts';
import { Refusal } from '../refusal.ts';
import type { KeyedHash } from '../store/keyed-hash.ts';
import type { Store } from '../store/store.ts';
import type { OperatorSessionsTable } from '../store/tables.ts';
import type { OperatorSession } from '../authorization/operator-session.ts';
import type { PolicyDocument } from '../../shared/api/policy.ts';
import { sessionOf } from './tokens.ts';

/** Whether a session accepts no call until its operator reauthenticates: the console was locked, or idle for too long. */
export const isLocked = (
  { locked_at, last_activity_at }: Pick<OperatorSessionsTable, 'locked_at' | 'last_activity_at'>,
  { operatorSession }: Pick<PolicyDocument, 'operatorSession'>,
  now: number,
): boolean => locked_at !== null || last_activity_at + operatorSession.idleLock * 1000 <= now;

/** Sessions whose console is locked: still open, but unusable for calls. */
export interface LockedSessions {
  /** Locks the session of a refresh token. The token stays valid, but opens nothing until the operator proves their identity. */
  lock(refreshToken: string, from: Omit<Origin, 'actor'>): Promise<OperatorSession>;
  /** The current state of a session, locked or not; null if it has ended. */
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
      // An exchanged token is not looked up: a console that is being unlocked may still send it, and must not lose its session.
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
        // The session was unlocked and its token exchanged in the meantime.
        if (numUpdatedRows !== 1n) throw new Refusal('session.missing');
        await record({ action: 'operator.session-locked', facts: { session: row.id } });
      });
      return session;
    },
    current: async (sessionId) => alive(await rows().where('id', '=', sessionId).executeTakeFirst()),
  };
}
