import { describe, expect, it } from 'vitest';
import type { PasswordTrace } from './external-directory.ts';
import { judgeLostWrite, type BeforeWrite } from './judge-lost-write.ts';

const at = Date.UTC(2026, 10, 30, 9);
const minute = 60_000;
const before: BeforeWrite = { server: 'dc1:636', passwordSetAt: at - 30 * minute, at };
/** The trace of a write that was done a second after the intent, at a server whose clock is right. */
const done: PasswordTrace = {
  server: 'dc1:636',
  passwordSetAt: at + 1000,
  mustChange: true,
  isOwn: null,
  clockAhead: 0,
};
const notDone: PasswordTrace = { ...done, passwordSetAt: before.passwordSetAt, mustChange: false };
const later = at + minute;

describe('a lost write was done', () => {
  it.each<[string, Partial<PasswordTrace>]>([
    ['if the date follows the intent', {}],
    ['if the directory says who set the password, whatever its clock', { isOwn: true, clockAhead: null }],
    [
      'if the directory’s clock is 10 minutes ahead',
      { passwordSetAt: at + 10 * minute, clockAhead: 10 * minute },
    ],
    [
      'if the directory’s clock is 10 minutes behind',
      { passwordSetAt: at - 10 * minute, clockAhead: -10 * minute },
    ],
  ])('%s', (_when, trace) => {
    const lost = judgeLostWrite(before, { ...done, ...trace }, later);
    expect(lost).toEqual({ verdict: 'set', passwordSetAt: trace.passwordSetAt ?? done.passwordSetAt });
  });
});

describe('a lost write was not done', () => {
  it.each<[string, Partial<PasswordTrace>, Partial<BeforeWrite>]>([
    ['if the password has its old date', {}, {}],
    ['if the directory tells no time', { clockAhead: null }, {}],
    ['if an older temporary password is still there', { mustChange: true }, {}],
  ])('%s', (_when, trace, known) => {
    const lost = judgeLostWrite({ ...before, ...known }, { ...notDone, ...trace }, later);
    expect(lost.verdict).toBe('not-set');
  });
  it('only once it can no longer arrive', () => {
    expect(judgeLostWrite(before, notDone, at + 14_999).verdict).toBe('too-early');
    expect(judgeLostWrite(before, notDone, at + 15_000).verdict).toBe('not-set');
  });
});

describe('nothing is known of a lost write', () => {
  it.each<[string, PasswordTrace, BeforeWrite]>([
    ['if the account was not read before', done, { ...before, server: null }],
    ['if the directory reports no date', { ...done, passwordSetAt: null }, before],
    ['if the user has set a password since', { ...done, mustChange: false }, before],
    ['if someone else set the password', { ...done, isOwn: false }, before],
    ['if someone else may have set it later', { ...done, passwordSetAt: at + 5 * minute }, before],
    ['if the date is before the intent', { ...done, passwordSetAt: at - minute }, before],
    ['if the clock was not measured', { ...done, clockAhead: null }, before],
    ['if the clock that was measured is another server’s', { ...done, server: 'dc2:636' }, before],
    [
      'if another server has the old date, since it may lag behind',
      { ...notDone, server: 'dc2:636' },
      before,
    ],
    ['if the name of the server stands for several', { ...notDone, server: null }, before],
    [
      'if a temporary password was set in the second of the intent',
      { ...notDone, mustChange: true, passwordSetAt: at - 500 },
      { ...before, passwordSetAt: at - 500 },
    ],
    [
      'if an older temporary password is there, and no clock was measured',
      { ...notDone, mustChange: true, clockAhead: null },
      before,
    ],
  ])('%s', (_when, trace, known) => {
    expect(judgeLostWrite(known, trace, later).verdict).toBe('unknown');
  });
});
