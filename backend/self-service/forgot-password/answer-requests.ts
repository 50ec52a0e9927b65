import { networksOf } from '../../../shared/api/policy.ts';
import { isInNetworks } from '../../network/addresses.ts';
import { identityKey } from '../../text/fold.ts';
import type { Origin } from '../../store/append-event.ts';
import { findAccountsByIdentifier } from '../../store/find-account.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { Sealed } from '../../store/sealed.ts';
import type { EventWindows } from '../../store/event-windows.ts';
import type { Transaction, Store } from '../../store/store.ts';
import type { Tables } from '../../store/tables.ts';
import { createAnswerAccount, type AnswerAccountCollaborators } from './answer-account.ts';
import { limitPeriodMs, requestSealName, slowedRequest } from './password-requests.ts';

interface Collaborators extends AnswerAccountCollaborators {
  readonly store: Store;
  readonly sealed: Sealed;
  readonly eventWindows: Pick<EventWindows, 'recordStranger'>;
}

/**
 * The accounts that have an address on file, from the directory or added by the owner; otherwise those that the identifier names, one in each directory.
 * Each gets a mail of its own at its own address.
 */
async function accountsFor(tx: Transaction | Store['db'], identifier: string): Promise<AccountRow[]> {
  const atAddress = identifier.includes('@') ? await accountsAt(tx, identityKey(identifier)) : [];
  if (atAddress.length > 0) return atAddress;
  const named = await findAccountsByIdentifier(tx, identifier);
  return named.slice(0, maxAccounts);
}

async function accountsAt(tx: Transaction | Store['db'], key: string): Promise<AccountRow[]> {
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
/** The factor by which requests that name an account are answered more often for one network. It limits the mails that one client can cause. */
const onFileShare = 20;
/** Requests per poll, and accounts that may share an address or a user name. */
const [batchSize, maxAccounts] = [50, 5];

/**
 * Answers requests for reset links, separately from the HTTP requests so that their timing reveals nothing. An answer contains the link or the reason
 * why there is none; there is no answer if no account has the address or its network has reached its limit. Deletes requests after a day.
 */
export function createAnswerRequests(collaborators: Collaborators): { answerDue(): Promise<void> } {
  const { store, sealed, policy, mailer, eventWindows, now } = collaborators;
  const answerAccount = createAnswerAccount(collaborators);

  /** Whether the network has reached its limit for the last hour. Requests that name an account have a higher limit than others. */
  const isOverNetworkLimit = async (
    {
      network,
      client_address: clientAddress,
    }: Pick<Tables['password_requests'], 'network' | 'client_address'>,
    isOnFile: boolean,
  ): Promise<boolean> => {
    const { perNetwork, exemptNetworks } = (await policy.current()).document.selfService;
    if (isInNetworks(clientAddress ?? '', networksOf(exemptNetworks))) return false;
    const { count } = await store.db
      .selectFrom('password_requests')
      .select(({ fn }) => fn.countAll<number | string>().as('count'))
      .where('network', '=', network)
      .where('at', '>', now() - limitPeriodMs)
      .where('on_file', '=', isOnFile ? 1 : 0)
      .executeTakeFirstOrThrow();
    return Number(count) >= perNetwork * (isOnFile ? onFileShare : 1);
  };

  const answer = async (requestId: string): Promise<void> => {
    const request = await store.db
      .selectFrom('password_requests')
      .selectAll()
      .where('id', '=', requestId)
      .executeTakeFirstOrThrow();
    const address = request.address === null ? '' : sealed.open(requestSealName(requestId), request.address);
    const { client_address: clientAddress, client } = request;
    const origin: Origin = { actor: { kind: 'system' }, clientAddress, client };
    const accounts = await accountsFor(store.db, address);
    if (await isOverNetworkLimit(request, accounts.length > 0)) {
      await eventWindows.recordStranger(slowedRequest('network', origin));
      await store.writeUnaudited((tx) =>
        tx.deleteFrom('password_requests').where('id', '=', requestId).execute(),
      );
      return;
    }
    const mailIds = await store.change(origin, async (tx, record) => {
      const { numUpdatedRows } = await tx
        .updateTable('password_requests')
        .set({ answered_at: now(), address: null, on_file: accounts.length > 0 ? 1 : 0 })
        .where('id', '=', requestId)
        .where('answered_at', 'is', null)
        .executeTakeFirst();
      const answered = numUpdatedRows === 1n ? await accountsFor(tx, address) : [];
      if (answered.length === 0) {
        await record({
          action: 'self-service.link-requested',
          outcome: 'refused',
          facts: { answer: 'unknown-address' },
        });
      }
      const queued: string[] = [];
      for (const account of answered) {
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
