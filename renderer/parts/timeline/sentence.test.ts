import i18next from 'i18next';
import { beforeAll, expect, it } from 'vitest';
import type { TimelineEntry } from '../../../shared/api/timeline.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { sentence } from './timeline.tsx';

beforeAll(() => setUpTexts());

it('calls a reset by link sent, since the password is not set yet', () => {
  const t = i18next.t as Parameters<typeof sentence>[0];
  const done = (way: string) =>
    sentence(t, {
      action: 'reset.done',
      outcome: 'done',
      facts: { action: way },
    } as unknown as TimelineEntry);
  expect(done('reset-link')).toBe('Reset link sent');
  expect(done('temporary-password')).toBe('Password reset');
});

it('marks a refused action as refused', () => {
  const t = i18next.t as Parameters<typeof sentence>[0];
  const say = (action: string, outcome: string) =>
    sentence(t, { action, outcome, facts: {} } as unknown as TimelineEntry);
  expect(say('reset.secret-shown', 'done')).toBe('Temporary password shown');
  expect(say('reset.secret-shown', 'refused')).toBe('Refused: Temporary password shown');
  expect(say('account.unfrozen', 'refused')).toBe('Refused: Account unfrozen');
  expect(say('account.unlinked', 'refused')).toBe('Refused: Unlinked from an account of another person');
  // Its text already says that it was refused.
  expect(say('case.refused', 'refused')).toBe('Case refused');
});

it('names the directory of a linked account', () => {
  const t = i18next.t as Parameters<typeof sentence>[0];
  const say = (directory: string) =>
    sentence(t, {
      action: 'account.linked',
      outcome: 'done',
      facts: { with: 'm.okafor', directory },
    } as unknown as TimelineEntry);
  expect(say('Head office')).toBe('Linked with m.okafor in Head office as the same person');
  expect(say('built-in')).toBe('Linked with m.okafor in the built-in directory as the same person');
});

it('names a check as the subject of what happened to it', () => {
  const t = i18next.t as Parameters<typeof sentence>[0];
  const started = (kind: string) =>
    sentence(t, { action: 'check.started', outcome: 'done', facts: { kind } } as unknown as TimelineEntry);
  expect(started('call-back')).toBe('Call-back started');
  expect(started('in-person')).toBe('Check in person started');
});
