import type { Store } from './store.ts';

/** The setting that a probe writes. Its value has no meaning. */
export const probeSetting = 'readiness-probe';

/** Makes a change that affects only its own setting. Throws if the change fails. */
export const probeByWriting = (store: Pick<Store, 'writeUnaudited'>): Promise<void> =>
  store.writeUnaudited(async (tx) => {
    await tx
      .insertInto('settings')
      .values({ name: probeSetting, value: '', sealed: 0, changed_at: 0 })
      .onConflict((on) => on.column('name').doUpdateSet({ changed_at: 0 }))
      .execute();
  });
