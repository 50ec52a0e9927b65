import { expect, it } from 'vitest';
import type { TimelineEntry } from '../../../shared/api/timeline.ts';
import { foldTimeline } from './fold-timeline.ts';

const entry = (action: string, facts: TimelineEntry['facts'] = {}, more: Partial<TimelineEntry> = {}) =>
  ({ id: action, action, outcome: 'done', caseNumber: 7, facts, ...more }) as TimelineEntry;
const kind = { kind: 'emailed-code' };
const actions = (entries: readonly TimelineEntry[]) => entries.map(({ action }) => action);

it('tells a plain reset in three lines', () => {
  const whole = [
    entry('mail.accepted'),
    entry('reset.done'),
    entry('reset.intended'),
    entry('grant.minted'),
    entry('check.passed', kind),
    entry('mail.accepted'),
    entry('check.started', kind),
    entry('case.opened'),
  ];
  expect(actions(foldTimeline(whole))).toEqual(['reset.done', 'check.passed', 'case.opened']);
});

it('keeps the start of a check that is still open', () => {
  const whole = [entry('check.started', kind), entry('check.expired', kind), entry('check.started', kind)];
  expect(actions(foldTimeline(whole))).toEqual(['check.started', 'check.expired']);
});

it('keeps the start of a check of another case', () => {
  const whole = [entry('check.passed', kind), entry('check.started', kind, { caseNumber: 6 })];
  expect(foldTimeline(whole)).toHaveLength(2);
});

it.each(['refused', 'failed'] as const)('keeps steps that were %s', (outcome) => {
  const whole = ['grant.minted', 'reset.intended', 'mail.accepted'].map((action) =>
    entry(action, {}, { outcome }),
  );
  expect(foldTimeline(whole)).toEqual(whole);
});

it.each(['mail.failed', 'mail.bounced', 'mail.kept-in-outbox', 'text.failed'])('keeps %s', (action) => {
  expect(foldTimeline([entry(action)])).toHaveLength(1);
});
