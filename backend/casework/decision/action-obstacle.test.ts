import { describe, expect, it } from 'vitest';
import { actionObstacles as allReasons, resetActions } from '../../../shared/api/case.ts';
import { actionObstacle, actionObstacles, assertActionAllowed, refusalFor } from './action-obstacle.ts';
import { deriveCaseContext } from './case-context.ts';
import { at, verifiedCase } from './case-facts-for-test.ts';
import { obstacleIn, situations } from './situations-for-test.ts';

const decisions = situations.flatMap((situation) =>
  resetActions.map((action) => ({
    name: situation.name,
    action,
    facts: situation.facts,
    obstacle: obstacleIn(situation, action),
    answer: obstacleIn(situation, action)?.reason ?? 'nothing is missing',
  })),
);

describe('the decision about an action', () => {
  it.each(decisions)('about a $action in $name is: $answer', ({ facts, action, obstacle }) => {
    expect(actionObstacle(deriveCaseContext(facts), action)).toEqual(obstacle);
  });

  it('about an unlock differs from that about a reset only in what concerns passwords', () => {
    const lock = { locked_since: at - 60_000, failed_sign_ins: 5 };
    const common = situations.filter(
      ({ obstacle, actions }) =>
        actions === undefined &&
        obstacle !== null &&
        !/^(approval|already-reset|assurance)/.test(obstacle.reason),
    );
    const answers = common.map(({ name, facts, obstacle }) => {
      const { found } = facts;
      const locked = { ...facts, found: { ...found, account: { ...found.account, ...lock } } };
      return { name, obstacle, answer: actionObstacle(deriveCaseContext(locked), 'unlock') };
    });
    expect(answers.length).toBeGreaterThan(8);
    expect(answers.map(({ name, answer }) => ({ name, answer }))).toEqual(
      answers.map(({ name, obstacle }) => ({ name, answer: obstacle })),
    );
  });

  it.each(allReasons)('covers %s with a test case and a refusal code', (reason) => {
    expect(situations.some(({ obstacle }) => obstacle?.reason === reason)).toBe(true);
    expect(refusalFor(reason)).toMatch(/\./);
  });

  it('lists every obstacle, those that no work in the case can clear first', () => {
    const context = deriveCaseContext({
      ...verifiedCase,
      evidence: [],
      found: {
        ...verifiedCase.found,
        account: { ...verifiedCase.found.account, frozen_at: at, tier: 'privileged', email: null },
      },
    });
    expect(actionObstacles(context, 'reset-link').map(({ reason }) => reason)).toEqual([
      'frozen',
      'no-email',
      'assurance',
      'approval-needed',
    ]);
  });

  it('requires a recent proof of the operator only when nothing else is missing', () => {
    const stale = { ...verifiedCase, session: { ...verifiedCase.session, authenticatedAt: 0 } };
    expect(() => assertActionAllowed(deriveCaseContext(stale), 'reset-link')).toThrow(
      expect.objectContaining({ code: 'session.reauthentication-required' }),
    );
    expect(() => assertActionAllowed(deriveCaseContext({ ...stale, evidence: [] }), 'reset-link')).toThrow(
      expect.objectContaining({ code: 'assurance.not-enough' }),
    );
  });
});
