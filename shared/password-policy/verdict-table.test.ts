import { expect, it } from 'vitest';
import { checkPassword } from './check-password.ts';
import { owner, sections, verdictTable } from './verdict-table.ts';

it('has more than 200 different passwords', () => {
  expect(new Set(verdictTable.map(({ password }) => password)).size).toBeGreaterThan(200);
});

it.each(verdictTable)('$policy: $password', ({ password, policy, rules }) => {
  expect(checkPassword(password, sections[policy], owner)).toEqual({ ok: rules.length === 0, broken: rules });
});
