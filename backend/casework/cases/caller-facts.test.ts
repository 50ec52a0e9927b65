import { expect, it } from 'vitest';
import { spokenAddress } from './caller-facts.ts';

it.each([
  ['https://desk.example.com', 'desk.example.com'],
  ['https://desk.example.com/reset', 'desk.example.com/reset'],
  ['http://127.0.0.1:8443', null],
  ['http://localhost:39793', null],
  ['https://a-very-long-name-of-a-help-desk.departments.example.com', null],
])('%s is read out as %s', (publicUrl, spoken) => {
  expect(spokenAddress(publicUrl)).toBe(spoken);
});
