import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '../../shared/api/limits.ts';
import { defaultPolicy, type PolicyDocument } from '../../shared/api/policy.ts';
import { Secret } from '../../shared/secret/secret.ts';
import { openForTest, operator } from '../accounts/open-for-test.ts';
import { createBuiltInDirectory } from '../directories/built-in/built-in-directory.ts';
import type { AccountRow } from '../directories/directory.ts';
import { createChoosePassword, type ChoosePassword } from './choose-password.ts';

/** Breaks no rule of the default policy; each number gives a different password. */
const password = (number: number) => `Quiet+Harbour${number}`;

const mapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: true,
  columns: { userName: 0, displayName: 1 },
} as const;

describe("a user's own password", () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  let passwords: PolicyDocument['passwords'];
  let breached: Set<string>;
  let screened: string[];
  let chosen: ChoosePassword;
  let account: AccountRow;
  let directory: ReturnType<typeof createBuiltInDirectory>;
  beforeEach(async () => {
    desk = await openForTest();
    await desk.importCsv('user,name\nm.okafor,Marlene Okafor\n', mapping);
    directory = createBuiltInDirectory(desk);
    passwords = defaultPolicy.passwords;
    breached = new Set();
    screened = [];
    account = await desk.store.db
      .selectFrom('accounts')
      .selectAll()
      .where('user_name', '=', 'm.okafor')
      .executeTakeFirstOrThrow();
    chosen = createChoosePassword({
      ...desk,
      directory,
      policy: { current: async () => ({ version: 1, document: { ...defaultPolicy, passwords } }) },
      screenPassword: {
        isBreached: async (word) => {
          screened.push(word);
          return breached.has(word);
        },
      },
      notifications: { passwordChanged: async () => undefined } as never,
      // Hashes without a queue, because this test is about comparisons.
      hashing: {
        hash: async (word) => `hash of ${word}`,
        verify: async (stored, word) => stored === `hash of ${word}`,
      },
      live: { publish: () => undefined } as never,
    });
  });
  afterEach(() => desk.close());
  const choose = (word: string, repeated = word) =>
    chosen.choose(account, { password: word, repeated }, operator);
  const chooseUpTo = async (first: number, last: number) => {
    for (let number = first; number <= last; number += 1) await choose(password(number));
  };
  const setTemporary = (word: string, keepOld = false) =>
    desk.store.change(operator, async (tx, record) => {
      await record({ action: 'reset.done', accountId: account.id });
      return directory.setTemporaryPassword(
        {
          accountId: account.id,
          hash: `hash of ${word}`,
          password: new Secret(word),
          validUntil: desk.clock.at + 3_600_000,
          resetId: 'r1',
          keepOld,
        },
        tx,
      );
    });

  describe.each([0, 1, 3, 24])('with a history of %i', (history) => {
    beforeEach(async () => {
      passwords = { ...passwords, history };
      await choose(password(100));
    });
    it(`is not one that ${history} others have followed`, async () => {
      await chooseUpTo(101, 100 + history);
      expect(await choose(password(100))).toEqual(['used-before']);
    });
    it(`may be one that ${history + 1} others have followed`, async () => {
      await chooseUpTo(101, 101 + history);
      expect(await choose(password(100))).toEqual([]);
    });
  });
  it('is not one of a history that a later policy made shorter and longer again', async () => {
    passwords = { ...passwords, history: 3 };
    await chooseUpTo(100, 103);
    passwords = { ...passwords, history: 1 };
    expect(await choose(password(101))).toEqual([]);
    passwords = { ...passwords, history: 3 };
    expect(await choose(password(103))).toEqual(['used-before']);
  });
  it.each([0, 3])('is not the temporary password, whatever the history (%i)', async (history) => {
    passwords = { ...passwords, history };
    await setTemporary(password(200));
    expect(await choose(password(200))).toEqual(['used-before']);
  });
  it('is not an earlier temporary password of the history', async () => {
    await setTemporary(password(200));
    await choose(password(100));
    expect(await choose(password(200))).toEqual(['used-before']);
  });
  it.each([0, 3])('is not the one that a reset left valid, whatever the history (%i)', async (history) => {
    passwords = { ...passwords, history };
    await choose(password(100));
    await setTemporary(password(200), true);
    expect(await choose(password(100))).toEqual(['used-before']);
  });

  it('is not a breached one where the policy refuses those', async () => {
    passwords = { ...passwords, breached: { ...passwords.breached, refuse: true } };
    breached.add(password(100));
    expect(await choose(password(100))).toEqual(['breached']);
    expect(await choose(password(101))).toEqual([]);
  });
  it.each(['demands', 'directories'] as const)(
    'is not a breached one where the %s refuse those',
    async (part) => {
      const demands = { breached: true };
      passwords = { ...passwords, [part]: part === 'demands' ? demands : { [account.directory]: demands } };
      breached.add(password(100));
      expect(await choose(password(100))).toEqual(['breached']);
    },
  );
  it('is not looked up where the policy does not refuse breached ones', async () => {
    breached.add(password(100));
    expect(await choose(password(100))).toEqual([]);
    expect(screened).toEqual([]);
  });
  it('is not looked up when another rule refuses it', async () => {
    passwords = { ...passwords, breached: { ...passwords.breached, refuse: true } };
    await choose('short');
    expect(screened).toEqual([]);
  });

  it.each([
    [limits.password, []],
    [limits.password + 1, ['too-long']],
  ])('of %i characters is judged by its length', async (length, faults) => {
    const long = `${password(1)}${Array.from({ length }, (_, at) => 'kvzt+7Q'[(at * 5 + (at % 11)) % 7]).join('')}`;
    expect(await choose(long.slice(0, length))).toEqual(faults);
  });
  it('must be repeated as it was typed', async () => {
    expect(await choose(password(100), password(101))).toEqual(['not-repeated']);
  });
  it.each([
    ['shorter than the policy asks', 'Qh+7x'],
    ['without a digit', 'Quiet+Harbour'],
    ['with the name of its owner', 'Okafor+Harbour7'],
  ])('stays as it was when it is refused %s', async (_what, word) => {
    await choose(password(100));
    expect(await choose(word)).not.toEqual([]);
    expect(await choose(password(100))).toEqual(['used-before']);
  });
  it('that is refused is recorded with the rules, without the password', async () => {
    await choose('Qh+7x');
    const event = await desk.store.db
      .selectFrom('audit_events')
      .selectAll()
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow();
    expect(event).toMatchObject({ action: 'account.password-change-refused', outcome: 'refused' });
    expect(JSON.parse(event.facts)).toEqual({ rules: expect.stringContaining('too-short') as string });
    expect(JSON.stringify(event)).not.toContain('Qh+7x');
  });

  it('is not set when what happens alongside fails', async () => {
    await choose(password(100));
    const broken = chosen.choose(
      account,
      { password: password(101), repeated: password(101) },
      operator,
      () => Promise.reject(new Error('the link was used')),
    );
    await expect(broken).rejects.toThrow('the link was used');
    expect(await choose(password(101))).toEqual([]);
  });
  it('ends the sessions of the account', async () => {
    await desk.store.change(operator, async (tx, record) => {
      await record({ action: 'account.signed-in', accountId: account.id });
      const times = { created_at: desk.now(), expires_at: desk.now() + 3_600_000 };
      await tx
        .insertInto('user_sessions')
        .values({ id: 's', token_hash: 't', account_id: account.id, must_change: 0, ...times })
        .execute();
    });
    await choose(password(100));
    expect(await desk.store.db.selectFrom('user_sessions').select('id').execute()).toEqual([]);
  });
  it.each([
    ['after a reset', true, 1],
    ['otherwise', false, 0],
  ])('asks for a look at the contact data: %s', async (_when, reset, due) => {
    if (reset) await setTemporary(password(200));
    await choose(password(100));
    const { review_due: reviewDue } = await desk.store.db
      .selectFrom('account_credentials')
      .select('review_due')
      .executeTakeFirstOrThrow();
    expect(reviewDue ?? 0).toBe(due);
  });
});
