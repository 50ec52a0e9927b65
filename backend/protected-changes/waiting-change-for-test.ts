import type { Transaction } from '../store/store.ts';
import type { ChangeRow } from './change-rows.ts';

/** A change of the policy that Ann proposed at 1000 and that waits until 9000, in milliseconds. */
export const waitingChange: ChangeRow = {
  id: 'change',
  act: 'changePolicy',
  subject: null,
  fields: '[]',
  raises: '[]',
  sealed: 'sealed',
  call_hash: 'hash',
  state: 'waiting',
  proposed_by: 'ann',
  session_id: 'session',
  proposed_at: 1000,
  expires_at: 9000,
  client: null,
  client_address: null,
  decided_by: null,
  settled_at: null,
  reason: null,
  failure: null,
};

/** Adds an active administrator for each of these ids, which are their user names as well. */
export async function insertAdministrators(tx: Transaction, ids: readonly string[]): Promise<void> {
  for (const id of ids)
    await tx
      .insertInto('operators')
      .values({
        id,
        user_name: id,
        user_name_key: id,
        display_name: 'Ann',
        password_hash: 'x',
        roles: '["administrator"]',
        state: 'active',
        created_at: 1,
      } as never)
      .execute();
}
