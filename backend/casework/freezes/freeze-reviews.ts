import type { FrozenRow } from '../../../shared/api/freeze.ts';
import { withinScope } from '../../authorization/account-access.ts';
import {
  assertSecondPerson,
  readFourEyesObstacles,
  type FourEyesMatter,
} from '../../authorization/four-eyes.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { Store, Transaction } from '../../store/store.ts';

const isoAt = (at: number): string => new Date(at).toISOString();

/** Lists frozen accounts, and determines which operators must not lift a freeze because the owner answered their work with "This was not me". */
export function createFreezeReviews({
  store,
  policy,
  now,
}: {
  readonly store: Store;
  readonly policy: PolicyInForce;
  readonly now: () => number;
}) {
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
  /** Throws unless the operator may lift the freeze of the account. */
  const assertCanLift = async (tx: Transaction, operatorId: string, account: FourEyesMatter['account']) => {
    const mails = await readFreezeMails(tx, [account.id]);
    await assertSecondPerson(tx, operatorId, matterOf(account, mails, await readCasesSince(tx)), {
      'own-action': 'account.own-freeze',
      'own-account': 'account.own',
    });
  };
  /** Newest first; only what is within the operator's scope. */
  const list = async (limit: number, operator: OperatorSession['operator']): Promise<FrozenRow[]> => {
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
  };
  return { assertCanLift, list };
}
