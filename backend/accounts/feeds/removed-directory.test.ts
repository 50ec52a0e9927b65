import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDirectorySettings } from '../../directories/configured/directory-settings.ts';
import type { ExternalAccount } from '../../directories/external/external-directory.ts';
import { systemOrigin } from '../../store/append-event.ts';
import { accountForTest } from './account-for-test.ts';
import { directoryWith, openFeedsForTest, pageOf } from './feeds-for-test.ts';

let test: Awaited<ReturnType<typeof openFeedsForTest>>;
beforeEach(async () => {
  test = await openFeedsForTest();
});
afterEach(() => test.desk.close());

const remove = () =>
  createDirectorySettings({
    ...test.desk,
    sealed: {
      seal: (_name: string, text: string) => text,
      open: (_name: string, text: string) => text,
    } as never,
    trust: () => Promise.reject(new Error('no connection is made')),
  }).remove('one', systemOrigin);

const ann: ExternalAccount = { ...accountForTest('ann'), key: 'ann' };
const bea: ExternalAccount = { ...accountForTest('bea'), key: 'bea' };

describe('accounts of a directory that is removed', () => {
  it('stay closed although a read of all accounts is running', async () => {
    const directory = directoryWith('one', {
      async *readAll() {
        yield pageOf([ann]);
        await remove();
        yield pageOf([ann, bea]);
      },
    });
    await test.configure(directory);
    await expect(test.readOnce(directory)).rejects.toThrow('directory.not-found');
    expect(await test.open()).toEqual([]);
  });

  it('stay closed although one of them is being read', async () => {
    const directory = directoryWith('one', {
      async *readAll() {
        yield pageOf([ann]);
      },
      read: async () => {
        await remove();
        return ann;
      },
    });
    await test.configure(directory);
    await test.readOnce(directory);
    const { id } = await test.desk.store.db.selectFrom('accounts').select('id').executeTakeFirstOrThrow();
    expect(await test.started(directory).refresh(id)).toBe(true);
    expect(await test.open()).toEqual([]);
  });

  it('wait for no decision', async () => {
    const directory = directoryWith('one', {
      async *readAll() {
        yield pageOf([ann, { ...bea, userName: 'ann' }]);
      },
      read: (key) => Promise.resolve(key === 'ann' ? ann : { ...bea, userName: 'ann' }),
    });
    await test.configure(directory);
    await test.readOnce(directory);
    const states = () => test.desk.store.db.selectFrom('held_rows').select('state').execute();
    expect(await states()).toEqual([{ state: 'open' }]);
    await remove();
    expect(await states()).toEqual([{ state: 'dropped' }]);
  });
});
