import { identityKey } from '../../text/fold.ts';
import type { Origin } from '../../store/append-event.ts';
import { findAccountByIdentifier } from '../../store/find-account.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { Sealed } from '../../store/sealed.ts';
import type { Transaction, Store } from '../../store/store.ts';
import { createAnswerAccount, type AnswerAccountCollaborators } from './answer-account.ts';
import { requestSealName } from './password-requests.ts';

interface Collaborators extends AnswerAccountCollaborators {
  readonly store: Store;
  readonly sealed: Sealed;
}

/** The accounts that have an address on file, from the directory or added by the owner; otherwise the one account that the identifier names. */
async function accountsFor(tx: Transaction, identifier: string): Promise<AccountRow[]> {
  const atAddress = identifier.includes('@') ? await accountsAt(tx, identityKey(identifier)) : [];
  if (atAddress.length > 0) return atAddress;
  const named = await findAccountByIdentifier(tx, identifier);
  return named ? [named] : [];
}

async function accountsAt(tx: Transaction, key: string): Promise<AccountRow[]> {
  const added = await tx
    .selectFrom('recovery_addresses')
    .select('account_id')
    .where('address_key', '=', key)
    .limit(maxAccounts)
    .execute();
  return tx
    .selectFrom('accounts')
    .selectAll()
    .where((where) =>
      where.or([
        where('email_key', '=', key),
        // By value: with a subquery, PostgreSQL would scan all accounts.
        ...(added.length === 0
          ? []
          : [
              where(
                'id',
                'in',
                added.map(({ account_id }) => account_id),
              ),
            ]),
      ]),
    )
    .limit(maxAccounts)
    .execute();
}

const day = 24 * 3_600_000;
/** Requests per poll, and accounts that may share an address. */
const [batchSize, maxAccounts] = [50, 5];

/**
 * Answers requests for reset links, apart from the HTTP requests so that their timing reveals nothing: with a link, with the reason why there is
 * none, or not at all if no account has the address. Deletes requests after a day.
 */
export function createAnswerRequests(collaborators: Collaborators): { answerDue(): Promise<void> } {
  const { store, sealed, mailer, now } = collaborators;
  const answerAccount = createAnswerAccount(collaborators);

  const answer = async (requestId: string): Promise<void> => {
    const request = await store.db
      .selectFrom('password_requests')
      .selectAll()
      .where('id', '=', requestId)
      .executeTakeFirstOrThrow();
    const address = request.address === null ? '' : sealed.open(requestSealName(requestId), request.address);
    const { client_address: clientAddress, client } = request;
    const origin: Origin = { actor: { kind: 'system' }, clientAddress, client };
    const mailIds = await store.change(origin, async (tx, record) => {
      const { numUpdatedRows } = await tx
        .updateTable('password_requests')
        .set({ answered_at: now(), address: null })
        .where('id', '=', requestId)
        .where('answered_at', 'is', null)
        .executeTakeFirst();
      const accounts = numUpdatedRows === 1n ? await accountsFor(tx, address) : [];
      if (accounts.length === 0) {
        await record({
          action: 'self-service.link-requested',
          outcome: 'refused',
          facts: { answer: 'unknown-address' },
        });
      }
      const queued: string[] = [];
      for (const account of accounts) {
        const mailId = await answerAccount(tx, record, account, address);
        if (mailId !== null) queued.push(mailId);
      }
      return queued;
    });
    for (const mailId of mailIds) await mailer.deliverNow(mailId);
  };

  return {
    async answerDue() {
      const due = await store.db
        .selectFrom('password_requests')
        .select('id')
        .where('answered_at', 'is', null)
        .orderBy('at')
        .limit(batchSize)
        .execute();
      for (const { id } of due) await answer(id);
      const old = now() - day;
      const anyOld = await store.db
        .selectFrom('password_requests')
        .select('id')
        .where('at', '<', old)
        .limit(1)
        .executeTakeFirst();
      if (anyOld) {
        await store.writeUnaudited((tx) =>
          tx.deleteFrom('password_requests').where('at', '<', old).execute(),
        );
      }
    },
  };
}
