import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../shared/secret/secret.ts';
import { openForTest, operator } from '../accounts/open-for-test.ts';
import type { Origin } from '../store/append-event.ts';
import { hashPassword } from '../passwords/password-hashing/argon2.ts';
import { createBuiltInDirectory } from '../directories/built-in/built-in-directory.ts';
import type { AccountRow } from '../directories/directory.ts';
import { createUserSignIn, type UserSignIn } from './sign-in.ts';

const page: Origin = { actor: { kind: 'system' }, clientAddress: '127.0.0.1', client: null };
const hour = 3_600_000;
const right = 'Right-pass-word-1';

describe('a sign-in of a user', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  let signIn: UserSignIn;
  let id: string;

  const setTemporary = async () => {
    const hash = await hashPassword(right);
    const directory = createBuiltInDirectory(desk);
    return desk.store.change(operator, async (tx, record) => {
      await record({ action: 'reset.done', accountId: id });
      return directory.setTemporaryPassword(
        {
          accountId: id,
          hash,
          password: new Secret(right),
          validUntil: desk.clock.at + hour,
          resetId: 'reset-1',
        },
        tx,
      );
    });
  };
  const attempt = async (password: string, userName = 'M.Okafor') =>
    (await signIn.signIn(userName, password, page)).kind;

  beforeEach(async () => {
    desk = await openForTest();
    await desk.imports.samples(operator);
    const [marlene] = await desk.find('m.okafor');
    id = marlene?.id ?? '';
    signIn = createUserSignIn({ ...desk, directory: createBuiltInDirectory(desk) });
    await setTemporary();
  });
  afterEach(() => desk.close());

  it('with a temporary password leads only to the change of it', async () => {
    expect(await attempt(right)).toBe('must-change');
    const last = await desk.store.db
      .selectFrom('audit_events')
      .select(['action', 'actor_kind', 'account_id'])
      .orderBy('seq', 'desc')
      .executeTakeFirst();
    expect(last).toEqual({ action: 'account.signed-in', actor_kind: 'user', account_id: id });
  });

  it('with an expired temporary password deletes that password', async () => {
    desk.clock.at += hour;
    expect(await attempt(right)).toBe('temporary-expired');
    expect(await attempt(right)).toBe('wrong');
    const kept = await desk.store.db.selectFrom('account_credentials').select('password_hash').execute();
    expect(kept).toEqual([{ password_hash: null }]);
  });

  it('locks the account for fifteen minutes after five wrong passwords', async () => {
    const kinds = await Promise.all(Array.from({ length: 7 }, () => attempt('wrong')));
    expect(kinds.filter((kind) => kind === 'wrong')).toHaveLength(4);
    expect(await attempt(right)).toBe('locked');
    desk.clock.at += 15 * 60_000;
    expect(await attempt(right)).toBe('must-change');
  });

  it('to a locked account is recorded 60 times in ten minutes, and then counted', async () => {
    const hashing = { hash: async () => 'a hash', verify: async () => false };
    signIn = createUserSignIn({ ...desk, directory: createBuiltInDirectory(desk), hashing });
    for (let tries = 0; tries < 75; tries += 1) await attempt('wrong');
    const failed = await desk.store.db
      .selectFrom('audit_events')
      .select('facts')
      .where('action', '=', 'account.sign-in-failed')
      .execute();
    // The failures that locked the account, and as many as for unknown names.
    expect(failed).toHaveLength(5 + 60);
  });

  it('says the same of a name that does not exist as of a wrong password', async () => {
    expect(await attempt(right, 'nobody')).toBe('wrong');
    expect(await attempt('wrong')).toBe('wrong');
  });

  it('is possible again after a reset', async () => {
    const session = { id: 's', token_hash: 't', account_id: id, created_at: 0, must_change: 0 } as const;
    await desk.store.writeUnaudited((tx) =>
      tx
        .insertInto('user_sessions')
        .values({ ...session, expires_at: desk.clock.at + 1 })
        .execute(),
    );
    for (let tries = 0; tries < 5; tries += 1) await attempt('wrong');
    expect(await setTemporary()).toEqual({ unlocked: true, sessionsEnded: 1 });
    expect(await attempt(right)).toBe('must-change');
    const history = await desk.store.db.selectFrom('password_history').select('account_id').execute();
    expect(history).toEqual([{ account_id: id }]);
  });

  const statuses: readonly [string, Partial<AccountRow>][] = [
    ['disabled', { disabled: 1 }],
    ['frozen', { frozen_at: Date.parse('2026-03-01T08:00:00Z') }],
    ['expired', { expires_at: Date.parse('2026-03-01T09:00:00Z') }],
    ['no-local-password', { local_password: 0 }],
  ];
  it.each(statuses)('is refused for an account that is %s', async (kind, change) => {
    await desk.store.writeUnaudited((tx) =>
      tx.updateTable('accounts').set(change).where('id', '=', id).execute(),
    );
    expect(await attempt(right)).toBe(kind);
  });
  it.each(statuses)('with a wrong password does not learn that an account is %s', async (_kind, change) => {
    await desk.store.writeUnaudited((tx) =>
      tx.updateTable('accounts').set(change).where('id', '=', id).execute(),
    );
    expect(await attempt('wrong')).toBe('wrong');
  });
  it('is let in until the account expires', async () => {
    await desk.store.writeUnaudited((tx) =>
      tx
        .updateTable('accounts')
        .set({ expires_at: desk.clock.at + 1 })
        .where('id', '=', id)
        .execute(),
    );
    expect(await attempt(right)).toBe('must-change');
  });
});
