import type { Store } from './store.ts';

/** The setting that a probe writes; it means nothing. */
export const probeSetting = 'readiness-probe';

/** Makes a change that leaves nothing but its own setting. Throws if it cannot be made. */
export const probeByWriting = (store: Pick<Store, 'writeUnaudited'>): Promise<void> =>
  store.writeUnaudited(async (tx) => {
    await tx
      .insertInto('settings')
      .values({ name: probeSetting, value: '', sealed: 0, changed_at: 0 })
      .onConflict((on) => on.column('name').doUpdateSet({ changed_at: 0 }))
      .execute();
  });
