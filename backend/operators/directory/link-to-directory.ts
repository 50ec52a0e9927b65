import type { Kysely } from 'kysely';
import { Refusal } from '../../refusal.ts';
import type { RecordEvent, Transaction } from '../../store/store.ts';
import type { OperatorsTable, Tables } from '../../store/tables.ts';
import { assertNotRemoved, updateOperator } from '../operator-changes.ts';
import { assertAdministratorRemains } from '../remaining-administrator.ts';
import { endSessions } from '../session-list.ts';
import { signInDirectory } from './sign-in-settings.ts';

/** The own account of an operator in the directory with which operators sign in; null if they have none there. */
export async function ownDirectoryAccount(
  db: Kysely<Tables>,
  { linked_account_id }: Pick<OperatorsTable, 'linked_account_id'>,
): Promise<{ readonly directoryId: string; readonly key: string } | null> {
  const settings = await signInDirectory(db);
  if (settings === null) throw new Refusal('directory-sign-in.off');
  if (linked_account_id === null) return null;
  const account = await db
    .selectFrom('accounts')
    .select('source_id')
    .where('id', '=', linked_account_id)
    .where('directory_id', '=', settings.directoryId)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  return account?.source_id == null ? null : { directoryId: settings.directoryId, key: account.source_id };
}

/**
 * Lets an operator sign in with their own account in the directory, which an administrator has set before. Removes their password here and ends their
 * sessions, whose ids are returned.
 */
export async function linkToDirectory(
  tx: Transaction,
  record: RecordEvent,
  operator: OperatorsTable,
  now: number,
): Promise<readonly string[]> {
  assertNotRemoved(operator);
  if (operator.state === 'invited') throw new Refusal('operator.not-invited');
  if (operator.directory_key !== null) throw new Refusal('operator.signs-in-with-directory');
  const own = await ownDirectoryAccount(tx, operator);
  if (own === null) throw new Refusal('directory-sign-in.no-account');
  const taken = await tx
    .selectFrom('operators')
    .select('id')
    .where('directory_id', '=', own.directoryId)
    .where('directory_key', '=', own.key)
    .executeTakeFirst();
  if (taken) throw new Refusal('directory-sign-in.no-account');
  await updateOperator(tx, operator, {
    directory_id: own.directoryId,
    directory_key: own.key,
    password_hash: '',
  });
  await assertAdministratorRemains(tx);
  await record({
    action: 'operator.directory-linked',
    facts: { operator: operator.id, directory: own.directoryId },
  });
  return endSessions(tx, record, operator.id, now);
}

/** Unlinks an operator from their account in the directory. Ends their sessions and returns the ids; throws `operator.not-linked`. */
export async function unlinkFromDirectory(
  tx: Transaction,
  record: RecordEvent,
  operator: OperatorsTable,
  now: number,
): Promise<readonly string[]> {
  assertNotRemoved(operator);
  if (operator.directory_key === null) throw new Refusal('operator.not-linked');
  await updateOperator(tx, operator, { directory_id: null, directory_key: null });
  await record({
    action: 'operator.directory-unlinked',
    facts: { operator: operator.id, directory: operator.directory_id },
  });
  return endSessions(tx, record, operator.id, now);
}
