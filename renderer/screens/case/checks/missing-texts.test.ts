import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AssuranceView, CheckView } from '../../../../shared/api/check.ts';
import { caseTexts } from '../../../texts/en/case.ts';
import type { Translate } from '../../../texts/use-texts.ts';
import { describeCheck } from './describe-check.ts';
import { recommendedChecks, sayWhatIsMissing } from './missing-texts.ts';

const instance = i18next.createInstance();
const t: Translate = (key, values) => instance.t(key, values ?? {});
beforeAll(async () => {
  await instance.init({
    lng: 'en',
    interpolation: { escapeValue: false },
    resources: { en: { translation: { case: caseTexts } } },
  });
});

const half: AssuranceView = {
  earned: 60,
  needed: 90,
  factors: { earned: ['possession'], needed: 2 },
  met: false,
  missing: { points: 30, factors: 1 },
  closing: [['call-back'], ['managers-word'], ['in-person']],
};

describe('what a case still needs', () => {
  it.each<[string, Partial<AssuranceView>, string]>([
    [
      'another kind',
      {},
      '30 more points needed, from a different kind of check: call-back, manager or in person.',
    ],
    [
      'points alone',
      { missing: { points: 1, factors: 0 }, closing: [['texted-code']] },
      '1 more point needed: texted code.',
    ],
    [
      'two checks together',
      { earned: 0, factors: { earned: [], needed: 2 }, closing: [['authenticator-code', 'call-back']] },
      '30 more points needed: authenticator and call-back.',
    ],
    [
      'a kind alone',
      { missing: { points: 0, factors: 1 }, closing: [['managers-word']] },
      'Enough points, but from one kind of check. A different kind is needed: manager.',
    ],
    ['nothing', { met: true, missing: { points: 0, factors: 0 }, closing: [] }, 'Enough to reset.'],
  ])('is described: %s', (_what, part, expected) => {
    expect(sayWhatIsMissing({ ...half, ...part }, t)).toBe(expected);
  });

  const pairs: AssuranceView['closing'] = [
    ['call-back', 'managers-word'],
    ['emailed-code', 'managers-word'],
    ['emailed-code', 'call-back'],
    ['emailed-code', 'in-person'],
  ];

  it('names the quickest way alone when there are many', () => {
    expect(
      sayWhatIsMissing({ ...half, earned: 0, factors: { earned: [], needed: 2 }, closing: pairs }, t),
    ).toBe('30 more points needed: emailed code and in person, or 3 other ways.');
  });

  it.each<[string, Partial<AssuranceView>, string[]]>([
    ['the quickest of several', { closing: pairs }, ['emailed-code', 'in-person']],
    ['one that is enough alone', { closing: [['managers-word'], ['texted-code']] }, ['texted-code']],
    ['nothing once it is enough', { met: true, closing: [] }, []],
  ])('recommends %s', (_what, part, expected) => {
    expect(recommendedChecks({ ...half, ...part })).toEqual(expected);
  });

  it('is reported as out of reach if no check can provide it', () => {
    expect(sayWhatIsMissing({ ...half, closing: [] }, t)).toContain('cannot earn the 90 points');
  });
});

describe('a check', () => {
  const calling: CheckView = {
    kind: 'call-back',
    factor: 'desk',
    points: 40,
    destination: '••• 318',
    person: null,
    digits: null,
    obstacle: null,
    attempt: null,
  };
  const still = { wrong: false, live: false, remaining: 0, directory: 'built-in' } as const;

  it('names the period in which changed contact data cannot be used', () => {
    const obstacle = {
      reason: 'contact-changed',
      since: '2026-03-01T09:00:00.000Z',
      until: '2026-03-08T09:00:00.000Z',
    } as const;
    expect(describeCheck({ ...calling, obstacle }, still, t)).toMatch(
      /^Phone changed .*1.*: not usable until .*8/u,
    );
    expect(describeCheck({ ...calling, kind: 'managers-word', obstacle }, still, t)).toMatch(
      /^The manager, or the manager’s email address, changed/u,
    );
  });

  it.each(['ldap', 'keycloak'] as const)(
    'does not say that contact data was changed where the directory tells only that the account was (%s)',
    (directory) => {
      const obstacle = {
        reason: 'contact-changed',
        since: '2026-03-01T09:00:00.000Z',
        until: '2026-03-08T09:00:00.000Z',
      } as const;
      const text = (kind: CheckView['kind']) =>
        describeCheck({ ...calling, kind, obstacle }, { ...still, directory }, t);
      expect(text('call-back')).toMatch(
        /^The account was changed in its directory .*1.*, perhaps its phone: not usable until .*8/u,
      );
      expect(text('emailed-code')).toMatch(/perhaps its email address/u);
      expect(text('managers-word')).toMatch(/^The manager, or/u);
    },
  );

  it('names the manager who is asked and who answered', () => {
    const attempt = {
      id: 'k1',
      state: 'pending',
      startedAt: '2026-03-01T09:00:00.000Z',
      expiresAt: '2026-03-01T09:30:00.000Z',
      settledAt: null,
      triesLeft: null,
      delivery: 'accepted',
      deliveryAnswer: null,
      readInOutbox: [],
      asked: [] as { id: string; text: string }[],
    } satisfies CheckView['attempt'];
    const pending: CheckView = { ...calling, kind: 'managers-word', person: 'Ivo Brandt', attempt };
    const waiting = { ...still, live: true, remaining: 90_000 };
    expect(describeCheck(pending, waiting, t)).toBe(
      'Waiting for Ivo Brandt · 1:30 left to answer · Accepted by the mail server',
    );
    const denied = { ...pending, attempt: { ...attempt, state: 'failed' as const } };
    expect(describeCheck(denied, still, t)).toMatch(/^Ivo Brandt said no at /u);
  });
});
