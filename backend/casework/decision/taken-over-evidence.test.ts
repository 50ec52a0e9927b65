import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../shared/api/policy.ts';
import type { CheckKind } from '../../../shared/api/check.ts';
import { at, account, minute, opened, session, verifiedCase } from './case-facts-for-test.ts';
import { deriveCaseContext, type CaseFacts } from './case-context.ts';
import type { CheckOffer } from './check.ts';
import type { OtherCase } from './taken-over-evidence.ts';

const day = 24 * 60 * minute;
const [evidence] = verifiedCase.evidence;
if (evidence === undefined) throw new Error('The verified case has no evidence');
const passed = {
  ...evidence,
  id: 'there',
  check_id: 'check-there',
  case_id: 'other-case',
  account_id: 'other',
};

/** The verified case of another account of the same person, with the same address. */
const other: OtherCase = {
  opened: { ...opened, id: 'other-case', account_id: 'other' },
  account: {
    ...account,
    id: 'other',
    directory: 'ldap',
    directory_id: 'head-office',
    phone: '+49 30 5550100',
  },
  evidence: [passed],
  memory: verifiedCase.memory,
  linkedAt: at - 30 * day,
  sameChannel: new Set(['check-there']),
};
const { checks: _checks, ...unverified } = { ...verifiedCase, evidence: [] };
const here: CaseFacts = { ...unverified, checks: [], boundChecks: new Set(), otherCase: other };

const isMet = (facts: CaseFacts) => deriveCaseContext(facts).assurance.met;
const withOther = (change: Partial<OtherCase>): CaseFacts => ({
  ...here,
  otherCase: { ...other, ...change },
});
const withOffer = (kind: CheckKind, change: Partial<CheckOffer>): CaseFacts => {
  const offer = { obstacle: null, destination: null, person: null, digits: 6, boundTo: 'x', ...change };
  return { ...here, offers: new Map([...here.offers, [kind, offer]]) };
};
const ofKind = (kind: string) => withOther({ evidence: [{ ...passed, kind }] });

describe('the evidence of a case about another account of the person', () => {
  it('counts where it came through the same address and nothing speaks against it', () => {
    expect(isMet(here)).toBe(true);
    expect(deriveCaseContext(here).takenOver.map(({ id }) => id)).toEqual(['there']);
  });

  it.each<[string, CaseFacts]>([
    ['the accounts are not linked any more', withOther({ linkedAt: null })],
    ['the link is younger than the cool-down', withOther({ linkedAt: at - 6 * day })],
    ['it came through another address', withOther({ sameChannel: new Set() })],
    [
      'the address of the other account has changed',
      withOther({ account: { ...other.account, email_changed_at: at - day } }),
    ],
    [
      'the address of this account has changed',
      withOffer('emailed-code', {
        obstacle: { reason: 'contact-changed', since: at - day, until: at + day },
      }),
    ],
    ['the other account is frozen', withOther({ account: { ...other.account, frozen_at: at } })],
    ['the other account is disabled', withOther({ account: { ...other.account, disabled: 1 } })],
    ['the other account is closed', withOther({ account: { ...other.account, closed_at: at } })],
    ['the other account is flagged', withOther({ memory: { ...other.memory, flag: { at, by: null } } })],
    ['the other account has too many failures', withOther({ memory: { ...other.memory, failures: 3 } })],
    ['the other case was refused', withOther({ opened: { ...other.opened, state: 'refused' } })],
    [
      'the other case is idle for too long',
      withOther({ opened: { ...other.opened, last_activity_at: at - day } }),
    ],
    ['another operator has it', withOther({ opened: { ...other.opened, operator_id: 'otto' } })],
    ['it is of another session', { ...here, session: { ...session, id: 'second' } }],
    ['the check failed', withOther({ evidence: [{ ...passed, outcome: 'failed' }] })],
    [
      'the same kind is locked in this case',
      {
        ...here,
        checks: verifiedCase.checks.map((check) => ({ ...check, state: 'locked' as const })),
      },
    ],
    ['an alert is raised, under which the check is weak', { ...here, alertRaised: true }],
    [
      'this account is of a higher tier',
      { ...here, found: { ...here.found, account: { ...account, tier: 'privileged' } } },
    ],
    [
      'this account has too many failures',
      { ...here, memory: { ...here.memory, failures: defaultPolicy.failedChecks.most } },
    ],
  ])('does not count if %s', (_when, facts) => {
    expect(isMet(facts)).toBe(false);
  });

  it.each(['in-person', 'managers-word', 'authenticator-code', 'recovery-code'] as const)(
    'does not count if it was the check “%s”, whatever both accounts share',
    (kind) => {
      // Offered in this case, so that no obstacle keeps it from counting.
      const facts = { ...ofKind(kind), offers: withOffer(kind, {}).offers };
      expect(deriveCaseContext(facts).takenOver).toEqual([]);
    },
  );

  it('counts until its case would expire if that was closed', () => {
    const closed = { ...other.opened, state: 'closed', ended_at: at - minute };
    expect(isMet(withOther({ opened: closed }))).toBe(true);
    expect(isMet(withOther({ opened: { ...closed, last_activity_at: at - day } }))).toBe(false);
  });

  it('needs the approval of this case', () => {
    const { approvals } = defaultPolicy;
    const policy = {
      version: 1,
      document: { ...defaultPolicy, approvals: { ...approvals, tiers: ['standard' as const] } },
    };
    const context = deriveCaseContext({ ...here, policy });
    expect([context.assurance.met, context.approvalReasons]).toEqual([true, ['tier']]);
  });
});
