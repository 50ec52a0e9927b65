import { expect, it } from 'vitest';
import { defaultPolicy } from '../../../shared/api/policy.ts';
import { generateForReset } from './generate-for-reset.ts';
import type { ResetPreflight } from './preflight-reset.ts';

const preflight = (mode: ResetPreflight['mode']) =>
  ({
    mode,
    account: {
      directory: 'built-in',
      user_name: 'm.okafor',
      display_name: 'Marlene Okafor',
      email: 'marlene.okafor@example.com',
    },
    policy: {
      document: {
        ...defaultPolicy,
        temporaryPassword: { ...defaultPolicy.temporaryPassword, style: 'groups' },
      },
    },
  }) as unknown as ResetPreflight;

it('a split password has 23 characters, so that the half that one reader lacks is hard to guess', async () => {
  const { password, bits } = await generateForReset(preflight('split'));
  expect(password.expose().length).toBeGreaterThanOrEqual(23);
  expect(bits).toBeGreaterThanOrEqual(72);
});

it('a password for one reader is no longer than the policy asks for', async () => {
  const { password } = await generateForReset(preflight('spoken'));
  expect(password.expose().length).toBeLessThan(23);
});

it('a password has as many characters as an external directory demands', async () => {
  const { password } = await generateForReset(preflight('spoken'), { shortest: 30 });
  expect(password.expose().length).toBeGreaterThanOrEqual(30);
});
