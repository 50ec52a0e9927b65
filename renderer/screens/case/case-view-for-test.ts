import type { CaseView } from '../../../shared/api/case.ts';

const at = new Date().toISOString();
const later = new Date(Date.now() + 3_600_000).toISOString();

/** A case that was just opened, with one check that earns enough points. */
export function firstView(): CaseView {
  return {
    id: 'c1',
    number: 4187,
    state: 'open',
    ticket: null,
    reason: null,
    openedAt: at,
    expiresAt: later,
    endedAt: null,
    operator: { id: 'o1', displayName: 'D. Lind', self: true },
    account: {
      id: 'a1',
      directory: 'built-in',
      userName: 'm.okafor',
      displayName: 'Marlene Okafor',
      emailMasked: 'm•••r@example.com',
      phoneMasked: null,
      department: null,
      manager: null,
      employeeNumber: null,
      tier: 'standard',
      statuses: ['active'],
      lockedSince: null,
      expiresAt: null,
      passwordSetAt: null,
      mustChangePassword: false,
      temporaryPasswordUntil: null,
      emailChangedAt: null,
      phoneChangedAt: null,
      frozen: null,
    },
    assurance: {
      earned: 0,
      needed: 60,
      factors: { earned: [], needed: 1 },
      met: false,
      missing: { points: 60, factors: 1 },
      closing: [['emailed-code']],
    },
    checks: [
      {
        kind: 'emailed-code',
        factor: 'possession',
        points: 60,
        destination: 'm•••r@example.com',
        person: null,
        digits: 6,
        obstacle: null,
        attempt: null,
      },
    ],
    actions: [{ action: 'temporary-password', obstacle: null }],
    resets: [],
    memory: {
      failed24h: [],
      approverOnly: false,
      openElsewhere: [],
      earlier: [],
      resets7d: 0,
      changedRecently: [],
      flag: null,
      lifted: null,
    },
    approval: { needed: [], approvers: null, request: null },
    requiredReset: null,
    instead: null,
    alertRaised: false,
    ticketRequired: false,
    reasonRequired: false,
    refusal: null,
  };
}
