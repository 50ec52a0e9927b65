import type { CaseRow } from '../../../shared/api/case.ts';
import type { DeskView } from '../../../shared/api/desk.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { withinScope } from '../../authorization/account-access.ts';
import { Refusal } from '../../refusal.ts';
import type { PendingSecrets } from '../../passwords/temporary-passwords/pending-secrets.ts';
import type { Store } from '../../store/store.ts';
import { assuranceOf } from '../../policy/assurance.ts';
import { caseEnd, expiryCutoff } from '../decision/case-lifecycle.ts';
import { isSecretLost } from '../decision/reset-state.ts';

export interface CaseRows {
  /** Newest first; `before` is the number that the page before ended with. Of others' cases only those within the operator's scope. */
  list(
    page: { whose: 'own' | 'all'; before?: number | undefined; limit: number },
    session: OperatorSession,
  ): Promise<{ cases: CaseRow[]; more: boolean }>;
  /** The start page; `dayStart` in milliseconds. */
  desk(dayStart: number, session: OperatorSession): Promise<DeskView>;
}

interface Collaborators {
  readonly store: Store;
  readonly policy: PolicyInForce;
  readonly secrets: PendingSecrets;
  readonly countAccounts: () => Promise<number>;
  readonly now: () => number;
}

const recentOnDesk = 8;
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Cases as rows of a list, each with its result. */
export function createCaseRows({ store, policy, secrets, countAccounts, now }: Collaborators): CaseRows {
  const cases = () =>
    store.db
      .selectFrom('cases')
      .innerJoin('accounts', 'accounts.id', 'cases.account_id')
      .leftJoin('operators', 'operators.id', 'cases.operator_id')
      .selectAll('cases')
      .select([
        'accounts.display_name',
        'accounts.user_name',
        'accounts.tier',
        'operators.display_name as operator_name',
      ])
      .orderBy('cases.number', 'desc');
  type Joined = Awaited<ReturnType<ReturnType<typeof cases>['executeTakeFirstOrThrow']>>;

  const rowsOf = async (found: readonly Joined[], session: OperatorSession): Promise<CaseRow[]> => {
    if (found.length === 0) return [];
    const ids = found.map(({ id }) => id);
    const { document } = await policy.current();
    const resets = await store.db
      .selectFrom('resets')
      .selectAll()
      .where('case_id', 'in', ids)
      .orderBy('intended_at', 'desc')
      .execute();
    const evidence = await store.db.selectFrom('evidence').selectAll().where('case_id', 'in', ids).execute();
    const at = now();
    return found.map((row) => {
      const hasExpired = caseEnd(row, document, at) === 'case.expired';
      const state = (hasExpired ? 'expired' : row.state) as CaseRow['state'];
      const last = resets.find(({ case_id }) => case_id === row.id);
      const result = (): CaseRow['result'] => {
        if (state === 'refused') return 'refused';
        if (last?.state === 'done') {
          if (last.revoked_at !== null) return 'taken-back';
          if (state === 'open' && isSecretLost(last, secrets.has)) return 'unknown';
          return last.action as 'temporary-password' | 'reset-link';
        }
        if (last?.state === 'unknown' || last?.state === 'intended') return 'unknown';
        if (state === 'expired') return 'expired';
        // Not what the case has earned now: a list counts the evidence as it was recorded, without reading each case's context.
        const own = evidence.filter(({ case_id }) => case_id === row.id);
        return assuranceOf(own, row.tier, document).met ? 'verified' : 'none';
      };
      return {
        id: row.id,
        number: row.number,
        state,
        accountId: row.account_id,
        displayName: row.display_name,
        userName: row.user_name,
        operator: row.operator_name ?? '',
        own: row.operator_id === session.operator.id,
        ticket: row.ticket,
        reason: row.reason as CaseRow['reason'],
        openedAt: new Date(row.opened_at).toISOString(),
        endedAt: iso(row.ended_at),
        result: result(),
      };
    });
  };

  return {
    async list({ whose, before, limit }, session) {
      if (whose === 'all' && !session.rights.has('cases.see-all')) throw new Refusal('session.not-permitted');
      let query = cases().limit(limit + 1);
      // Operators keep their own cases in the list even when the account or their scope has changed.
      query =
        whose === 'own'
          ? query.where('cases.operator_id', '=', session.operator.id)
          : query.where((where) =>
              where.or([where('cases.operator_id', '=', session.operator.id), withinScope(session.operator)]),
            );
      if (before !== undefined) query = query.where('cases.number', '<', before);
      const found = await query.execute();
      return { cases: await rowsOf(found.slice(0, limit), session), more: found.length > limit };
    },

    async desk(dayStart, session) {
      const self = session.operator.id;
      const own = () => cases().where('cases.operator_id', '=', self);
      const { document } = await policy.current();
      const cutoff = expiryCutoff(document, now());
      const open = await own()
        .where('cases.state', '=', 'open')
        .where('cases.last_activity_at', '>', cutoff)
        .limit(20)
        .execute();
      const recent = await own()
        .limit(recentOnDesk + open.length)
        .execute();
      const today = await store.db
        .selectFrom('cases')
        .select(['id', 'state', 'opened_at'])
        .where('operator_id', '=', self)
        .where('opened_at', '>=', dayStart)
        .execute();
      const done = await store.db
        .selectFrom('resets')
        .innerJoin('cases', 'cases.id', 'resets.case_id')
        .select(['resets.settled_at', 'cases.opened_at'])
        .where('resets.operator_id', '=', self)
        .where('resets.state', '=', 'done')
        .where('resets.intended_at', '>=', dayStart)
        .execute();
      const failed = await store.db
        .selectFrom('evidence')
        .select('id')
        .where('operator_id', '=', self)
        .where('outcome', '=', 'failed')
        .where('at', '>=', dayStart)
        .execute();
      const seconds = done
        .map(({ settled_at, opened_at }) => Math.round(((settled_at ?? opened_at) - opened_at) / 1000))
        .toSorted((a, b) => a - b);
      const openIds = new Set(open.map(({ id }) => id));
      return {
        accounts: await countAccounts(),
        open: await rowsOf(open, session),
        recent: await rowsOf(recent.filter(({ id }) => !openIds.has(id)).slice(0, recentOnDesk), session),
        today: {
          cases: today.length,
          resets: done.length,
          refused: today.filter(({ state }) => state === 'refused').length,
          failedChecks: failed.length,
          medianSeconds: seconds[Math.floor((seconds.length - 1) / 2)] ?? null,
        },
      };
    },
  };
}
