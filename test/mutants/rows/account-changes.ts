import type { MutantArea } from '../mutant.ts';

export const rows: MutantArea = {
  area: 'changes of accounts',
  mutants: [
    {
      id: 'details-event',
      rule: 'A changed detail of an account is an event.',
      file: 'backend/accounts/import/apply-rows.ts',
      find: 'if (details || plan.addsId)',
      replace: 'if (plan.addsId)',
      tests: ['backend/accounts/import/account-changes.test.ts'],
    },
    {
      id: 'details-manager-stamp',
      rule: 'A new manager has a date.',
      file: 'backend/accounts/import/account-changes.ts',
      find: '...(!isSameManagerName(before.manager, after.manager) && { manager_changed_at: now }),',
      replace: '',
      tests: ['backend/accounts/import/account-changes.test.ts'],
    },
    {
      id: 'details-tier-strongest',
      rule: 'The strongest of the former tiers holds.',
      file: 'backend/accounts/import/account-changes.ts',
      find: 'strongerTier(before.tier, before.tier_before ?? before.tier)',
      replace: 'before.tier',
      tests: ['backend/accounts/import/account-changes.test.ts'],
    },
    {
      id: 'tier-cool-down',
      rule: 'A tier that was lowered keeps its rules for the cool-down.',
      file: 'backend/casework/decision/read-case-context.ts',
      find: 'effectiveTier(stored.account, document.contactCoolDown, at)',
      replace: 'stored.account.tier',
      tests: ['test/api/attacks/attacks.test.ts'],
    },
    {
      id: 'manager-cool-down',
      rule: 'A manager who was just put on file does not vouch.',
      file: 'backend/casework/verification/manager-of.ts',
      find: 'if (changing) return { manager: null, obstacle: changing };',
      replace: '',
      tests: ['test/api/attacks/attacks.test.ts'],
    },
    {
      id: 'details-toxic',
      rule: 'A changed detail asks for an approval.',
      file: 'backend/casework/decision/read-memory.ts',
      find: "    ...(details > since ? [{ what: 'details' as const, at: details }] : []),\n",
      replace: '',
      tests: ['test/api/attacks/attacks.test.ts'],
    },
  ],
};
