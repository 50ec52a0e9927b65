import { randomUUID } from 'node:crypto';
import type { Secret } from '../../../shared/secret/secret.ts';
import { randomToken, type KeyedHash } from '../../store/keyed-hash.ts';
import type { Transaction } from '../../store/store.ts';

/** Stores a link of a reset as a hash, and returns its token. Instants in milliseconds. */
export async function issueLink(
  tx: Transaction,
  keyed: KeyedHash,
  { accountId, resetId, at, until }: { accountId: string; resetId: string; at: number; until: number },
): Promise<Secret> {
  const token = randomToken();
  await tx
    .insertInto('reset_links')
    .values({
      id: randomUUID(),
      account_id: accountId,
      reset_id: resetId,
      token_hash: keyed.hash('reset-link', token.expose()),
      created_at: at,
      expires_at: until,
      opened_at: null,
      used_at: null,
      voided_at: null,
    })
    .execute();
  return token;
}
