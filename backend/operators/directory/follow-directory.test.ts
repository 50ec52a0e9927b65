import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everyAccount } from '../../../shared/api/operator.ts';
import { openForTest } from '../../accounts/open-for-test.ts';
import type { AccountRow } from '../../directories/directory.ts';
import { DirectoryFault, type DirectoryFaultCode } from '../../directories/external/directory-fault.ts';
import type { ExternalAccount, ExternalDirectory } from '../../directories/external/external-directory.ts';
import { createLive } from '../../live/live.ts';
import { newOperator } from '../operators.ts';
import { admitFromDirectory, readPersonIn } from './admit-from-directory.ts';
import { createFollowDirectory } from './follow-directory.ts';
import { settingName } from './sign-in-settings.ts';

const directoryId = '7c1b2f60-3a57-4d0e-9a52-1f6f0e6d2b11';
const settings = {
  enabled: true,
  directoryId,
  roles: [
    { group: 'desk', role: 'operator' as const },
    { group: 'approvers', role: 'approver' as const },
  ],
  scope: everyAccount,
};

const account = (key: string) =>
  ({ key, userName: key, displayName: `The person ${key}`, email: null, disabled: false }) as ExternalAccount;

describe('operators of a directory', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  /** The groups of each account, or the fault with which the directory answers. */
  const groups = new Map<string, readonly string[] | DirectoryFaultCode>();
  let beforeAnswer: () => Promise<unknown>;
  let reads: string[] = [];
  const external = {
    read: (key: string) => {
      reads.push(key);
      return Promise.resolve(account(key));
    },
    groupsOf: async (key: string) => {
      const held = groups.get(key) ?? [];
      if (typeof held === 'string') throw new DirectoryFault(held);
      await beforeAnswer();
      return held;
    },
  } as unknown as ExternalDirectory;
  const registry = {
    open: (id: string) => Promise.resolve({ id, name: id, external }),
    all: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };
  const live = createLive();
  const parts = () => ({ store: desk.store, registry, live, now: () => desk.clock.at });
  const follow = () => createFollowDirectory(parts())();
  const employ = (key: string) => {
    const operator = {
      ...newOperator,
      id: key,
      user_name: key,
      user_name_key: key,
      display_name: key,
      password_hash: '',
      roles: '["operator"]',
      state: 'active' as const,
      directory_id: directoryId,
      directory_key: key,
      created_at: 0,
    };
    return desk.store.writeUnaudited((tx) => tx.insertInto('operators').values(operator).execute());
  };
  const setRoles = (key: string, roles: readonly string[]) =>
    desk.store.writeUnaudited((tx) =>
      tx
        .updateTable('operators')
        .set({ roles: JSON.stringify(roles) })
        .where('id', '=', key)
        .execute(),
    );
  const openSession = (key: string) =>
    desk.store.writeUnaudited((tx) =>
      tx
        .insertInto('operator_sessions')
        .values({
          id: `session-of-${key}`,
          operator_id: key,
          access_hash: 'a',
          access_expires_at: desk.clock.at + 1000,
          refresh_hash: 'r',
          previous_refresh_hash: null,
          refreshed_at: null,
          created_at: desk.clock.at,
          last_activity_at: desk.clock.at,
          authenticated_at: desk.clock.at,
          locked_at: null,
          expires_at: desk.clock.at + 1000,
          ended_at: null,
          client: null,
          client_address: null,
          failed_proofs: 0,
          provider_sid: null,
        })
        .execute(),
    );
  const rolesOf = async () =>
    Object.fromEntries(
      (await desk.store.db.selectFrom('operators').select(['id', 'roles']).execute()).map((row) => [
        row.id,
        JSON.parse(row.roles) as unknown,
      ]),
    );

  beforeEach(async () => {
    desk = await openForTest();
    groups.clear();
    reads = [];
    beforeAnswer = () => Promise.resolve();
    await desk.store.writeUnaudited((tx) =>
      tx
        .insertInto('settings')
        .values({ name: settingName, value: JSON.stringify(settings), sealed: 0, changed_at: 0 })
        .execute(),
    );
  });
  afterEach(() => desk.close());

  it('lose their roles although another one cannot be read', async () => {
    await employ('ann');
    await employ('bea');
    groups.set('ann', 'right-missing');
    await follow();
    expect(await rolesOf()).toEqual({ ann: ['operator'], bea: [] });
  });

  it('are not read one by one while the directory is unreachable', async () => {
    await employ('ann');
    await employ('bea');
    groups.set('ann', 'unreachable');
    groups.set('bea', 'unreachable');
    await follow();
    expect(reads).toHaveLength(1);
  });

  it('are followed by two backends at the same time', async () => {
    await employ('ann');
    groups.set('ann', ['approvers']);
    beforeAnswer = () => setRoles('ann', ['approver']);
    await follow();
    expect(await rolesOf()).toEqual({ ann: ['approver'] });
  });

  it('keep what an administrator gives them who unlinks them while they are read', async () => {
    await employ('ann');
    groups.set('ann', ['approvers']);
    beforeAnswer = () =>
      desk.store.writeUnaudited((tx) =>
        tx.updateTable('operators').set({ directory_id: null, directory_key: null }).execute(),
      );
    await follow();
    expect(await rolesOf()).toEqual({ ann: ['operator'] });
  });

  it('of whom one is the last administrator and stays one are recorded once for each change', async () => {
    await employ('ann');
    await setRoles('ann', ['administrator', 'operator']);
    groups.set('ann', ['approvers']);
    const events = async () =>
      (await desk.store.db.selectFrom('audit_events').select('action').execute()).map(({ action }) => action);
    await follow();
    expect(await rolesOf()).toEqual({ ann: ['approver', 'administrator'] });
    const once = await events();
    await openSession('ann');
    await follow();
    await follow();
    expect(await events()).toEqual(once);
    groups.set('ann', []);
    await follow();
    await follow();
    expect(await rolesOf()).toEqual({ ann: ['administrator'] });
    expect((await events()).slice(once.length)).toEqual(['operator.changed', 'operator.session-ended']);
  });

  it('are admitted when they sign in twice at the same time', async () => {
    groups.set('cleo', ['desk']);
    const row = { id: 'row', directory_id: directoryId, source_id: 'cleo' } as AccountRow;
    const from = { clientAddress: '127.0.0.1', client: null };
    const signIn = async () => {
      const person = await readPersonIn(external, 'cleo', settings);
      return person && admitFromDirectory(parts(), settings, row, person, from);
    };
    const [one, other] = await Promise.all([signIn(), signIn()]);
    expect(one?.id).toBe(other?.id);
  });
});
