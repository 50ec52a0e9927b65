import type { z } from 'zod';
import { trialSize, type dryRunPolicy } from '../../shared/api/policy-trial.ts';
import type { PolicyDocument } from '../../shared/api/policy.ts';
import type { Store } from '../store/store.ts';
import { assuranceOf } from './assurance.ts';

type DryRun = z.output<typeof dryRunPolicy.answer>;
type Refused = DryRun['refused'][number];

/**
 * Applies a policy to the most recent resets, with the evidence and the tier that they had (or today's tier if theirs was not recorded). Limits, locks and
 * alerts of the time are not considered.
 */
export async function dryRun(store: Store, document: PolicyDocument): Promise<DryRun> {
  const resets = await store.db
    .selectFrom('resets')
    .innerJoin('cases', 'cases.id', 'resets.case_id')
    .innerJoin('accounts', 'accounts.id', 'resets.account_id')
    .leftJoin('operators', 'operators.id', 'resets.operator_id')
    .select([
      'resets.id',
      'resets.case_id',
      'resets.action',
      'resets.intended_at',
      'cases.number',
      'cases.ticket',
      'cases.reason',
      'accounts.display_name',
      'accounts.user_name',
      'resets.tier',
      'accounts.tier as tier_today',
      'operators.display_name as operator',
    ])
    .where('resets.state', '=', 'done')
    .orderBy('resets.intended_at', 'desc')
    .orderBy('resets.id')
    .limit(trialSize)
    .execute();
  if (resets.length === 0) return { resets: 0, byTodaysTier: 0, refused: [] };
  const evidence = await store.db
    .selectFrom('evidence')
    .select(['case_id', 'kind', 'outcome', 'at'])
    .where(
      'case_id',
      'in',
      resets.map(({ case_id }) => case_id),
    )
    .execute();
  const refused = resets.flatMap((reset): Refused[] => {
    const tier = reset.tier ?? reset.tier_today;
    const had = evidence.filter(({ case_id, at }) => case_id === reset.case_id && at <= reset.intended_at);
    const { earned, needed, met, missing } = assuranceOf(had, tier, document);
    const { caseFields } = document;
    const why = ((): Refused['why'] | null => {
      if (!met) return missing.points > 0 ? 'points' : 'factors';
      if (caseFields.ticket === 'required' && reset.ticket === null) return 'ticket';
      return caseFields.reason === 'required' && reset.reason === null ? 'reason' : null;
    })();
    if (why === null) return [];
    return [
      {
        resetId: reset.id,
        caseNumber: reset.number,
        at: new Date(reset.intended_at).toISOString(),
        action: reset.action as Refused['action'],
        displayName: reset.display_name,
        userName: reset.user_name,
        tier,
        tierOfToday: reset.tier === null,
        operator: reset.operator ?? '',
        earned,
        needed,
        why,
      },
    ];
  });
  const byTodaysTier = resets.filter(({ tier }) => tier === null).length;
  return { resets: resets.length, byTodaysTier, refused };
}
