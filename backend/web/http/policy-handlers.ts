import type * as policyCallsApi from '../../../shared/api/policy-calls.ts';
import type * as policyTrialApi from '../../../shared/api/policy-trial.ts';
import type { Live } from '../../live/live.ts';
import { dryRun } from '../../policy/dry-run.ts';
import { assertValidPolicy } from '../../policy/policy-faults.ts';
import { readPolicyHistory } from '../../policy/policy-history.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Store } from '../../store/store.ts';
import type { Handlers } from './handler.ts';

/** The policy over HTTP: the current version, changes, trials and past versions. */
export const createPolicyHandlers = (
  policy: Policy,
  live: Live,
  store: Store,
): Handlers<typeof policyCallsApi & typeof policyTrialApi> => ({
  getPolicy: () => policy.view(),
  changePolicy: async ({ body, origin }) => {
    assertValidPolicy(body.document);
    const view = await policy.change(body.basedOn, body.document, origin);
    live.publish({ type: 'policy-changed' });
    return view;
  },
  dryRunPolicy: ({ body }) => {
    assertValidPolicy(body.document);
    return dryRun(store, body.document);
  },
  listPolicyVersions: ({ query }) => readPolicyHistory(store, query.limit),
});
