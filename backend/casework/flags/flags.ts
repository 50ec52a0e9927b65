import { listedAccountColumns } from '../../accounts/listed-account.ts';
import { randomUUID } from 'node:crypto';
import type { FlagView } from '../../../shared/api/flag.ts';
import type { Origin } from '../../store/append-event.ts';
import { withRefusalAudit } from '../../store/refusal-audit.ts';
import { withinScope } from '../../authorization/account-access.ts';
import {
  assertSecondPerson,
  readFourEyesObstacles,
  type FourEyesMatter,
} from '../../authorization/four-eyes.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { Refusal } from '../../refusal.ts';
import type { Transaction, RecordEvent, Store } from '../../store/store.ts';

/** Stored instead of an operator's id: a manager reported a mail about a reset that they know nothing about. */
export const byReport = 'report';

/** Flags an account, in the transaction of the cause. */
export async function flagAccount(
  tx: Transaction,
  record: RecordEvent,
  flag: {
    readonly accountId: string;
    readonly caseId: string | null;
    readonly operatorId: string;
    readonly note: string | null;
    readonly at: number;
  },
): Promise<void> {
  const id = randomUUID();
  await tx
    .insertInto('account_flags')
    .values({
      id,
      account_id: flag.accountId,
      case_id: flag.caseId,
      operator_id: flag.operatorId,
      at: flag.at,
      note: flag.note,
      cleared_at: null,
      cleared_by: null,
      clear_reason: null,
    })
    .execute();
  await record({
    action: 'account.flagged',
    accountId: flag.accountId,
    caseId: flag.caseId,
    facts: { flag: id, note: flag.note },
  });
}

export interface Flags {
  /** Newest first; only what is within the operator's scope. */
  list(session: OperatorSession): Promise<FlagView[]>;
  clear(flagId: string, reason: string, session: OperatorSession, origin: Origin): Promise<void>;
}

/** Accounts that an attacker seems to target, until an approver clears the flag. */
export function createFlags({
  store,
  policy,
  now,
}: {
  store: Store;
  policy: PolicyInForce;
  now: () => number;
}): Flags {
  const flagsIn = (db: Transaction | Store['db']) =>
    db
      .selectFrom('account_flags')
      .innerJoin('accounts', 'accounts.id', 'account_flags.account_id')
      .leftJoin('operators', 'operators.id', 'account_flags.operator_id')
      .leftJoin('cases', 'cases.id', 'account_flags.case_id')
      .select([
        'account_flags.id',
        'account_flags.account_id',
        'account_flags.at',
        'account_flags.note',
        'account_flags.operator_id',
        ...listedAccountColumns,
        'operators.display_name as operator',
        'cases.number',
        'cases.operator_id as case_operator_id',
      ])
      .where('account_flags.cleared_at', 'is', null);
  type FlagRow = Awaited<ReturnType<ReturnType<typeof flagsIn>['executeTakeFirstOrThrow']>>;

  /** The operators who acted in the matter of a flag: the one who set it, and the one of its case. */
  const matterOf = (row: FlagRow, casesSince: number): FourEyesMatter => ({
    account: { ...row, id: row.account_id },
    doneBy: [row.operator_id === byReport ? null : row.operator_id, row.case_operator_id],
    casesSince,
  });
  /** Cases from this instant on count as the operator's work on the account; in milliseconds. */
  const readCasesSince = async (tx?: Transaction) =>
    now() - (await policy.current(tx)).document.toxicCombination.within * 1000;

  return {
    async list({ operator }) {
      const rows = await flagsIn(store.db)
        .where(withinScope(operator))
        .orderBy('account_flags.at', 'desc')
        .limit(200)
        .execute();
      const since = await readCasesSince();
      const matters = rows.map((row) => matterOf(row, since));
      const obstacles = await readFourEyesObstacles(store.db, operator.id, matters);
      return rows.map((row, index) => ({
        id: row.id,
        accountId: row.account_id,
        displayName: row.display_name,
        userName: row.user_name,
        caseNumber: row.number,
        by: row.operator_id === byReport ? null : (row.operator ?? ''),
        at: new Date(row.at).toISOString(),
        note: row.note,
        obstacle: obstacles[index] ?? null,
      }));
    },

    async clear(flagId, reason, session, origin) {
      const known = await flagsIn(store.db).where('account_flags.id', '=', flagId).executeTakeFirst();
      if (!known) throw new Refusal('flag.not-found');
      const about = { action: 'account.flag-cleared', accountId: known.account_id } as const;
      await withRefusalAudit(store, origin, about, () =>
        store.change(origin, async (tx, record) => {
          const flag = await flagsIn(tx).where('account_flags.id', '=', flagId).executeTakeFirst();
          if (!flag) throw new Refusal('flag.not-found');
          const matter = matterOf(flag, await readCasesSince(tx));
          await assertSecondPerson(tx, session.operator.id, matter, {
            'own-action': 'flag.own',
            'own-account': 'account.own',
          });
          await tx
            .updateTable('account_flags')
            .set({ cleared_at: now(), cleared_by: session.operator.id, clear_reason: reason })
            .where('id', '=', flagId)
            .execute();
          await record({
            action: 'account.flag-cleared',
            accountId: flag.account_id,
            facts: { flag: flagId, reason },
          });
        }),
      );
    },
  };
}
