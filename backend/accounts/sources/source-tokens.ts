import { randomUUID } from 'node:crypto';
import type { SourceToken } from '../../../shared/api/account-sources.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { Refusal } from '../../refusal.ts';
import type { Origin } from '../../store/append-event.ts';
import { randomToken, type KeyedHash } from '../../store/keyed-hash.ts';
import type { Store } from '../../store/store.ts';
import type { AccountSourcesTable, SourceTokensTable } from '../../store/tables.ts';
import { findSourceRow, sourceRow } from './source-row.ts';

/** A source whose token a client has presented. */
export interface ProvedSource {
  readonly source: AccountSourcesTable;
  readonly tokenId: string;
}

/** Tokens with which a source may write its own accounts and do nothing else. */
export interface SourceTokens {
  /** Approves a token. The token has no value until `issue`. */
  add(
    sourceId: string,
    token: { readonly label: string; readonly days: number },
    session: OperatorSession,
    origin: Origin,
  ): Promise<SourceToken>;
  /** Generates the value of a token for the operator who requested it. Throws `source-token.settled` if it already has one. */
  issue(
    sourceId: string,
    tokenId: string,
    session: OperatorSession,
    origin: Origin,
  ): Promise<{ readonly value: Secret; readonly expiresAt: string }>;
  revoke(sourceId: string, tokenId: string, session: OperatorSession, origin: Origin): Promise<SourceToken>;
  /** The owner of a token value; null if the value is unknown or belongs to another source. */
  prove(sourceId: string, value: string): Promise<ProvedSource | null>;
}

const dayMs = 86_400_000;
/** The period, in milliseconds, in which an approved token can be shown. */
const showWithinMs = 3 * dayMs;
/** The minimum interval, in milliseconds, between writes of a token's last use. */
const useEveryMs = 60_000;
/** The prefix of every value, by which secret scanners recognise it. */
const valueBegin = 'rdsrc_';

function stateOf(token: SourceTokensTable, now: number): SourceToken['state'] {
  if (token.revoked_at !== null) return 'revoked';
  if (token.expires_at <= now) return 'expired';
  return token.hash === null ? 'agreed' : 'in-use';
}

/** A token as the Reset API answers it. */
export const tokenViewOf = (token: SourceTokensTable, operatorId: string, now: number): SourceToken => ({
  id: token.id,
  label: token.label,
  state: stateOf(token, now),
  createdBy: token.created_by_name,
  createdAt: new Date(token.created_at).toISOString(),
  expiresAt: new Date(token.expires_at).toISOString(),
  lastUsedAt: token.last_used_at === null ? null : new Date(token.last_used_at).toISOString(),
  own: token.created_by === operatorId,
});

export function createSourceTokens({
  store,
  keyed,
  now,
}: {
  readonly store: Store;
  readonly keyed: KeyedHash;
  readonly now: () => number;
}): SourceTokens {
  const rowOf = async (sourceId: string, tokenId: string): Promise<SourceTokensTable> => {
    const row = await store.db
      .selectFrom('source_tokens')
      .selectAll()
      .where('id', '=', tokenId)
      .where('source_id', '=', sourceId)
      .executeTakeFirst();
    if (!row) throw new Refusal('source-token.not-found');
    return row;
  };
  const assertOpen = (token: SourceTokensTable, states: readonly SourceToken['state'][]) => {
    if (!states.includes(stateOf(token, now()))) throw new Refusal('source-token.settled');
  };
  const view = async (sourceId: string, tokenId: string, operatorId: string) =>
    tokenViewOf(await rowOf(sourceId, tokenId), operatorId, now());

  return {
    async add(sourceId, { label, days }, { operator }, origin) {
      const { name } = await sourceRow(store, sourceId);
      const id = randomUUID();
      await store.change(origin, async (tx, record) => {
        await tx
          .insertInto('source_tokens')
          .values({
            id,
            source_id: sourceId,
            label,
            hash: null,
            created_by: operator.id,
            created_by_name: operator.displayName,
            created_at: now(),
            days,
            expires_at: now() + showWithinMs,
            last_used_at: null,
            revoked_at: null,
          })
          .execute();
        await record({
          action: 'source.token-added',
          facts: { source: sourceId, name, token: id, label, days },
        });
      });
      return view(sourceId, id, operator.id);
    },
    async issue(sourceId, tokenId, { operator }, origin) {
      const { name } = await sourceRow(store, sourceId);
      const token = await rowOf(sourceId, tokenId);
      assertOpen(token, ['agreed']);
      if (token.created_by !== operator.id) throw new Refusal('source-token.not-yours');
      const value = new Secret(`${valueBegin}${randomToken().expose()}`);
      const expiresAt = now() + token.days * dayMs;
      await store.change(origin, async (tx, record) => {
        const issued = await tx
          .updateTable('source_tokens')
          .set({ hash: keyed.hash('source-token', value.expose()), expires_at: expiresAt })
          .where('id', '=', tokenId)
          .where('hash', 'is', null)
          .where('revoked_at', 'is', null)
          .executeTakeFirst();
        if (issued.numUpdatedRows !== 1n) throw new Refusal('source-token.settled');
        await record({
          action: 'source.token-issued',
          facts: { source: sourceId, name, token: tokenId, label: token.label, days: token.days },
        });
      });
      return { value, expiresAt: new Date(expiresAt).toISOString() };
    },
    async revoke(sourceId, tokenId, { operator }, origin) {
      const { name } = await sourceRow(store, sourceId);
      const token = await rowOf(sourceId, tokenId);
      assertOpen(token, ['agreed', 'in-use']);
      await store.change(origin, async (tx, record) => {
        await tx.updateTable('source_tokens').set({ revoked_at: now() }).where('id', '=', tokenId).execute();
        await record({
          action: 'source.token-revoked',
          facts: { source: sourceId, name, token: tokenId, label: token.label },
        });
      });
      return view(sourceId, tokenId, operator.id);
    },
    async prove(sourceId, value) {
      const token = await store.db
        .selectFrom('source_tokens')
        .selectAll()
        .where('hash', '=', keyed.hash('source-token', value))
        .where('source_id', '=', sourceId)
        .executeTakeFirst();
      if (!token || stateOf(token, now()) !== 'in-use') return null;
      const source = await findSourceRow(store, sourceId);
      if (source === undefined) return null;
      if ((token.last_used_at ?? 0) <= now() - useEveryMs) {
        await store.writeUnaudited((tx) =>
          tx.updateTable('source_tokens').set({ last_used_at: now() }).where('id', '=', token.id).execute(),
        );
      }
      return { source, tokenId: token.id };
    },
  };
}
