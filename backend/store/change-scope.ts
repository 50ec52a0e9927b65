import { AsyncLocalStorage } from 'node:async_hooks';
import type { Kysely, KyselyPlugin } from 'kysely';

/** Knows which code runs inside a store's change, so that it cannot wait for a connection that the change itself holds. */
export interface ChangeScope {
  /** Runs the work of a change. Throws if the caller is inside another change of the same store. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Throws if a change called it: SQLite has one connection for changes, and a database in memory has only one, which the change holds until it ends. */
  assertOutside(): void;
}

const insideChange =
  'The store was used inside one of its own changes. Use the transaction that the change was given: another connection does not see its writes, and on SQLite may wait forever.';

export function createChangeScope(): ChangeScope {
  // Work that a change starts without awaiting it inherits the scope, and may use the store once the change has ended.
  const scope = new AsyncLocalStorage<{ isOpen: boolean }>();
  const assertOutside = () => {
    if (scope.getStore()?.isOpen === true) throw new Error(insideChange);
  };
  return {
    assertOutside,
    run: (work) => {
      const state = { isOpen: true };
      return scope.run(state, async () => {
        try {
          return await work();
        } finally {
          state.isOpen = false;
        }
      });
    },
  };
}

/** A database for reads whose statements throw inside a change. */
export const guardReads = <Tables>(db: Kysely<Tables>, scope: ChangeScope): Kysely<Tables> => {
  const guard: KyselyPlugin = {
    transformQuery: ({ node }) => {
      scope.assertOutside();
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  return db.withPlugin(guard);
};
