import type { SessionRow } from '../../shared/api/operators.ts';
import type { Origin } from '../store/append-event.ts';
import type { Live } from '../live/live.ts';
import { Refusal } from '../refusal.ts';
import type { Transaction, RecordEvent, Store } from '../store/store.ts';

export interface SessionList {
  /** Open sessions, most recently used first; `currentId` is the caller's own. */
  list(operatorId: string, currentId: string): Promise<SessionRow[]>;
  /** Ends one session, or all but `keepId`; returns how many ended. */
  end(
    operatorId: string,
    which: { readonly sessionId?: string | undefined; readonly keepId?: string },
    origin: Origin,
  ): Promise<number>;
}

/**
 * Ends an operator's open sessions within the caller's transaction and records them; returns their ids for {@link publishEnded}.
 */
export async function endSessions(
  tx: Transaction,
  record: RecordEvent,
  operatorId: string,
  now: number,
  {
    sessionId,
    keepId,
    providerSid,
  }: {
    readonly sessionId?: string | undefined;
    readonly keepId?: string;
    /** Only sessions that come from this session at the identity provider. */
    readonly providerSid?: string;
  } = {},
): Promise<string[]> {
  let ending = tx
    .updateTable('operator_sessions')
    .set({ ended_at: now })
    .where('operator_id', '=', operatorId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now);
  if (sessionId !== undefined) ending = ending.where('id', '=', sessionId);
  if (keepId !== undefined) ending = ending.where('id', '!=', keepId);
  if (providerSid !== undefined) ending = ending.where('provider_sid', '=', providerSid);
  const ended = (await ending.returning('id').execute()).map(({ id }) => id);
  for (const session of ended) {
    await record({ action: 'operator.session-ended', facts: { operator: operatorId, session } });
  }
  return ended;
}

/** Notifies the consoles of ended sessions; call it after the commit. */
export const publishEnded = (live: Live, sessionIds: readonly string[]): void => {
  for (const sessionId of sessionIds) live.publish({ type: 'session-ended', sessionId });
};

export function createSessionList({
  store,
  live,
  now,
}: {
  store: Store;
  live: Live;
  now: () => number;
}): SessionList {
  const iso = (at: number) => new Date(at).toISOString();
  return {
    async list(operatorId, currentId) {
      const rows = await store.db
        .selectFrom('operator_sessions')
        .selectAll()
        .where('operator_id', '=', operatorId)
        .where('ended_at', 'is', null)
        .where('expires_at', '>', now())
        .orderBy('last_activity_at', 'desc')
        .limit(200)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        client: row.client,
        clientAddress: row.client_address,
        openedAt: iso(row.created_at),
        lastUsedAt: iso(row.last_activity_at),
        expiresAt: iso(row.expires_at),
        current: row.id === currentId,
      }));
    },
    async end(operatorId, which, origin) {
      const known = await store.db
        .selectFrom('operator_sessions')
        .select('id')
        .where('operator_id', '=', operatorId)
        .where('ended_at', 'is', null)
        .where('expires_at', '>', now())
        .execute();
      const ids = known.map(({ id }) => id).filter((id) => id !== which.keepId);
      const some = which.sessionId === undefined ? ids.length > 0 : ids.includes(which.sessionId);
      if (!some) {
        if (which.sessionId === undefined) return 0;
        throw new Refusal('session.not-found');
      }
      const ended = await store.change(origin, async (tx, record) => {
        const gone = await endSessions(tx, record, operatorId, now(), which);
        if (gone.length === 0) throw new Refusal('session.not-found');
        return gone;
      });
      publishEnded(live, ended);
      return ended.length;
    },
  };
}
