import type { CaseRow } from '../../../shared/api/case.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { PendingSecrets } from '../../passwords/temporary-passwords/pending-secrets.ts';
import { assuranceOf } from '../../policy/assurance.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { Store } from '../../store/store.ts';
import { caseEnd } from '../decision/case-lifecycle.ts';
import { isSecretLost } from '../decision/reset-state.ts';

interface Collaborators {
  readonly store: Store;
  readonly policy: PolicyInForce;
  readonly secrets: PendingSecrets;
  readonly now: () => number;
}

export type ReadCaseRows = ReturnType<typeof createReadCaseRows>;

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** The query for cases, newest first, and their rows, each with its result. */
export function createReadCaseRows({ store, policy, secrets, now }: Collaborators) {
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
          if (state === 'open' && isSecretLost(last, secrets.has)) return 'not-shown';
          return last.action as 'temporary-password' | 'reset-link';
        }
        if (last?.state === 'unknown' || last?.state === 'intended') return 'unknown';
        if (state === 'expired') return 'expired';
        // This is not what the case has earned now: a list counts the evidence as it was recorded, without reading each case's context.
        const ofCase = evidence.filter(({ case_id }) => case_id === row.id);
        return assuranceOf(ofCase, row.tier, document).met ? 'verified' : 'none';
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

  return { cases, rowsOf };
}
