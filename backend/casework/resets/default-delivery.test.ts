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

it('delivers as the policy says for the tier, and sealed while an alert is raised', () => {
  const by = (tier: string, alertRaised = false) => defaultDelivery(policy, { tier, alertRaised });
  expect([by('standard'), by('sensitive'), by('privileged')]).toEqual(['spoken', 'split', 'sealed']);
  expect([by('standard', true), by('sensitive', true)]).toEqual(['sealed', 'sealed']);
});

it('never falls back to what the policy forbids', () => {
  const only = { temporaryPassword: { ...policy.temporaryPassword, modes: ['split' as const] } };
  expect(defaultDelivery(only, { tier: 'standard', alertRaised: true })).toBe('split');
});

it('lets a password go on only when it was forgotten, nothing is wrong and the directory can', () => {
  const calm = { suspicious: false, keepsOld: true };
  expect(defaultFate('forgotten', calm)).toBe('works-until-used');
  for (const reason of ['perhaps-compromised', 'cannot-sign-in', 'told-to-reset', null]) {
    expect(defaultFate(reason, calm)).toBe('dies-now');
  }
  expect(defaultFate('forgotten', { ...calm, suspicious: true })).toBe('dies-now');
  expect(defaultFate('forgotten', { ...calm, keepsOld: false })).toBe('dies-now');
});
