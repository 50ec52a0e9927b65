import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../shared/secret/secret.ts';
import { operator as origin } from '../../accounts/open-for-test.ts';
import { openFreezesForTest } from './freezes-for-test.ts';

const [minute, hour, day] = [60_000, 3_600_000, 24 * 3_600_000];

let test: Awaited<ReturnType<typeof openFreezesForTest>>;
beforeEach(async () => {
  test = await openFreezesForTest();
});
afterEach(() => test.desk.close());

describe('a freeze by "This was not me"', () => {
  it('freezes the account with a notification and an event', async () => {
    await test.mail('t');
    expect(await test.freeze('t')).toBe('frozen');
    expect(await test.isFrozen()).toBe(true);
    expect(test.told).toEqual(['frozen']);
    expect(await test.lastEvent()).toEqual({
      action: 'account.frozen',
      outcome: 'done',
      account_id: test.marlene,
    });
  });
  it('ends the sessions and links of the accounts of the same person, and freezes none of them', async () => {
    await test.mail('t');
    await test.desk.store.writeUnaudited(async (tx) => {
      await tx
        .insertInto('account_links')
        .values({
          id: 'link',
          account_id: test.marlene,
          other_id: test.bo,
          why: 'email',
          linked_at: 0,
          unlinked_at: null,
          unlinked_by: null,
          unlink_reason: null,
        })
        .execute();
      await tx
        .insertInto('self_service_links')
        .values({
          id: 'reset of bo',
          account_id: test.bo,
          token_hash: 'hash',
          mail_id: null,
          created_at: test.desk.now(),
          expires_at: test.desk.now() + hour,
          opened_at: null,
          used_at: null,
          voided_at: null,
        })
        .execute();
      await tx
        .insertInto('user_sessions')
        .values({
          id: 'session of bo',
          account_id: test.bo,
          token_hash: 'token',
          created_at: test.desk.now(),
          expires_at: test.desk.now() + hour,
          must_change: 0,
        })
        .execute();
    });
    expect(await test.freeze('t')).toBe('frozen');
    const { db } = test.desk.store;
    expect((await test.directory.get(test.bo))?.account.frozen_at).toBeNull();
    expect(
      (await db.selectFrom('self_service_links').select('voided_at').execute())[0]?.voided_at,
    ).not.toBeNull();
    expect(await db.selectFrom('user_sessions').selectAll().execute()).toEqual([]);
    expect(await test.lastEvent()).toEqual({
      action: 'account.linked-frozen',
      outcome: 'done',
      account_id: test.bo,
    });
  });
  it('changes nothing when the link is only opened', async () => {
    await test.mail('t');
    expect(await test.look('t')).toBe('good');
    expect(await test.look('t')).toBe('good');
    expect(await test.isFrozen()).toBe(false);
  });
  it('needs a link that was mailed', async () => {
    await test.mail('t');
    expect([await test.look('another'), await test.freeze('another')]).toEqual(['dead', 'dead']);
    expect(await test.lastEvent()).toMatchObject({ action: 'account.not-me-refused', outcome: 'refused' });
  });
  it('needs a link that has not expired', async () => {
    await test.mail('t');
    test.desk.clock.at += 7 * day - 1;
    expect(await test.look('t')).toBe('good');
    test.desk.clock.at += 1;
    expect([await test.look('t'), await test.freeze('t')]).toEqual(['dead', 'dead']);
  });
  it.each([
    ['went to an address that is on file no more', { to: 'before@example.com' }, 'dead'],
    ['told an address that it is on file no more', { to: 'before@example.com', former: true }, 'good'],
    ['went to the address on file, in other case', { to: 'Marlene@Example.com' }, 'good'],
  ])('with a mail that %s', async (_what, where, kind) => {
    await test.mail('t', where);
    expect(await test.look('t')).toBe(kind);
    expect(await test.freeze('t')).toBe(kind === 'good' ? 'frozen' : kind);
  });
  it('tells the owner once for any number of presses', async () => {
    await test.mail('t');
    await test.mail('u');
    expect([await test.freeze('t'), await test.freeze('t'), await test.freeze('u')]).toEqual([
      'frozen',
      'frozen',
      'frozen',
    ]);
    expect([await test.look('t'), await test.look('u')]).toEqual(['frozen', 'frozen']);
    expect(test.told).toEqual(['frozen']);
  });
  it('cannot be repeated after it was lifted, with the same link or one of the time before', async () => {
    await test.mail('t');
    await test.mail('u');
    test.desk.clock.at += minute;
    await test.freeze('t');
    test.desk.clock.at += minute;
    await test.lift('ann');
    expect([await test.look('t'), await test.freeze('t')]).toEqual(['dead', 'dead']);
    expect([await test.look('u'), await test.freeze('u')]).toEqual(['dead', 'dead']);
    expect(await test.isFrozen()).toBe(false);
  });
  it('can be repeated after it was lifted with the link of a later mail', async () => {
    await test.mail('t');
    await test.freeze('t');
    test.desk.clock.at += minute;
    await test.lift('ann');
    await test.mail('u');
    expect(await test.freeze('u')).toBe('frozen');
  });

  it('ends the sessions of this account alone', async () => {
    await test.desk.store.writeUnaudited((tx) =>
      tx
        .insertInto('user_sessions')
        .values(
          [test.marlene, test.bo].map((accountId) => ({
            id: accountId,
            token_hash: accountId,
            account_id: accountId,
            created_at: 0,
            expires_at: test.desk.now() + hour,
            must_change: 0 as const,
          })),
        )
        .execute(),
    );
    await test.mail('t');
    await test.freeze('t');
    const open = await test.desk.store.db.selectFrom('user_sessions').select('account_id').execute();
    expect(open).toEqual([{ account_id: test.bo }]);
  });
  it('withdraws the temporary password from account and desk', async () => {
    await test.desk.store.change(origin, async (tx, record) => {
      await record({ action: 'reset.done', accountId: test.marlene });
      await test.directory.setTemporaryPassword(
        {
          accountId: test.marlene,
          hash: 'h',
          password: new Secret('kiv-7'),
          validUntil: test.desk.now() + hour,
          resetId: 'r1',
        },
        tx,
      );
    });
    test.secrets.set('r1', new Secret('kiv-7'), test.desk.now() + hour);
    test.secrets.set('r2', new Secret('kiv-8'), test.desk.now() + hour);
    await test.mail('t');
    await test.freeze('t');
    const { password_hash: hash } = await test.desk.store.db
      .selectFrom('account_credentials')
      .select('password_hash')
      .where('account_id', '=', test.marlene)
      .executeTakeFirstOrThrow();
    expect([hash, test.secrets.has('r1'), test.secrets.has('r2')]).toEqual([null, false, true]);
  });
  it('ends the unused grants of this account alone', async () => {
    const grant = (id: string, accountId: string, spentAt: number | null) => ({
      id,
      case_id: 'c',
      account_id: accountId,
      operator_id: 'olga',
      session_id: 's',
      action: 'reset-link',
      policy_version: 1,
      minted_at: 0,
      expires_at: test.desk.now() + hour,
      spent_at: spentAt,
      approval_id: null,
    });
    await test.openCase('c', 'olga');
    await test.desk.store.writeUnaudited((tx) =>
      tx
        .insertInto('grants')
        .values([
          grant('hers', test.marlene, null),
          grant('spent', test.marlene, 1),
          grant('his', test.bo, null),
        ])
        .execute(),
    );
    await test.mail('t');
    await test.freeze('t');
    const open = await test.desk.store.db
      .selectFrom('grants')
      .select('id')
      .where('expires_at', '>', test.desk.now())
      .orderBy('id')
      .execute();
    expect(open.map(({ id }) => id)).toEqual(['his', 'spent']);
  });
  it('leaves no link that has expired', async () => {
    await test.mail('t');
    test.desk.clock.at += minute;
    await test.mail('u');
    test.desk.clock.at += 7 * day - minute;
    await test.freezes.sweep();
    const left = await test.desk.store.db.selectFrom('not_me_links').select('id').execute();
    expect(left).toEqual([{ id: 'u' }]);
  });
});
