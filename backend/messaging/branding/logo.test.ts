import { expect, it, onTestFinished } from 'vitest';
import type { Sealed } from '../../store/sealed.ts';
import { systemOrigin } from '../../store/append-event.ts';
import { openSqlite } from '../../store/open-sqlite.ts';
import { createStore } from '../../store/store.ts';
import { createLogo } from './logo.ts';
import { pngOf } from './png-for-test.ts';

it('is read again at once after a failed read', async () => {
  const store = createStore(await openSqlite(':memory:'), () => 1000);
  onTestFinished(() => store.close());
  let isDown = true;
  const failing = new Proxy(store, {
    get: (target, name: keyof typeof store) => {
      if (name === 'db' && isDown) throw new Error('the database does not answer');
      return target[name];
    },
  });
  const logo = createLogo({ store: failing, sealed: {} as Sealed, now: () => 1000 });
  await logo.change(pngOf().toString('base64'), systemOrigin);
  await expect(logo.shown()).rejects.toThrow('does not answer');
  isDown = false;
  expect(await logo.shown()).toMatchObject({ width: 4, height: 2 });
});
