import { expect, it } from 'vitest';
import { generateTemporaryPassword } from '../../backend/passwords/temporary-passwords/generate-temporary-password.ts';
import { countSpokenWords, passwordParts } from '../../renderer/parts/spelling/spell-password.ts';
import { spellings } from '../../renderer/texts/spelling/spelling.ts';
import { defaultPolicy } from '../../shared/api/policy.ts';
import { policyFor } from '../../shared/password-policy/policy.ts';

it('a temporary password of the default policy is said in at most twelve words', () => {
  const { temporaryPassword, passwords } = defaultPolicy;
  const owner = { userName: 'm.okafor', displayName: 'Marlene Okafor', email: 'marlene.okafor@example.com' };
  const counts = Array.from({ length: 300 }, () => {
    const { password } = generateTemporaryPassword(
      temporaryPassword,
      policyFor(passwords, 'built-in'),
      owner,
    );
    return countSpokenWords(passwordParts(password.expose(), temporaryPassword.style, spellings.en));
  });
  expect(Math.max(...counts)).toBeLessThanOrEqual(12);
});
