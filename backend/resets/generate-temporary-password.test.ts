import { expect, it } from 'vitest';
import { checkPassword } from '../../shared/password-policy/check-password.ts';
import { generateTemporaryPassword, temporaryPasswordBits } from './generate-temporary-password.ts';

const many = Array.from({ length: 2000 }, generateTemporaryPassword);

it('carries at least 72 bits, and more than half of all draws are taken', () => {
  expect(temporaryPasswordBits).toBeGreaterThanOrEqual(72);
  expect(new Set(many).size).toBe(many.length);
});

it('keeps every classic rule', () => {
  const broken = many.filter((password) => !checkPassword(password, { preset: 'classic' }, {}).ok);
  expect(broken).toEqual([]);
});

it('has nothing that is mistaken for something else when it is read out or copied', () => {
  expect(many.filter((password) => /[Il1O0oB8S5Z2]/.test(password))).toEqual([]);
  expect(many.filter((password) => !/^[^-]{5}-[^-]{5}-[^-]{5}$/.test(password))).toEqual([]);
});
