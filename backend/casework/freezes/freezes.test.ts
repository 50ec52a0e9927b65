import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everyAccount, type OperatorScope } from '../../../shared/api/operator.ts';
import { createExpiringMap } from '../../../shared/expiring-map/expiring-map.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import { openForTest, operator as origin } from '../../accounts/open-for-test.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { createBuiltInDirectory } from '../../directories/built-in/built-in-directory.ts';
import { approverSession, staffRow } from '../../drill/invented-staff.ts';
import type { PendingSecrets } from '../../passwords/temporary-passwords/pending-secrets.ts';
import { createKeyedHash, type KeyedHash } from '../../store/keyed-hash.ts';
import { createFreezes, type Freezes } from './freezes.ts';

const [minute, hour, day] = [60_000, 3_600_000, 24 * 3_600_000];
const mapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: false,
  columns: { userName: 0, displayName: 1, email: 2, department: 3 },
} as const;
const from = { clientAddress: null, client: null };

describe('a freeze by "This was not me"', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  let freezes: Freezes;
  let directory: ReturnType<typeof createBuiltInDirectory>;
  let keyed: KeyedHash;
  let secrets: PendingSecrets;
  let told: string[];
  let [marlene, bo] = ['', ''];
  beforeEach(async () => {
    desk = await openForTest();
    told = [];
    keyed = createKeyedHash(Buffer.alloc(32, 7));
    directory = createBuiltInDirectory(desk);
    secrets = createExpiringMap<Secret>(desk.now);
    await desk.importCsv(
      'm.okafor,Marlene Okafor,marlene@example.com,Support\nb.two,Bo Two,bo@example.com,Sales',
      mapping,
    );
    [bo = '', marlene = ''] = (
      await desk.store.db.selectFrom('accounts').select('id').orderBy('user_name').execute()
    ).map(({ id }) => id);
    await desk.store.writeUnaudited((tx) =>
      tx
        .insertInto('operators')
        .values([
          ...['ann', 'olga'].map((id) => staffRow({ id, displayName: id }, 0)),
          {
            ...staffRow({ id: 'owner', displayName: 'Marlene as an operator' }, 0),
            linked_account_id: marlene,
          },
        ])
        .execute(),
    );
    freezes = createFreezes({
      ...desk,
      directory,
      keyed,
      secrets,
      notifications: {
        accountFrozen: async () => void told.push('frozen'),
        accountUnfrozen: async () => void told.push('unfrozen'),
      } as never,
      live: { publish: () => undefined } as never,
    });
  });
  afterEach(() => desk.close());

  const session = (id: string, scope: OperatorScope = everyAccount): OperatorSession => {
    const proved = approverSession(desk.clock.at);
    return { ...proved, operator: { ...proved.operator, id, displayName: id, scope } };
  };
  const openCase = (id: string, operatorId: string, row: { state?: string; at?: number } = {}) =>
    desk.store.writeUnaudited((tx) =>
      tx
        .insertInto('cases')
        .values({
          id,
          account_id: marlene,
          operator_id: operatorId,
          session_id: 's',
          ticket: null,
          reason: null,
          state: row.state ?? 'closed',
          opened_at: row.at ?? 0,
          last_activity_at: row.at ?? 0,
          ended_at: null,
          refusal_reason: null,
          refusal_note: null,
        })
        .execute(),
    );
  /** Sends Marlene a mail with a link about a case. */
  const mail = (
    token: string,
    { to = 'marlene@example.com', former = false, about = null as string | null } = {},
  ) =>
    desk.store.writeUnaudited(async (tx) => {
      await tx
        .insertInto('mails')
        .values({
          id: `mail of ${token}`,
          kind: 'code',
          to_address: to,
          subject: 'Your code',
          account_id: marlene,
          case_id: about,
          state: 'accepted',
          queued_at: desk.now(),
          settled_at: null,
          answer: null,
          file: null,
          attempts: 1,
          next_attempt_at: null,
        })
        .execute();
      await tx
        .insertInto('not_me_links')
        .values({
          id: token,
          token_hash: keyed.hash('not-me', token),
          account_id: marlene,
          mail_id: `mail of ${token}`,
          created_at: desk.now(),
          expires_at: desk.now() + 7 * day,
          used_at: null,
          to_former: former ? 1 : 0,
        })
        .execute();
    });
  const freeze = async (token: string) => (await freezes.freezeByOwner(token, from)).kind;
  const look = async (token: string) => (await freezes.look(token)).kind;
  const lift = (by: string, accountId = marlene) =>
    freezes.lift(accountId, 'Talked to her', session(by), origin);
  const isFrozen = async () => (await directory.get(marlene))?.account.frozen_at != null;
  const lastEvent = () =>
    desk.store.db
      .selectFrom('audit_events')
      .select(['action', 'outcome', 'account_id'])
      .orderBy('seq', 'desc')
      .executeTakeFirst();

  it('freezes the account with a notification and an event', async () => {
    await mail('t');
    expect(await freeze('t')).toBe('frozen');
    expect(await isFrozen()).toBe(true);
    expect(told).toEqual(['frozen']);
    expect(await lastEvent()).toEqual({ action: 'account.frozen', outcome: 'done', account_id: marlene });
  });
  it('ends the sessions and links of the accounts of the same person, and freezes none of them', async () => {
    await mail('t');
    await desk.store.writeUnaudited(async (tx) => {
      await tx
        .insertInto('account_links')
        .values({
          id: 'link',
          account_id: marlene,
          other_id: bo,
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
          account_id: bo,
          token_hash: 'hash',
          mail_id: null,
          created_at: desk.now(),
          expires_at: desk.now() + hour,
          opened_at: null,
          used_at: null,
          voided_at: null,
        })
        .execute();
      await tx
        .insertInto('user_sessions')
        .values({
          id: 'session of bo',
          account_id: bo,
          token_hash: 'token',
          created_at: desk.now(),
          expires_at: desk.now() + hour,
          must_change: 0,
        })
        .execute();
    });
    expect(await freeze('t')).toBe('frozen');
    const { db } = desk.store;
    expect((await directory.get(bo))?.account.frozen_at).toBeNull();
    expect(
      (await db.selectFrom('self_service_links').select('voided_at').execute())[0]?.voided_at,
    ).not.toBeNull();
    expect(await db.selectFrom('user_sessions').selectAll().execute()).toEqual([]);
    expect(await lastEvent()).toEqual({ action: 'account.linked-frozen', outcome: 'done', account_id: bo });
  });
  it('changes nothing when the link is only opened', async () => {
    await mail('t');
    expect(await look('t')).toBe('good');
    expect(await look('t')).toBe('good');
    expect(await isFrozen()).toBe(false);
  });
  it('needs a link that was mailed', async () => {
    await mail('t');
    expect([await look('another'), await freeze('another')]).toEqual(['dead', 'dead']);
    expect(await lastEvent()).toMatchObject({ action: 'account.not-me-refused', outcome: 'refused' });
  });
  it('needs a link that has not expired', async () => {
    await mail('t');
    desk.clock.at += 7 * day - 1;
    expect(await look('t')).toBe('good');
    desk.clock.at += 1;
    expect([await look('t'), await freeze('t')]).toEqual(['dead', 'dead']);
  });
  it.each([
    ['went to an address that is on file no more', { to: 'before@example.com' }, 'dead'],
    ['told an address that it is on file no more', { to: 'before@example.com', former: true }, 'good'],
    ['went to the address on file, in other case', { to: 'Marlene@Example.com' }, 'good'],
  ])('with a mail that %s', async (_what, where, kind) => {
    await mail('t', where);
    expect(await look('t')).toBe(kind);
    expect(await freeze('t')).toBe(kind === 'good' ? 'frozen' : kind);
  });
  it('tells the owner once for any number of presses', async () => {
    await mail('t');
    await mail('u');
    expect([await freeze('t'), await freeze('t'), await freeze('u')]).toEqual(['frozen', 'frozen', 'frozen']);
    expect([await look('t'), await look('u')]).toEqual(['frozen', 'frozen']);
    expect(told).toEqual(['frozen']);
  });
  it('cannot be repeated after it was lifted, with the same link or one of the time before', async () => {
    await mail('t');
    await mail('u');
    desk.clock.at += minute;
    await freeze('t');
    desk.clock.at += minute;
    await lift('ann');
    expect([await look('t'), await freeze('t')]).toEqual(['dead', 'dead']);
    expect([await look('u'), await freeze('u')]).toEqual(['dead', 'dead']);
    expect(await isFrozen()).toBe(false);
  });
  it('can be repeated after it was lifted with the link of a later mail', async () => {
    await mail('t');
    await freeze('t');
    desk.clock.at += minute;
    await lift('ann');
    await mail('u');
    expect(await freeze('u')).toBe('frozen');
  });

  it('ends the sessions of this account alone', async () => {
    await desk.store.writeUnaudited((tx) =>
      tx
        .insertInto('user_sessions')
        .values(
          [marlene, bo].map((accountId) => ({
            id: accountId,
            token_hash: accountId,
            account_id: accountId,
            created_at: 0,
            expires_at: desk.now() + hour,
            must_change: 0 as const,
          })),
        )
        .execute(),
    );
    await mail('t');
    await freeze('t');
    const open = await desk.store.db.selectFrom('user_sessions').select('account_id').execute();
    expect(open).toEqual([{ account_id: bo }]);
  });
  it('withdraws the temporary password from account and desk', async () => {
    await desk.store.change(origin, async (tx, record) => {
      await record({ action: 'reset.done', accountId: marlene });
      await directory.setTemporaryPassword(
        {
          accountId: marlene,
          hash: 'h',
          password: new Secret('kiv-7'),
          validUntil: desk.now() + hour,
          resetId: 'r1',
        },
        tx,
      );
    });
    secrets.set('r1', new Secret('kiv-7'), desk.now() + hour);
    secrets.set('r2', new Secret('kiv-8'), desk.now() + hour);
    await mail('t');
    await freeze('t');
    const { password_hash: hash } = await desk.store.db
      .selectFrom('account_credentials')
      .select('password_hash')
      .where('account_id', '=', marlene)
      .executeTakeFirstOrThrow();
    expect([hash, secrets.has('r1'), secrets.has('r2')]).toEqual([null, false, true]);
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
      expires_at: desk.now() + hour,
      spent_at: spentAt,
      approval_id: null,
    });
    await openCase('c', 'olga');
    await desk.store.writeUnaudited((tx) =>
      tx
        .insertInto('grants')
        .values([grant('hers', marlene, null), grant('spent', marlene, 1), grant('his', bo, null)])
        .execute(),
    );
    await mail('t');
    await freeze('t');
    const open = await desk.store.db
      .selectFrom('grants')
      .select('id')
      .where('expires_at', '>', desk.now())
      .orderBy('id')
      .execute();
    expect(open.map(({ id }) => id)).toEqual(['his', 'spent']);
  });

  it('is lifted by an approver, who tells the owner', async () => {
    await mail('t');
    await freeze('t');
    await lift('ann');
    expect(await isFrozen()).toBe(false);
    expect(told).toEqual(['frozen', 'unfrozen']);
    expect(await lastEvent()).toEqual({ action: 'account.unfrozen', outcome: 'done', account_id: marlene });
  });
  it.each([
    ['the owner of the account', 'owner', {}, 'account.own'],
    ['the operator whose mail it answered', 'olga', { about: 'old case' }, 'account.own-freeze'],
    ['an operator with an open case about the account', 'olga', {}, 'approval.own-case'],
  ])('is not lifted by %s', async (_who, by, more, refusal) => {
    await openCase('old case', 'olga');
    if (refusal === 'approval.own-case') await openCase('case', 'olga', { state: 'open' });
    await mail('t', more);
    await freeze('t');
    await expect(lift(by)).rejects.toThrow(refusal);
    expect(await isFrozen()).toBe(true);
    expect(await lastEvent()).toMatchObject({ action: 'account.unfrozen', outcome: 'refused' });
  });
  it('is lifted by an operator whose case has long been closed', async () => {
    await openCase('old case', 'olga');
    await mail('t');
    await freeze('t');
    await lift('olga');
    expect(await isFrozen()).toBe(false);
  });
  it.each([
    ['an account that is not frozen', () => marlene, 'account.not-frozen'],
    ['an account that does not exist', () => 'none', 'account.not-found'],
  ])('is not lifted for %s', async (_what, accountId, refusal) => {
    await expect(lift('ann', accountId())).rejects.toThrow(refusal);
    expect(told).toEqual([]);
  });
  it('is lifted once', async () => {
    await mail('t');
    await freeze('t');
    await lift('ann');
    await expect(lift('ann')).rejects.toThrow('account.not-frozen');
  });

  const listed = async (by: string, scope?: OperatorScope) =>
    (await freezes.list(10, session(by, scope))).map(({ displayName, obstacle }) => [displayName, obstacle]);
  it.each([
    ['ann', null],
    ['owner', 'own-account'],
    ['olga', 'own-action'],
  ])('is listed to %s with what keeps them from lifting it', async (by, obstacle) => {
    await openCase('old case', 'olga');
    await mail('t', { about: 'old case' });
    await freeze('t');
    expect(await listed(by)).toEqual([['Marlene Okafor', obstacle]]);
  });
  it.each([
    ['Support', 1],
    ['Sales', 0],
  ])('is listed within the scope of an operator alone: %s', async (department, count) => {
    await mail('t');
    await freeze('t');
    expect(await listed('ann', { ...everyAccount, departments: [department] })).toHaveLength(count);
  });
  it('is not listed any longer once it was lifted', async () => {
    await mail('t');
    await freeze('t');
    await lift('ann');
    expect(await listed('ann')).toEqual([]);
  });
  it('leaves no link that has expired', async () => {
    await mail('t');
    desk.clock.at += minute;
    await mail('u');
    desk.clock.at += 7 * day - minute;
    await freezes.sweep();
    const left = await desk.store.db.selectFrom('not_me_links').select('id').execute();
    expect(left).toEqual([{ id: 'u' }]);
  });
});
