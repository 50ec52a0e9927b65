import { expect, it } from 'vitest';
import { newAccountId } from './account-id.ts';

const at = Date.parse('2026-03-01T09:00:00Z');

it('makes UUIDs that sort by the time at which they were made', () => {
  const ids = Array.from({ length: 200 }, (_, step) => newAccountId(at + step));
  expect(ids.toSorted()).toEqual(ids);
  for (const id of ids)
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

it('makes no id twice within a millisecond', () => {
  expect(new Set(Array.from({ length: 1000 }, () => newAccountId(at))).size).toBe(1000);
});
