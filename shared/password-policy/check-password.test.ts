import { describe, expect, it } from 'vitest';
import { checkPassword } from './check-password.ts';

const classic = { preset: 'classic' } as const;
const owner = { userName: 'm.okafor', displayName: 'Marlene Okafor', email: 'marlene.okafor@example.com' };
const broken = (password: string) => checkPassword(password, classic, owner).broken;

describe('the classic rules', () => {
  it.each([
    ['Kf7%xwq', ['too-short']],
    ['kf7%xwqz', ['no-upper-case']],
    ['KF7%XWQZ', ['no-lower-case']],
    ['Kfv%xwqz', ['no-digit']],
    ['Kf7vxwqz', ['no-special']],
    ['Okafor7%wqzu', ['contains-name']],
    ['P@ssw0rd!7', ['common-word']],
  ])('refuse %s for %j only', (password, rules) => {
    expect(broken(password)).toEqual(rules);
  });

  it('accept a password that breaks none', () => {
    expect(broken('Kf7%xwqz')).toEqual([]);
    expect(broken('Seven winter boats 4 tea')).toEqual([]);
  });

  it('count characters, not code units', () => {
    expect(broken('Aa1!😀😀😀')).toEqual(['too-short']);
  });
});

describe('the NIST rules', () => {
  it('require a minimum length and no kinds of characters', () => {
    const check = (password: string) => checkPassword(password, { preset: 'nist' }, owner).broken;
    expect(check('boats under tea')).toEqual([]);
    expect(check('boats under te')).toEqual(['too-short']);
  });
});
