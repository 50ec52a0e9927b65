import { randomUUID } from 'node:crypto';
import type { Transaction, RecordEvent } from '../../store/store.ts';

/** Stores a new set of recovery codes, given as hashes, in place of the previous set. */
export async function storeRecoveryCodes(
  tx: Transaction,
  record: RecordEvent,
  { accountId, hashes, at }: { accountId: string; hashes: readonly string[]; at: number },
): Promise<void> {
  const setId = randomUUID();
  await tx.deleteFrom('account_recovery_codes').where('account_id', '=', accountId).execute();
  await tx
    .insertInto('account_recovery_codes')
    .values(
      hashes.map((hash) => ({
        id: randomUUID(),
        account_id: accountId,
        set_id: setId,
        code_hash: hash,
        created_at: at,
        used_at: null,
      })),
    )
    .execute();
  await record({
    action: 'account.recovery-codes-created',
    accountId,
    facts: { count: hashes.length },
  });
}
