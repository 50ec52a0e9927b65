import { expect, it } from 'vitest';
import { namedSender } from './named-sender.ts';

it.each([
  ['desk@example.com', 'Example & Sons', '"Example & Sons" <desk@example.com>'],
  [
    'desk@example.com',
    'Say "hello"\r\nBcc: x@example.com',
    '"Say helloBcc: x@example.com" <desk@example.com>',
  ],
  ['Reset Desk <desk@example.com>', 'Example & Sons', '"Example & Sons" <desk@example.com>'],
  ['Reset Desk <desk@example.com>', '', 'Reset Desk <desk@example.com>'],
  ['desk@example.com', '', 'desk@example.com'],
  ['IT Desk <desk@example.com>', 'Example & Sons', 'IT Desk <desk@example.com>'],
])('the sender %s of the organisation %j is written as %s', (from, organisation, written) => {
  expect(namedSender(from, organisation)).toBe(written);
});
