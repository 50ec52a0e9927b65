import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CaseView } from '../../../shared/api/case.ts';
import type { CheckView } from '../../../shared/api/check.ts';
import type { ResetView } from '../../../shared/api/reset.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import type { Translate } from '../../texts/use-texts.ts';
import { caseNews } from './case-news.ts';
import { firstView } from './case-view-for-test.ts';

const t: Translate = (key, values) => i18next.t(key, values ?? {});
beforeAll(async () => {
  await setUpTexts();
});

type Attempt = NonNullable<CheckView['attempt']>;
const attempt: Attempt = {
  id: 'k1',
  state: 'pending',
  startedAt: '2026-03-01T09:00:00.000Z',
  expiresAt: '2026-03-01T09:10:00.000Z',
  settledAt: null,
  triesLeft: 3,
  delivery: 'sending',
  deliveryAnswer: null,
  readInOutbox: [],
  asked: [],
};
const withAttempt = (change: Partial<Attempt> | null, rest: Partial<CaseView> = {}): CaseView => {
  const view = firstView();
  return {
    ...view,
    ...rest,
    checks: view.checks.map((check) => ({
      ...check,
      attempt: change === null ? null : { ...attempt, ...change },
    })),
  };
};
const request = {
  id: 'r1',
  action: 'temporary-password',
  state: 'pending',
  askedAt: attempt.startedAt,
  expiresAt: attempt.expiresAt,
  decidedBy: null,
  reason: null,
} as const;
const reset = {
  id: 's1',
  action: 'temporary-password',
  state: 'done',
  delivery: null,
  sentBy: null,
  use: 'none',
} as unknown as ResetView;
const enough = { ...firstView().assurance, earned: 60, met: true };

describe('the news of a case', () => {
  it.each<[string, CaseView, CaseView, string[]]>([
    ['a check that starts', withAttempt(null), withAttempt({}), ['Emailed code started', 'Sending']],
    [
      'a delivery that fails',
      withAttempt({}),
      withAttempt({ delivery: 'failed', deliveryAnswer: '550 no such user' }),
      ['Could not be sent', '550 no such user'],
    ],
    ['a wrong code', withAttempt({}), withAttempt({ triesLeft: 2 }), ['The code was wrong. 2 tries left.']],
    [
      'the verdict with the points',
      withAttempt({}),
      withAttempt({ state: 'passed' }, { assurance: enough }),
      ['Emailed code passed', '60 of 60 points', 'Enough to reset.'],
    ],
    [
      'a check that is locked',
      withAttempt({ triesLeft: 1 }),
      withAttempt({ triesLeft: 0, state: 'locked' }),
      ['Emailed code locked after too many wrong answers'],
    ],
    [
      'an approval',
      withAttempt(null, { approval: { needed: ['tier'], approvers: null, request } }),
      withAttempt(null, {
        approval: {
          needed: ['tier'],
          approvers: null,
          request: { ...request, state: 'approved', decidedBy: 'Ivo Brandt', reason: 'known' },
        },
      }),
      ['Approved by Ivo Brandt: known'],
    ],
    ['a reset', withAttempt(null), withAttempt(null, { resets: [reset] }), ['Password reset']],
    [
      'the use of a temporary password',
      withAttempt(null, { resets: [reset] }),
      withAttempt(null, { resets: [{ ...reset, use: 'password-set' }] }),
      ['The caller has set a new password'],
    ],
    ['a case that ended', withAttempt(null), withAttempt(null, { state: 'closed' }), ['The case is closed.']],
  ])('tells of %s', (_what, before, now, expected) => {
    const news = caseNews(before, now, t);
    for (const sentence of expected) expect(news.join(' ')).toContain(sentence);
    expect(news.length).toBeGreaterThanOrEqual(expected.length);
  });

  it('says nothing when only times have moved', () => {
    const before = withAttempt({});
    expect(caseNews(before, { ...before, expiresAt: attempt.settledAt ?? attempt.startedAt }, t)).toEqual([]);
  });

  it('says nothing about another case that is opened', () => {
    expect(caseNews(withAttempt(null), withAttempt({}, { id: 'c2' }), t)).toEqual([]);
  });
});
