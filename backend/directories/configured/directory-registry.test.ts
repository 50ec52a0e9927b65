import { expect, it } from 'vitest';
import { openForTest } from '../../accounts/open-for-test.ts';
import { outboundForTest } from '../../outbound/outbound-for-test.ts';
import { createDirectoryRegistry } from './directory-registry.ts';
import { newDirectoryRow } from './directory-settings.ts';

const settings = { kind: 'keycloak', url: 'https://127.0.0.1:1', realm: 'staff', clientId: 'reset-desk' };

it('ends the connections of a directory that was switched off, and opens new ones later', async () => {
  const { store, close } = await openForTest();
  await store.writeUnaudited((tx) =>
    tx
      .insertInto('directories')
      .values(newDirectoryRow({ id: 'one', name: 'One', settings, now: 0 }))
      .execute(),
  );
  const registry = createDirectoryRegistry({
    store,
    sealed: { seal: () => '', open: () => '' } as never,
    log: () => undefined,
    trust: outboundForTest().trust,
    now: () => Date.now(),
  });
  const [first] = await registry.all();
  expect((await registry.all())[0]).toBe(first);
  const turn = (enabled: 0 | 1) =>
    store.writeUnaudited((tx) => tx.updateTable('directories').set({ enabled }).execute());
  await turn(0);
  expect(await registry.all()).toEqual([]);
  await turn(1);
  const [second] = await registry.all();
  expect([second?.id, second === first]).toEqual(['one', false]);
  await registry.close();
  await close();
});
