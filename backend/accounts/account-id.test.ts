import { expect, it } from 'vitest';
import { newAccountId } from './account-id.ts';

it('makes ids that sort by the time of their making and never twice the same', () => {
  const at = Date.parse('2026-03-01T09:00:00Z');
  const ids = Array.from({ length: 200 }, (_, step) => newAccountId(at + step));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(Array.from({ length: 1000 }, () => newAccountId(at))).size).toBe(1000);
  for (const id of ids)
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});
