import type * as accountApi from '../../../shared/api/account.ts';
import { limits } from '../../../shared/api/limits.ts';
import type { Accounts } from '../../accounts/accounts.ts';
import type { AccountSearch } from '../../accounts/search/account-search.ts';
import type { ContactProbes } from '../../accounts/search/contact-probes.ts';
import type { Cases } from '../../casework/cases/cases-port.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { Refusal } from '../../refusal.ts';
import type { Handlers } from './handler.ts';

/** Search, view, contact and timeline of accounts over HTTP. */
export function createAccountHandlers({
  accounts,
  cases,
  search,
  contactProbes,
  policy,
}: {
  accounts: Accounts;
  cases: Pick<Cases, 'unmaskContact'>;
  search: AccountSearch;
  contactProbes: ContactProbes;
  policy: PolicyInForce;
}): Handlers<typeof accountApi> {
  return {
    searchAccounts: async ({ query: { q, limit, choices, ...filter }, session, origin }) => {
      if (q.length > limits.search) throw new Refusal('account.search-too-long');
      const { signIn } = (await policy.current()).document;
      const { operator } = session;
      contactProbes.assertAllowed(operator.id, q);
      const found = await search.search(q, limit, signIn.lockFor, operator, {
        filter,
        choices: choices === 'true',
      });
      const matched = found.hits.some(({ matchedBy }) => matchedBy.length > 0);
      await contactProbes.note(operator.id, q, matched, origin);
      return { q, ...found };
    },
    getAccount: ({ params }) => accounts.get(params.accountId),
    unmaskContact: ({ params, body, session, origin }) =>
      cases.unmaskContact(params.accountId, body.caseId, session, origin),
    getTimeline: ({ params, query, session }) => accounts.timeline(params.accountId, query.limit, session),
  };
}
