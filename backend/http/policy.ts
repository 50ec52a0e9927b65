import type { Policy } from '../policy/policy.ts';
import type { Handlers } from './handler.ts';

/** The policy over HTTP. */
export const createPolicyHandlers = (policy: Policy): Handlers<'getPolicy' | 'changePolicy'> => ({
  getPolicy: () => policy.view(),
  changePolicy: ({ body, origin }) => policy.change(body.basedOn, body.document, origin),
});
