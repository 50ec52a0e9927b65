import { randomUUID } from 'node:crypto';
import type { Sealed } from '../../store/sealed.ts';
import type { Transaction, RecordEvent } from '../../store/store.ts';

/** The name under which an authenticator's secret is sealed. */
export const authenticatorSealName = (id: string) => `authenticator ${id}`;

interface Proved {
  readonly accountId: string;
  /** Base32. */
  readonly secret: string;
  /** The time step of the code that confirmed it; that code cannot be used again. */
  readonly lastStep: number;
  /** Milliseconds. */
  readonly at: number;
}

/** Stores a confirmed authenticator in place of the previous one. */
export async function storeAuthenticator(
  tx: Transaction,
  record: RecordEvent,
  sealed: Sealed,
  { accountId, secret, lastStep, at }: Proved,
): Promise<void> {
  const before = await tx
    .selectFrom('account_authenticators')
    .select('id')
    .where('account_id', '=', accountId)
    .where('confirmed_at', 'is not', null)
    .execute();
  await tx.deleteFrom('account_authenticators').where('account_id', '=', accountId).execute();
  const id = randomUUID();
  await tx
    .insertInto('account_authenticators')
    .values({
      id,
      account_id: accountId,
      secret: sealed.seal(authenticatorSealName(id), secret),
      created_at: at,
      confirmed_at: at,
      last_step: lastStep,
    })
    .execute();
  await record({
    action: 'account.authenticator-enrolled',
    accountId,
    facts: { replaced: before.length > 0 },
  });
}

/** Deletes the account's authenticator. */
export async function deleteAuthenticator(
  tx: Transaction,
  record: RecordEvent,
  accountId: string,
): Promise<void> {
  await tx.deleteFrom('account_authenticators').where('account_id', '=', accountId).execute();
  await record({ action: 'account.authenticator-removed', accountId });
}
