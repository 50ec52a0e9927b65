import { randomUUID } from 'node:crypto';
import { identityKey } from '../../accounts/fold.ts';
import { maskEmail } from '../../accounts/mask.ts';
import type { Origin } from '../../audit/append-event.ts';
import type { AccountRow } from '../../directory/directory.ts';
import type { Letters } from '../../mail/letters.ts';
import type { Mailer } from '../../mail/mailer.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { voidOpenLinks } from '../../resets/void-open-links.ts';
import { randomToken, type KeyedHash } from '../../store/keyed-hash.ts';
import type { Sealed } from '../../store/sealed.ts';
import type { Change, Record, Store } from '../../store/store.ts';
import { linkObstacle, obstacleWords } from './link-obstacle.ts';
import { sealName } from './password-requests.ts';

interface Collaborators {
  readonly store: Store;
  readonly keyed: KeyedHash;
  readonly sealed: Sealed;
  readonly policy: PolicyInForce;
  readonly mailer: Mailer;
  readonly letters: Letters;
  readonly publicUrl: () => string;
  readonly now: () => number;
}

/** A mail that is to leave when the change is committed. */
interface Leaving {
  readonly mailId: string;
  readonly account: AccountRow;
  readonly template: 'self-service-link' | 'self-service-answer';
  readonly values: Parameters<Letters['write']>[3];
  readonly kind: 'reset-link' | 'notification';
  readonly goodUntil?: number;
}

const day = 24 * 3_600_000;
/** Requests looked at in one go, and accounts that may share an address. */
const [aLook, mostAccounts] = [50, 5];

/**
 * Answers requests for links, outside of the requests themselves: with a link, with what stands in its way, or with nothing when no account has
 * the address. Requests older than a day are forgotten.
 */
export function createAnswerRequests(collaborators: Collaborators): { answerDue(): Promise<void> } {
  const { store, keyed, sealed, policy, mailer, letters, publicUrl, now } = collaborators;

  const issue = async (
    tx: Change,
    record: Record,
    account: AccountRow,
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
        token_hash: keyed.hash('reset-link', token),
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
      facts: { selfService: true, sentTo: maskEmail(account.email) },
    });
    const values = { link: `${publicUrl()}/reset/${token}`, hours: String(Math.round(validFor / 3600)) };
    return {
      mailId,
      account,
      template: 'self-service-link',
      values,
      kind: 'reset-link',
      goodUntil: expiresAt,
    };
  };

  const answerFor = async (tx: Change, record: Record, account: AccountRow): Promise<Leaving | null> => {
    const { document } = await policy.current(tx);
    const obstacle = linkObstacle(account, document, now());
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
    if (obstacle === null) return issue(tx, record, account, document.resetLink.validFor);
    const values = { what: obstacleWords[obstacle] };
    return { mailId: randomUUID(), account, template: 'self-service-answer', values, kind: 'notification' };
  };

  const answer = async (requestId: string): Promise<void> => {
    const request = await store.db
      .selectFrom('password_requests')
      .selectAll()
      .where('id', '=', requestId)
      .executeTakeFirstOrThrow();
    const address = request.address === null ? '' : sealed.open(sealName(requestId), request.address);
    const { client_address: clientAddress, client } = request;
    const origin: Origin = { actor: { kind: 'system' }, clientAddress, client };
    const leaving = await store.change(origin, async (tx, record) => {
      const { numUpdatedRows } = await tx
        .updateTable('password_requests')
        .set({ answered_at: now(), address: null })
        .where('id', '=', requestId)
        .where('answered_at', 'is', null)
        .executeTakeFirst();
      const accounts =
        numUpdatedRows === 1n
          ? await tx
              .selectFrom('accounts')
              .selectAll()
              .where('email_key', '=', identityKey(address))
              .limit(mostAccounts)
              .execute()
          : [];
      if (accounts.length === 0) {
        await record({
          action: 'self-service.link-requested',
          outcome: 'refused',
          facts: { answer: 'unknown-address' },
        });
      }
      const mails: Leaving[] = [];
      for (const account of accounts) {
        const mail = await answerFor(tx, record, account);
        if (mail !== null) mails.push(mail);
      }
      return mails;
    });
    for (const { mailId, account, template, values, kind, goodUntil } of leaving) {
      const { id, display_name: displayName, user_name: userName } = account;
      const letter = await letters.write(template, { id, displayName, userName }, mailId, values);
      await mailer.send(
        {
          kind,
          to: account.email ?? '',
          ...letter,
          accountId: account.id,
          caseId: null,
          ...(goodUntil !== undefined && { goodUntil }),
        },
        mailId,
      );
    }
  };

  return {
    async answerDue() {
      const due = await store.db
        .selectFrom('password_requests')
        .select('id')
        .where('answered_at', 'is', null)
        .orderBy('at')
        .limit(aLook)
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
        await store.keepTime((tx) => tx.deleteFrom('password_requests').where('at', '<', old).execute());
      }
    },
  };
}
