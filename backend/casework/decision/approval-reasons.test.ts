import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../shared/api/policy.ts';
import { approvalReasons, type ApprovalCircumstances } from './approval-reasons.ts';

const calm: ApprovalCircumstances = {
  tier: 'standard',
  alertRaised: false,
  changedRecently: false,
  failures: 0,
  flagged: false,
  liftedRecently: false,
};

describe('the reasons for an approval', () => {
  it.each([
    ['a calm standard account', {}, []],
    ['a sensitive account', { tier: 'sensitive' }, []],
    ['a privileged account', { tier: 'privileged' }, ['tier']],
    ['an unknown tier', { tier: 'unheard-of' }, ['tier']],
    ['a raised alert', { alertRaised: true }, ['raised-alert']],
    ['contact data that was just changed', { changedRecently: true }, ['toxic-combination']],
    ['one failure', { failures: 1 }, []],
    ['the third attempt', { failures: 2 }, ['third-attempt']],
    ['a flagged account', { flagged: true }, ['flagged-account']],
    ['a flag or freeze that was just lifted', { liftedRecently: true }, ['lifted-recently']],
    [
      'everything at once',
      {
        tier: 'privileged',
        alertRaised: true,
        changedRecently: true,
        failures: 9,
        flagged: true,
        liftedRecently: true,
      },
      ['tier', 'raised-alert', 'toxic-combination', 'third-attempt', 'flagged-account', 'lifted-recently'],
    ],
  ])('are right for %s', (_for, circumstances, reasons) => {
    expect(approvalReasons({ ...calm, ...circumstances }, defaultPolicy)).toEqual(reasons);
  });
});
