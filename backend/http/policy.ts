import type { Live } from '../live/live.ts';
import type { Policy } from '../policy/policy.ts';
import type { Handlers } from './handler.ts';

/** The policy over HTTP. */
export const createPolicyHandlers = (policy: Policy, live: Live): Handlers<'getPolicy' | 'changePolicy'> => ({
  getPolicy: () => policy.view(),
  changePolicy: async ({ body, origin }) => {
    const view = await policy.change(body.basedOn, body.document, origin);
    live.publish({ type: 'policy-changed' });
    return view;
  },
});
