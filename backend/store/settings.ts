import type { Kysely } from 'kysely';
import type { Sealed } from './sealed.ts';
import type { Transaction, Store } from './store.ts';
import type { Tables } from './tables.ts';

/** Administrators' settings by name. Secrets are sealed under their name. */
export interface Settings {
  /** Undefined for a setting that was never set. */
  read(name: string, db?: Kysely<Tables>): Promise<string | undefined>;
  /** The decrypted secret; null if none is stored, or if the data folder's key cannot open it. */
  readSecret(name: string, db?: Kysely<Tables>): Promise<string | null>;
  write(tx: Transaction, name: string, value: unknown): Promise<void>;
  /**
   * Stores a new secret; an empty one deletes it. If none is given, the stored secret stays, but is deleted if `elsewhere`: the setting now points
   * to another server, which must not receive it.
   */
  keepSecret(
    tx: Transaction,
    name: string,
    given: string | undefined,
    change: { readonly elsewhere: boolean },
  ): Promise<void>;
}

/** The secret; null if another key sealed it. */
function opened(sealed: Sealed, name: string, secret: string): string | null {
  try {
    return sealed.open(name, secret);
  } catch {
    return null;
  }
}

/** The names of the stored secrets that the data folder's key cannot open. An administrator has to enter them again. */
export async function unreadableSecrets(db: Store['db'], sealed: Sealed): Promise<string[]> {
  const rows = await db
    .selectFrom('settings')
    .select(['name', 'value'])
    .where('sealed', '=', 1)
    .orderBy('name')
    .execute();
  return rows.filter(({ name, value }) => opened(sealed, name, value) === null).map(({ name }) => name);
}

export function createSettings({
  store,
  sealed,
  now,
}: {
  readonly store: Store;
  readonly sealed: Sealed;
  readonly now: () => number;
}): Settings {
  const read = async (name: string, db: Kysely<Tables> = store.db) =>
    (await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst())?.value;
  const put = async (tx: Transaction, name: string, text: string, isSealed: 0 | 1) => {
    const row = { value: text, sealed: isSealed, changed_at: now() };
    await tx
      .insertInto('settings')
      .values({ name, ...row })
      .onConflict((on) => on.column('name').doUpdateSet(row))
      .execute();
  };
  return {
    read,
    async readSecret(name, db) {
      const secret = await read(name, db);
      return secret === undefined ? null : opened(sealed, name, secret);
    },
    write: (tx, name, value) => put(tx, name, JSON.stringify(value), 0),
    async keepSecret(tx, name, given, { elsewhere }) {
      if (given !== undefined && given !== '') await put(tx, name, sealed.seal(name, given), 1);
      else if (elsewhere || given === '') {
        await tx.deleteFrom('settings').where('name', '=', name).execute();
      }
    },
  };
}
