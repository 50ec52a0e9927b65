import { expect, it } from 'vitest';
import { hashPassword, verifyPassword } from './argon2.ts';

// Keyboards of one kind type "ü" as one character, those of another as two.
it.each([
  ['NFC', 'NFD'],
  ['NFD', 'NFC'],
] as const)('a password that was chosen in %s is right in %s', async (chosen, typed) => {
  const password = 'Grüne+Häfen7';
  const stored = await hashPassword(password.normalize(chosen));
  expect(await verifyPassword(stored, password.normalize(typed))).toBe(true);
});

it('another password is wrong', async () => {
  expect(await verifyPassword(await hashPassword('Quiet+Harbour7'), 'Quiet+Harbour8')).toBe(false);
});
