import { expect, it } from 'vitest';
import { defaultPolicy } from '../../../shared/api/policy.ts';
import { defaultDelivery, defaultFate } from './default-delivery.ts';

const { temporaryPassword } = defaultPolicy;
const policy = {
  temporaryPassword: {
    ...temporaryPassword,
    defaultModes: { standard: 'spoken', sensitive: 'split', privileged: 'sealed' },
  },
} as const;

it('the default delivery mode is that of the tier unless an alert is raised', () => {
  const by = (tier: string, alertRaised = false) => defaultDelivery(policy, { tier, alertRaised });
  expect([by('standard'), by('sensitive'), by('privileged')]).toEqual(['spoken', 'split', 'sealed']);
  expect([by('standard', true), by('sensitive', true)]).toEqual(['sealed', 'sealed']);
});

it('never defaults to a mode that the policy forbids', () => {
  const only = { temporaryPassword: { ...policy.temporaryPassword, modes: ['split' as const] } };
  expect(defaultDelivery(only, { tier: 'standard', alertRaised: true })).toBe('split');
});

it('keeps the old password valid only if it was forgotten, nothing is suspicious and the directory can keep it', () => {
  const calm = { suspicious: false, keepsOld: true };
  expect(defaultFate('forgotten', calm)).toBe('works-until-used');
  for (const reason of ['perhaps-compromised', 'cannot-sign-in', 'told-to-reset', null]) {
    expect(defaultFate(reason, calm)).toBe('dies-now');
  }
  expect(defaultFate('forgotten', { ...calm, suspicious: true })).toBe('dies-now');
  expect(defaultFate('forgotten', { ...calm, keepsOld: false })).toBe('dies-now');
});
