import { describe, expect, it } from 'vitest';
import { followSteps, identifierSteps } from './identifier-steps.ts';

const rows = [
  { id: 1, user_name_key: 'front1', email_key: 'front@example.com', employee_number_key: '900' },
  { id: 2, user_name_key: 'front2', email_key: 'front@example.com', employee_number_key: '0900' },
  { id: 3, user_name_key: 'jane.doe', email_key: 'jane@example.com', employee_number_key: '004711' },
];
const found = (typed: string) => followSteps(identifierSteps(typed), rows)?.id;

describe('what a user typed', () => {
  it.each([
    ['front1', 1],
    ['CORP\\jane.doe', 3],
    ['jane@example.com', 3],
    ['4711', 3],
    ['900', 1],
    ['0900', 2],
  ])('names one account: %s', (typed, id) => {
    expect(found(typed)).toBe(id);
  });

  it.each(['front@example.com', 'somebody@example.com'])(
    'names no account where several have it, or none: %s',
    (typed) => {
      expect(found(typed)).toBeUndefined();
    },
  );
});
