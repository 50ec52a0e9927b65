import type { AuditAction } from '../../shared/api/timeline.ts';
import { Refusal } from '../refusal.ts';
import type { Origin } from '../store/append-event.ts';
import { randomToken, type KeyedHash } from '../store/keyed-hash.ts';
import type { Store } from '../store/store.ts';
import type { OperatorSessionsTable, OperatorsTable } from '../store/tables.ts';
import { accessTokenLife, type TokenPair } from './tokens.ts';

type From = Omit<Origin, 'actor'>;

/** A session and its operator. */
export interface SessionRows {
  readonly row: OperatorSessionsTable;
  readonly operator: OperatorsTable;
}

export const newTokenPair = (now: number): TokenPair => ({
  access: randomToken(),
  refresh: randomToken(),
  accessExpiresAt: now + accessTokenLife,
});

/** The columns that hold a pair of tokens: keyed hashes only. */
export const tokenColumns = (keyed: KeyedHash, { access, refresh, accessExpiresAt }: TokenPair) => ({
  access_hash: keyed.hash('session', access.expose()),
  access_expires_at: accessExpiresAt,
  refresh_hash: keyed.hash('session', refresh.expose()),
});

/** An action of the operator themselves. */
export const operatorOrigin = ({ id, display_name: name }: OperatorsTable, from: From): Origin => ({
  ...from,
  actor: { kind: 'operator', id, name },
});

export interface RefreshTokens {
  /** The session of a refresh token; throws `session.expired`. A token that was already exchanged ends the session. */
  find(refreshToken: string, from: From): Promise<SessionRows>;
  /**
   * Exchanges the tokens of a session; throws `session.expired` if another call has exchanged them meanwhile. `proved` means that the operator
   * has just proved their identity, which also unlocks the session. `factor` names the proof for the audit log.
   */
  exchange(
    session: SessionRows,
    how: { readonly proved: boolean; readonly action: AuditAction; readonly factor?: string | undefined },
    from: From,
  ): Promise<{ pair: TokenPair; row: OperatorSessionsTable }>;
}

export function createRefreshTokens({
  store,
  keyed,
  now,
}: {
  store: Store;
  keyed: KeyedHash;
  now: () => number;
}): RefreshTokens {
  const endReused = ({ row, operator }: SessionRows, from: From) =>
    store.change(operatorOrigin(operator, from), async (tx, record) => {
      await tx.updateTable('operator_sessions').set({ ended_at: now() }).where('id', '=', row.id).execute();
      await record({
        action: 'operator.session-expired',
        outcome: 'refused',
        facts: { why: 'refresh-token-reused' },
      });
    });

  return {
    async find(refreshToken, from) {
      const given = keyed.hash('session', refreshToken);
      const row = await store.db
        .selectFrom('operator_sessions')
        .selectAll()
        .where((where) =>
          where.or([where('refresh_hash', '=', given), where('previous_refresh_hash', '=', given)]),
        )
        .executeTakeFirst();
      if (!row || row.ended_at !== null || row.expires_at <= now()) throw new Refusal('session.expired');
      const operator = await store.db
        .selectFrom('operators')
        .selectAll()
        .where('id', '=', row.operator_id)
        .executeTakeFirstOrThrow();
      if (operator.state !== 'active') throw new Refusal('session.expired');
      if (row.refresh_hash !== given) {
        // Someone holds a copy of the token, the operator or a thief, so the session ends for both.
        await endReused({ row, operator }, from);
        throw new Refusal('session.expired');
      }
      return { row, operator };
    },

    exchange: ({ row, operator }, { proved, action, factor }, from) =>
      store.change(operatorOrigin(operator, from), async (tx, record) => {
        const pair = newTokenPair(now());
        const exchanged = await tx
          .updateTable('operator_sessions')
          .set({
            ...tokenColumns(keyed, pair),
            previous_refresh_hash: row.refresh_hash,
            last_activity_at: proved ? now() : row.last_activity_at,
            authenticated_at: proved ? now() : row.authenticated_at,
            // Without a proof the lock stays, even if the console was locked while this refresh was under way.
            ...(proved && { locked_at: null }),
          })
          .where('id', '=', row.id)
          .where('refresh_hash', '=', row.refresh_hash)
          .where('ended_at', 'is', null)
          .returningAll()
          .executeTakeFirst();
        if (!exchanged) throw new Refusal('session.expired');
        await record({ action, facts: { session: row.id, ...(factor !== undefined && { factor }) } });
        return { pair, row: exchanged };
      }),
  };
}
