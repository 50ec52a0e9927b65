import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqlite } from './open-sqlite.ts';
import { createSealed } from './sealed.ts';
import { createSettings, type Settings } from './settings.ts';
import { createStore, type Transaction, type Store } from './store.ts';

describe('settings', () => {
  let store: Store;
  let settings: Settings;
  beforeEach(async () => {
    store = createStore(await openSqlite(':memory:'), () => 1000);
    settings = createSettings({ store, sealed: createSealed(new Uint8Array(32)), now: () => 1000 });
  });
  afterEach(() => store.close());
  const change = (work: (tx: Transaction) => Promise<void>) => store.writeUnaudited(work);
  const keep = (given: string | undefined, elsewhere = false) =>
    change((tx) => settings.keepSecret(tx, 'gateway', given, { elsewhere }));

  it('return the value that was written last', async () => {
    expect(await settings.read('mail')).toBeUndefined();
    await change((tx) => settings.write(tx, 'mail', { host: 'one' }));
    await change((tx) => settings.write(tx, 'mail', { host: 'two' }));
    expect(await settings.read('mail')).toBe('{"host":"two"}');
  });

  it('store a secret sealed under its name and return it decrypted', async () => {
    await keep('open sesame');
    expect(await settings.read('gateway')).not.toContain('sesame');
    expect(await settings.readSecret('gateway')).toBe('open sesame');
  });

  it('keep the stored secret as long as the setting points to the same place', async () => {
    await keep('open sesame');
    await keep(undefined);
    expect(await settings.readSecret('gateway')).toBe('open sesame');
    await keep(undefined, true);
    expect(await settings.readSecret('gateway')).toBeNull();
    await keep('another', true);
    expect(await settings.readSecret('gateway')).toBe('another');
    await keep('');
    expect(await settings.readSecret('gateway')).toBeNull();
  });
});
