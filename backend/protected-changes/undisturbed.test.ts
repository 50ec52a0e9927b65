import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../shared/api/policy.ts';
import type { AuditAction } from '../../shared/api/timeline.ts';
import type { ProtectedAct } from '../../shared/api/protected-change-view.ts';
import type { OperatorSession } from '../authorization/operator-session.ts';
import { systemOrigin } from '../store/append-event.ts';
import { openSqliteInMemory } from '../store/open-sqlite.ts';
import { createStore, type Store } from '../store/store.ts';
import { changedFields, ofSettings, type Acts } from './description.ts';
import { createProtectedChanges } from './protected-changes.ts';
import type { Collaborators } from './protected-changes-port.ts';
import { undisturbed } from './undisturbed.ts';
import { insertAdministrators, waitingChange } from './waiting-change-for-test.ts';

const event = { action: 'policy.changed' } as const;

describe('a change that rests on what was read before it', () => {
  let store: Store;
  beforeEach(async () => {
    store = createStore((await openSqliteInMemory()).db, () => 1000);
    await write('first');
  });
  afterEach(() => store.close());
  const read = async () =>
    (await store.db.selectFrom('settings').select('value').where('name', '=', 'x').executeTakeFirst())?.value;
  const write = (value: string, action: AuditAction = event.action) =>
    store.change(systemOrigin, async (tx, record) => {
      const row = { value, sealed: 0, changed_at: 0 } as const;
      await tx
        .insertInto('settings')
        .values({ name: 'x', ...row })
        .onConflict((on) => on.column('name').doUpdateSet(row))
        .execute();
      await record({ action });
    });
  const actions = async () =>
    (await store.db.selectFrom('audit_events').select('action').execute()).map(({ action }) => action);

  it('is made from the current value if another change came in between', async () => {
    const seen: (string | undefined)[] = [];
    await undisturbed(store, 'changePolicy', async (assertUndisturbed) => {
      seen.push(await read());
      if (seen.length === 1) await write('other');
      await store.together(null, () => write(`after ${seen.at(-1)}`), assertUndisturbed);
    });
    expect(seen).toEqual(['first', 'other']);
    expect(await read()).toBe('after other');
    expect(await actions()).toHaveLength(3);
  });

  it('is refused if another change comes in between each time', async () => {
    const busy = undisturbed(store, 'changePolicy', async (assertUndisturbed) => {
      await write('other');
      await store.together(null, () => write('mine'), assertUndisturbed);
    });
    await expect(busy).rejects.toMatchObject({ code: 'request.rate-limited' });
    expect(await read()).toBe('other');
  });

  /** The value after a change that another event comes before each time; undefined if the change is refused. */
  const changedDespite = async (action: AuditAction, act: ProtectedAct) => {
    const changed = undisturbed(store, act, async (assertUndisturbed) => {
      await write('other', action);
      await store.together(null, () => write('mine'), assertUndisturbed);
    });
    return changed.then(read, () => undefined);
  };

  it.each<[string, AuditAction, ProtectedAct]>([
    ['a sweep ends cases', 'case.expired', 'changePolicy'],
    ['a mail is queued', 'mail.queued', 'changePolicy'],
    ['an operator resets a password', 'reset.done', 'changeOperator'],
    ['an import changes accounts', 'account.changed', 'changeOperator'],
  ])('is made while %s all the time', async (_what, action, act) => {
    expect(await changedDespite(action, act)).toBe('mine');
  });

  it.each<[string, AuditAction, ProtectedAct]>([
    ['an operator is changed', 'operator.changed', 'changeOperator'],
    ['the mail server is changed', 'mail.settings-changed', 'changePolicy'],
    ['an account is changed, and the act is about accounts', 'account.changed', 'decideHeldRow'],
    ['an account is changed, and the act links one', 'account.changed', 'linkOperatorToDirectory'],
  ])('is refused while %s all the time', async (_what, action, act) => {
    expect(await changedDespite(action, act)).toBeUndefined();
  });

  describe('of an endpoint that is protected', () => {
    /** The values that the descriptions of the calls have read, oldest first. */
    let described: string[];
    /** Commits another change once, between the description of a call and its execution. */
    let disturb: () => Promise<unknown>;
    const describeCall = async () => {
      const before = await read();
      described.push(before ?? '');
      const first = disturb;
      disturb = () => Promise.resolve();
      await first();
      return before;
    };
    const perform = () => write('mine');
    const origin = systemOrigin;
    const session = {
      id: 'session',
      operator: { id: 'ann', userName: 'ann', displayName: 'Ann', roles: ['administrator'], scope: {} },
    } as unknown as OperatorSession;
    const changesOf = (protects: boolean) => {
      const changePolicy = async () => {
        const before = await describeCall();
        return protects ? ofSettings(changedFields({ x: before }, { x: 'mine' })) : null;
      };
      const document = {
        ...defaultPolicy,
        protectedChanges: { ...defaultPolicy.protectedChanges, secondAdministrator: false },
      };
      return createProtectedChanges({
        store,
        policy: { current: () => Promise.resolve({ version: 1, document }) },
        mails: { readers: () => Promise.resolve([]), tell: () => Promise.resolve() },
        live: { publish: () => undefined },
        acts: { changePolicy } as unknown as Acts,
        now: () => 1000,
      } as unknown as Collaborators & { acts: Acts });
    };
    beforeEach(() => {
      described = [];
      disturb = () => write('other');
    });

    it.each([
      ['protects something', true],
      ['protects nothing', false],
    ])('is described again, where the description says that it %s', async (_what, protects) => {
      const call = { act: 'changePolicy', params: undefined, body: undefined, session, origin } as const;
      await changesOf(protects).pass(call, perform);
      expect(described).toEqual(['first', 'other']);
      expect(await read()).toBe('mine');
    });

    it('can no longer be approved', async () => {
      const fields = JSON.stringify(changedFields({ x: 'first' }, { x: 'mine' }));
      await store.writeUnaudited(async (tx) => {
        await insertAdministrators(tx, ['ann', 'bea']);
        await tx
          .insertInto('protected_changes')
          .values({ ...waitingChange, fields, sealed: '[null,null]' })
          .execute();
      });
      const second = { ...session, operator: { ...session.operator, id: 'bea', displayName: 'Bea' } };
      const sealed = { open: (_name: string, text: string) => text };
      const changes = createProtectedChanges({
        store,
        sealed,
        now: () => 1000,
        mails: { readers: () => Promise.resolve([]), tell: () => Promise.resolve() },
        live: { publish: () => undefined },
        acts: {
          changePolicy: async () => ofSettings(changedFields({ x: await describeCall() }, { x: 'mine' })),
        },
      } as unknown as Collaborators & { acts: Acts });
      await expect(
        changes.decide('change', { decision: 'approve', reason: 'yes' }, second, origin, perform),
      ).rejects.toMatchObject({ code: 'protected-change.outdated' });
      expect(await read()).toBe('other');
    });
  });
});
