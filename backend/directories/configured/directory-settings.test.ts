import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { externalDirectorySettings } from '../../../shared/api/directory-settings.ts';
import { openForTest } from '../../accounts/open-for-test.ts';
import { outboundForTest } from '../../outbound/outbound-for-test.ts';
import { systemOrigin } from '../../store/append-event.ts';
import { createDirectorySettings } from './directory-settings.ts';

const keycloak = { kind: 'keycloak', url: 'https://127.0.0.1:1', realm: 'staff', clientId: 'reset-desk' };

let desk: Awaited<ReturnType<typeof openForTest>>;
beforeEach(async () => {
  desk = await openForTest();
});
afterEach(() => desk.close());

/** Changes a directory that was read; answers where its next read begins: null for one of all accounts. */
async function cursorAfter(change: object, name = 'One'): Promise<string | null> {
  const { store, now } = desk;
  const sealed = { seal: () => '', open: () => '' } as never;
  const kept = createDirectorySettings({ store, sealed, trust: outboundForTest().trust, now });
  const settings = externalDirectorySettings.parse(keycloak);
  const { id } = await kept.add({ name: 'One', settings, secret: '' }, systemOrigin);
  await store.writeUnaudited((tx) => tx.updateTable('directories').set({ cursor: 'then' }).execute());
  const changed = { name, settings: externalDirectorySettings.parse({ ...keycloak, ...change }) };
  await kept.change(id, { ...changed, secret: '', enabled: true }, systemOrigin);
  const row = await store.db.selectFrom('directories').select('cursor').executeTakeFirstOrThrow();
  return row.cursor;
}

describe('the next read of a directory', () => {
  it('is one of all accounts after other settings, which may show them differently', async () => {
    expect(await cursorAfter({ realm: 'customers' })).toBeNull();
  });

  it('is one of changes after another name alone', async () => {
    expect(await cursorAfter({}, 'Two')).toBe('then');
  });
});
