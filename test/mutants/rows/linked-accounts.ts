import type { MutantArea } from '../mutant.ts';

const decision = ['backend/casework/decision/taken-over-evidence.test.ts'];
const pairs = ['backend/accounts/identity/link-accounts.test.ts'];
const api = ['test/api/linked-accounts/links.test.ts'];
const rule = 'backend/casework/decision/taken-over-evidence.ts';

export const rows: MutantArea = {
  area: 'linked-accounts',
  mutants: [
    {
      id: 'links-age',
      rule: 'Evidence counts for a linked account only if the link is as old as the cool-down of contact data.',
      file: rule,
      find: 'if (coolingUntil(other.linkedAt, document.contactCoolDown, at) !== null) return [];',
      replace: '',
      tests: decision,
    },
    {
      id: 'links-channel',
      rule: 'Evidence counts for a linked account only if it came through what both have on file.',
      file: 'backend/casework/decision/read-case-context.ts',
      find: 'new Set([...there].filter((id) => here.has(id)))',
      replace: 'new Set([...there, ...here])',
      tests: api,
    },
    {
      id: 'links-channel-checked',
      rule: 'Evidence of another channel does not count for a linked account.',
      file: rule,
      find: 'other.sameChannel.has(checkId) &&',
      replace: '',
      tests: decision,
    },
    {
      id: 'links-rested',
      rule: 'A changed address of the other account gives no evidence.',
      file: rule,
      find: ' && coolingUntil(changedAt, document.contactCoolDown, at) === null',
      replace: ' && changedAt !== 0',
      tests: decision,
    },
    {
      id: 'links-badge',
      rule: 'What was shown or said about one account never counts for another.',
      file: rule,
      find: "if (contact !== 'email' && contact !== 'phone') return false;",
      replace: '',
      tests: decision,
    },
    {
      id: 'links-trust',
      rule: 'A flagged, frozen or closed account gives no evidence for another.',
      file: rule,
      find: '!isTrusted(other, document) || ',
      replace: '',
      tests: decision,
    },
    {
      id: 'links-same-call',
      rule: 'A refused case gives no evidence, nor one of another operator.',
      file: rule,
      find: ' || !isSameCall(other, here)',
      replace: '',
      tests: decision,
    },
    {
      id: 'links-number-contradicts',
      rule: 'An address does not link accounts whose employee numbers differ.',
      file: 'backend/accounts/identity/link-accounts.ts',
      find: 'filter((other) => !numbersDiffer(account, other))',
      replace: 'filter(() => numbersDiffer !== undefined)',
      tests: pairs,
    },
    {
      id: 'links-shared-mailbox',
      rule: 'A shared mailbox links no accounts.',
      file: 'backend/accounts/identity/link-accounts.ts',
      find: 'return isAlone(account)',
      replace: 'return holders.length > 0',
      tests: pairs,
    },
    {
      id: 'links-person',
      rule: 'Accounts that are linked with an operator’s account are the operator’s own.',
      file: 'backend/authorization/persons.ts',
      find: 'for (const account of linkedWith(id))',
      replace: 'for (const account of linkedWith(id).slice(0, 1))',
      tests: api,
    },
    {
      id: 'links-unlink-own',
      rule: 'Operators cannot unlink accounts of their own.',
      file: 'backend/accounts/account-links.ts',
      find: "throw new Refusal('account.own')",
      replace: 'void person',
      tests: api,
    },
    {
      id: 'links-scope',
      rule: 'A case about a linked account is opened only within the operator’s scope.',
      file: 'backend/casework/cases/open-linked-case.ts',
      find: 'assertCanAccess(session.operator, target.account);',
      replace: '',
      tests: api,
    },
    {
      id: 'linked-again-young',
      rule: 'Accounts that are linked again count for evidence only after the cool-down.',
      file: 'backend/accounts/identity/link-accounts.ts',
      find: 'why: pair.why, linked_at: at, unlinked_at',
      replace: 'why: pair.why, unlinked_at',
      tests: ['test/api/linked-accounts/links.test.ts'],
    },
  ],
};
