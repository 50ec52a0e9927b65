import type { FrozenRow } from '../../../shared/api/freeze.ts';
import type { Origin } from '../../store/append-event.ts';
import { thenForget } from '../../store/database-fault.ts';
import { withRefusalAudit } from '../../store/refusal-audit.ts';
import type { AccountRow, Directory } from '../../directories/directory.ts';
import type { Live } from '../../live/live.ts';
import type { Notifications } from '../../messaging/notifications/notifications.ts';
import { withinScope } from '../../authorization/account-access.ts';
import {
  assertSecondPerson,
  readFourEyesObstacles,
  type FourEyesMatter,
} from '../../authorization/four-eyes.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { Refusal } from '../../refusal.ts';
import type { PendingSecrets } from '../../passwords/temporary-passwords/pending-secrets.ts';
import { isMailedToOwner } from '../../messaging/notifications/addresses-on-file.ts';
import type { KeyedHash } from '../../store/keyed-hash.ts';
import type { Store, Transaction } from '../../store/store.ts';
import { freezeAccount } from './freeze-account.ts';

/** What a "This was not me" link is about: `dead` when it is unknown or too old. */
export type NotMe =
  { readonly kind: 'good' | 'frozen'; readonly account: AccountRow } | { readonly kind: 'dead' };

export interface Freezes {
  /** Reads what a link is about. Changes nothing, because mail scanners open every link. */
  look(token: string): Promise<NotMe>;
  /** Freezes the account of the link. Pressed twice, or for an account that is frozen already, it is simply frozen. */
  freezeByOwner(token: string, origin: Omit<Origin, 'actor'>): Promise<NotMe>;
  lift(accountId: string, reason: string, session: OperatorSession, origin: Origin): Promise<number>;
  /** Newest first; only what is within the operator's scope. */
  list(limit: number, session: OperatorSession): Promise<FrozenRow[]>;
  /** Drops links that are too old. */
  sweep(): Promise<void>;
}

interface Collaborators {
  readonly store: Store;
  readonly policy: PolicyInForce;
  readonly directory: Directory;
  readonly keyed: KeyedHash;
  readonly secrets: PendingSecrets;
  readonly notifications: Notifications;
  readonly live: Live;
  readonly now: () => number;
}

/** Another press froze the account between the reading of the link and the change. */
class AlreadyFrozen extends Error {}

const isoAt = (at: number): string => new Date(at).toISOString();

/** Reads "This was not me" links with the state that they depend on. */
function createNotMeLinks({ store, directory, keyed, now }: Collaborators) {
  /**
   * A link and its account, while all that the link rests on holds: its mail went to an address on file, or told an address that it is on file no
   * more, and no freeze of the account was lifted since.
   */
  const find = async (token: string) => {
    const link = await store.db
      .selectFrom('not_me_links')
      .selectAll()
      .where('token_hash', '=', keyed.hash('not-me', token))
      .where('expires_at', '>', now())
      .executeTakeFirst();
    const found = link && (await directory.get(link.account_id));
    if (!found) return null;
    const { account } = found;
    const lifted = await store.db
      .selectFrom('account_freezes')
      .select(({ fn }) => fn.max('lifted_at').as('at'))
      .where('account_id', '=', account.id)
      .executeTakeFirst();
    // An approver has looked into everything that was mailed before.
    if (account.frozen_at === null && link.created_at < Number(lifted?.at ?? 0)) return null;
    const isOnFile = link.to_former === 1 || (await isMailedToOwner(store.db, link.mail_id, account));
    return isOnFile ? { link, account } : null;
  };

  /** A used link cannot freeze the account again after an approver has lifted the freeze. */
  const isSpent = ({ link, account }: NonNullable<Awaited<ReturnType<typeof find>>>): boolean =>
    link.used_at !== null && account.frozen_at === null;
  const sweep = () =>
    store.writeUnaudited(async (tx) => {
      await tx.deleteFrom('not_me_links').where('expires_at', '<=', now()).execute();
    });
  return { find, isSpent, sweep };
}

/** Reads who is excluded from lifting a freeze, because the owner answered their work with "This was not me". */
function createFreezeMatters({ policy, now }: Collaborators) {
  /** The operators whose work the owners answered with "This was not me": those of the cases that the mails belong to. */
  const readFreezeMails = (db: Transaction | Store['db'], accountIds: readonly string[]) =>
    accountIds.length === 0
      ? Promise.resolve([])
      : db
          .selectFrom('account_freezes')
          .innerJoin('mails', 'mails.id', 'account_freezes.mail_id')
          .innerJoin('cases', 'cases.id', 'mails.case_id')
          .select(['account_freezes.account_id', 'cases.operator_id'])
          .where('account_freezes.account_id', 'in', accountIds)
          .where('account_freezes.lifted_at', 'is', null)
          .execute();
  const matterOf = (
    account: FourEyesMatter['account'],
    mails: Awaited<ReturnType<typeof readFreezeMails>>,
    casesSince: number,
  ): FourEyesMatter => ({
    account,
    doneBy: mails.filter((mail) => mail.account_id === account.id).map((mail) => mail.operator_id),
    casesSince,
  });
  /** Cases from this instant on count as the operator's work on the account; in milliseconds. */
  const readCasesSince = async (tx?: Transaction) =>
    now() - (await policy.current(tx)).document.toxicCombination.within * 1000;
  return { readFreezeMails, matterOf, readCasesSince };
}

/** Accounts that their owners have frozen through the "This was not me" link of a mail. */
export function createFreezes(collaborators: Collaborators): Freezes {
  const { store, directory, secrets, notifications, live, now } = collaborators;
  const { find, isSpent, sweep } = createNotMeLinks(collaborators);
  const { readFreezeMails, matterOf, readCasesSince } = createFreezeMatters(collaborators);

  return {
    async look(token) {
      const found = await find(token);
      if (!found || isSpent(found)) return { kind: 'dead' };
      return { kind: found.account.frozen_at === null ? 'good' : 'frozen', account: found.account };
    },

    async freezeByOwner(token, origin) {
      const found = await find(token);
      if (!found || isSpent(found)) {
        await store.change({ ...origin, actor: { kind: 'system' } }, (_tx, record) =>
          record({
            action: 'account.not-me-refused',
            outcome: 'refused',
            accountId: found?.account.id ?? null,
          }),
        );
        return { kind: 'dead' };
      }
      const { link, account } = found;
      if (account.frozen_at !== null) return { kind: 'frozen', account };
      const actor = { kind: 'user', id: account.id, name: account.display_name } as const;
      let dropped: readonly string[] = [];
      const freezing = store.change({ ...origin, actor }, async (tx, record) => {
        const at = now();
        const { numUpdatedRows } = await tx
          .updateTable('not_me_links')
          .set({ used_at: at })
          .where('id', '=', link.id)
          .where('used_at', 'is', null)
          .executeTakeFirst();
        const current = await directory.get(account.id, tx);
        if (numUpdatedRows !== 1n || current?.account.frozen_at !== null) throw new AlreadyFrozen();
        await notifications.accountFrozen(tx, { accountId: account.id });
        const frozen = { accountId: account.id, mailId: link.mail_id, at };
        dropped = await freezeAccount(tx, record, directory, frozen);
      });
      try {
        await thenForget(freezing, () => {
          for (const resetId of dropped) secrets.delete(resetId);
        });
      } catch (thrown) {
        if (thrown instanceof AlreadyFrozen) return { kind: 'frozen', account };
        throw thrown;
      }
      const displayName = account.display_name;
      live.publish({ type: 'account-frozen', accountId: account.id, displayName }, account);
      live.publish({ type: 'account-changed', accountId: account.id });
      return { kind: 'frozen', account };
    },

    async lift(accountId, reason, session, origin) {
      if (!(await directory.get(accountId))) throw new Refusal('account.not-found');
      const at = now();
      await withRefusalAudit(store, origin, { action: 'account.unfrozen', accountId }, () =>
        store.change(origin, async (tx, record) => {
          const found = await directory.get(accountId, tx);
          if (!found) throw new Refusal('account.not-found');
          const mails = await readFreezeMails(tx, [accountId]);
          const matter = matterOf(found.account, mails, await readCasesSince(tx));
          await assertSecondPerson(tx, session.operator.id, matter, {
            'own-action': 'account.own-freeze',
            'own-account': 'account.own',
          });
          const { numUpdatedRows } = await tx
            .updateTable('accounts')
            .set({ frozen_at: null, updated_at: at })
            .where('id', '=', accountId)
            .where('frozen_at', 'is not', null)
            .executeTakeFirst();
          if (numUpdatedRows !== 1n) throw new Refusal('account.not-frozen');
          await tx
            .updateTable('account_freezes')
            .set({ lifted_at: at, lifted_by: session.operator.displayName, lift_reason: reason })
            .where('account_id', '=', accountId)
            .where('lifted_at', 'is', null)
            .execute();
          await notifications.accountUnfrozen(tx, { accountId });
          await record({ action: 'account.unfrozen', accountId, facts: { reason } });
        }),
      );
      live.publish({ type: 'account-changed', accountId });
      return at;
    },

    async list(limit, { operator }) {
      const rows = await store.db
        .selectFrom('account_freezes')
        .innerJoin('accounts', 'accounts.id', 'account_freezes.account_id')
        .leftJoin('mails', 'mails.id', 'account_freezes.mail_id')
        .select([
          'account_freezes.account_id',
          'account_freezes.frozen_at',
          'accounts.display_name',
          'accounts.user_name',
          'accounts.user_name_key',
          'accounts.email_key',
          'accounts.employee_number_key',
          'mails.subject',
          'mails.queued_at',
        ])
        .where('account_freezes.lifted_at', 'is', null)
        .where(withinScope(operator))
        .orderBy('account_freezes.frozen_at', 'desc')
        .limit(limit)
        .execute();
      const accountIds = rows.map((row) => row.account_id);
      const [mails, since] = [await readFreezeMails(store.db, accountIds), await readCasesSince()];
      const matters = rows.map((row) => matterOf({ ...row, id: row.account_id }, mails, since));
      const obstacles = await readFourEyesObstacles(store.db, operator.id, matters);
      return rows.map((row, index) => ({
        accountId: row.account_id,
        displayName: row.display_name,
        userName: row.user_name,
        at: isoAt(row.frozen_at),
        mail:
          row.subject === null || row.queued_at === null
            ? null
            : { subject: row.subject, at: isoAt(row.queued_at) },
        obstacle: obstacles[index] ?? null,
      }));
    },

    sweep,
  };
}
