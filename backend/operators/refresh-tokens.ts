import type { AuditAction } from '../../shared/api/timeline.ts';
import { Refusal } from '../refusal.ts';
import type { Origin } from '../store/append-event.ts';
import { Secret } from '../../shared/secret/secret.ts';
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

/** Milliseconds in which the previous refresh token is answered again, because the console may have lost the answer. */
const answeredAgainMs = 60_000;

/** A session found by a refresh token. */
export interface FoundByToken extends SessionRows {
  readonly refreshToken: string;
  /** Whether the token was exchanged within the last minute, so that the same answer is returned again. */
  readonly isRepeated: boolean;
}

export const newTokenPair = (now: number): TokenPair => ({
  access: randomToken(),
  refresh: randomToken(),
  accessExpiresAt: now + accessTokenLife,
});

/**
 * The pair for which a refresh token is exchanged. It is always the same, so that a lost answer can be repeated. Only the backend's key can make it.
 */
const nextTokenPair = (keyed: KeyedHash, refreshToken: string, accessExpiresAt: number): TokenPair => ({
  access: new Secret(keyed.hash('next-access-token', refreshToken)),
  refresh: new Secret(keyed.hash('next-refresh-token', refreshToken)),
  accessExpiresAt,
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
  /**
   * The session of a refresh token; throws `session.expired`. A token of any earlier generation ends the session, unless it is the last one and was
   * exchanged within a minute.
   */
  find(refreshToken: string, from: From): Promise<FoundByToken>;
  /**
   * Exchanges the tokens of a session, or repeats the last answer; throws `session.expired` if the session has ended in the meantime. `proved` means
   * that the operator has just reauthenticated, which also unlocks the session. `factor` names the proof for the audit log.
   */
  exchange(
    session: FoundByToken,
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
          where.or([
            where('refresh_hash', '=', given),
            where(
              'id',
              'in',
              where
                .selectFrom('operator_refresh_tokens')
                .select('session_id')
                .where('token_hash', '=', given),
            ),
          ]),
        )
        .executeTakeFirst();
      if (!row || row.ended_at !== null || row.expires_at <= now()) throw new Refusal('session.expired');
      const operator = await store.db
        .selectFrom('operators')
        .selectAll()
        .where('id', '=', row.operator_id)
        .executeTakeFirstOrThrow();
      if (operator.state !== 'active') throw new Refusal('session.expired');
      const isRepeated =
        row.previous_refresh_hash === given && (row.refreshed_at ?? 0) + answeredAgainMs > now();
      if (row.refresh_hash !== given && !isRepeated) {
        // Both the operator and a thief may hold a copy of the token, so the session ends for both.
        await endReused({ row, operator }, from);
        throw new Refusal('session.expired');
      }
      return { row, operator, refreshToken, isRepeated };
    },

    exchange: ({ row, operator, refreshToken, isRepeated }, { proved, action, factor }, from) => {
      const repeated = nextTokenPair(keyed, refreshToken, row.access_expires_at);
      if (isRepeated && !proved) return Promise.resolve({ pair: repeated, row });
      return store.change(operatorOrigin(operator, from), async (tx, record) => {
        const at = now();
        const pair = { ...repeated, accessExpiresAt: at + accessTokenLife };
        const given = keyed.hash('session', refreshToken);
        const exchanged = await tx
          .updateTable('operator_sessions')
          .set({
            ...tokenColumns(keyed, pair),
            ...(!isRepeated && { previous_refresh_hash: given, refreshed_at: at }),
            last_activity_at: proved ? at : row.last_activity_at,
            authenticated_at: proved ? at : row.authenticated_at,
            // Without a proof the lock stays, even if the console was locked during this refresh.
            ...(proved && { locked_at: null, failed_proofs: 0 }),
          })
          .where('id', '=', row.id)
          .where('ended_at', 'is', null)
          // Another call with the same token may have come first, which got the same pair.
          .where((where) =>
            where.or([
              where('refresh_hash', '=', given),
              where.and([
                where('previous_refresh_hash', '=', given),
                where('refresh_hash', '=', keyed.hash('session', pair.refresh.expose())),
              ]),
            ]),
          )
          .returningAll()
          .executeTakeFirst();
        if (!exchanged) throw new Refusal('session.expired');
        await tx
          .insertInto('operator_refresh_tokens')
          .values({ token_hash: given, session_id: row.id })
          .onConflict((conflict) => conflict.column('token_hash').doNothing())
          .execute();
        await record({ action, facts: { session: row.id, ...(factor !== undefined && { factor }) } });
        return { pair, row: exchanged };
      });
    },
  };
}
