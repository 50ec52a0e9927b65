import { randomUUID } from 'node:crypto';
import { identityKey } from '../../text/fold.ts';
import { maskEmail } from '../../text/mask.ts';
import type { Origin } from '../../store/append-event.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { MailComposer, MailValues } from '../../messaging/mail/mail-composer.ts';
import type { Mailer } from '../../messaging/mail/mailer.ts';
import { recoveryAddressesOf } from '../../messaging/notifications/addresses-on-file.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { voidOpenLinks } from '../../casework/resets/void-open-links.ts';
import { randomToken, type KeyedHash } from '../../store/keyed-hash.ts';
import type { Sealed } from '../../store/sealed.ts';
import type { Transaction, RecordEvent, Store } from '../../store/store.ts';
import { linkObstacle, obstacleMessages } from './link-obstacle.ts';
import { requestSealName } from './password-requests.ts';

interface Collaborators {
  readonly store: Store;
  readonly keyed: KeyedHash;
  readonly sealed: Sealed;
  readonly policy: PolicyInForce;
  readonly mailer: Mailer;
  readonly mailComposer: MailComposer;
  readonly publicUrl: () => string;
  readonly now: () => number;
}

/** A mail to deliver after the commit. */
interface Leaving {
  readonly mailId: string;
  readonly account: AccountRow;
  /** The address on file that the user typed: the directory's, or one that the owner added. */
  readonly to: string;
  readonly template: 'self-service-link' | 'self-service-answer';
  readonly values: MailValues;
  readonly kind: 'reset-link' | 'notification';
  readonly goodUntil?: number;
}

/** The accounts that have an address on file, from the directory or added by the owner. */
async function accountsAt(tx: Transaction, address: string): Promise<AccountRow[]> {
  const key = identityKey(address);
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
  const { store, keyed, sealed, policy, mailer, mailComposer, publicUrl, now } = collaborators;

  const issue = async (
    tx: Transaction,
    record: RecordEvent,
    account: AccountRow,
    to: string,
    validFor: number,
  ): Promise<Leaving> => {
    const token = randomToken();
    const mailId = randomUUID();
    const expiresAt = now() + validFor * 1000;
    await voidOpenLinks(tx, record, account.id, now(), 'newer-link');
    await tx
      .insertInto('self_service_links')
      .values({
        id: randomUUID(),
        account_id: account.id,
        token_hash: keyed.hash('reset-link', token.expose()),
        mail_id: mailId,
        created_at: now(),
        expires_at: expiresAt,
        opened_at: null,
        used_at: null,
        voided_at: null,
      })
      .execute();
    await record({
      action: 'reset-link.issued',
      accountId: account.id,
      facts: { selfService: true, sentTo: maskEmail(to) },
    });
    const values = {
      link: token.map((it) => `${publicUrl()}/reset/${it}`),
      hours: String(Math.round(validFor / 3600)),
    };
    return {
      mailId,
      account,
      to,
      template: 'self-service-link',
      values,
      kind: 'reset-link',
      goodUntil: expiresAt,
    };
  };

  const answerFor = async (
    tx: Transaction,
    record: RecordEvent,
    account: AccountRow,
    address: string,
  ): Promise<Leaving | null> => {
    const { document } = await policy.current(tx);
    const typed = identityKey(address);
    const atDirectory = account.email_key === typed;
    // The mail goes to the address as it is on file, not as it was typed.
    const added = atDirectory
      ? undefined
      : (await recoveryAddressesOf(tx, account.id)).find((known) => identityKey(known.address) === typed);
    const to = added?.address ?? account.email ?? '';
    // A recovery address has its own cooling-off period, whenever the directory's address changed.
    const rested = atDirectory ? account : { ...account, email_changed_at: added?.addedAt ?? null };
    const obstacle = linkObstacle(rested, document, now());
    const { count } = await tx
      .selectFrom('self_service_links')
      .select((of) => of.fn.countAll<number>().as('count'))
      .where('account_id', '=', account.id)
      .where('created_at', '>', now() - day)
      .executeTakeFirstOrThrow();
    const tooMany = obstacle === null && Number(count) >= document.selfService.perAccount;
    await record({
      action: 'self-service.link-requested',
      outcome: obstacle === null && !tooMany ? 'done' : 'refused',
      accountId: account.id,
      facts: { answer: obstacle ?? (tooMany ? 'too-many' : 'link') },
    });
    if (tooMany) return null;
    if (obstacle === null) return issue(tx, record, account, to, document.resetLink.validFor);
    const values = { what: obstacleMessages[obstacle] };
    return {
      mailId: randomUUID(),
      account,
      to,
      template: 'self-service-answer',
      values,
      kind: 'notification',
    };
  };

  /** Queued in the transaction that answers the request, so that a crash loses neither the answer nor the link. */
  const queue = async (
    tx: Transaction,
    { mailId, account, to, template, values, kind, goodUntil }: Leaving,
  ) => {
    const { id, display_name: displayName, user_name: userName } = account;
    const owner = { id, displayName, userName };
    const { content, saveLink } = await mailComposer.prepare(template, owner, mailId, values, tx);
    await saveLink(tx);
    const about = { accountId: id, caseId: null, ...(goodUntil !== undefined && { goodUntil }) };
    await mailer.enqueue({ kind, to, ...content, ...about }, mailId, tx);
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
    const leaving = await store.change(origin, async (tx, record) => {
      const { numUpdatedRows } = await tx
        .updateTable('password_requests')
        .set({ answered_at: now(), address: null })
        .where('id', '=', requestId)
        .where('answered_at', 'is', null)
        .executeTakeFirst();
      const accounts = numUpdatedRows === 1n ? await accountsAt(tx, address) : [];
      if (accounts.length === 0) {
        await record({
          action: 'self-service.link-requested',
          outcome: 'refused',
          facts: { answer: 'unknown-address' },
        });
      }
      const mails: Leaving[] = [];
      for (const account of accounts) {
        const mail = await answerFor(tx, record, account, address);
        if (mail === null) continue;
        await queue(tx, mail);
        mails.push(mail);
      }
      return mails;
    });
    for (const { mailId } of leaving) await mailer.deliverNow(mailId);
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
