import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { AuditKey } from '../../store/audit-key.ts';
import type { Tables } from '../../store/tables.ts';

/** The name of the setting that identifies the key of the database. Its value is public. */
export const databaseKeySetting = 'data-folder.key';

const stored = z.object({ keyId: z.string(), publicKey: z.string() });
export type DatabaseKey = z.infer<typeof stored>;

/** The key that a database belongs to; null for a database that no backend has used yet. */
export async function keyOfDatabase(db: Kysely<Tables>): Promise<{ readonly keyId: string } | null> {
  const setting = await db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', databaseKeySetting)
    .executeTakeFirst();
  if (setting) return stored.parse(JSON.parse(setting.value));
  // A database of an older version identifies its key by its newest signature.
  const checkpoint = await db
    .selectFrom('audit_checkpoints')
    .select('key_id')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return checkpoint ? { keyId: checkpoint.key_id } : null;
}

/** Whether a backend has ever used the database. */
export async function isUsed(db: Kysely<Tables>): Promise<boolean> {
  return (await db.selectFrom('audit_events').select('seq').limit(1).executeTakeFirst()) !== undefined;
}

/** Stores which key the database belongs to. */
export async function claimDatabase(
  db: Pick<Kysely<Tables>, 'insertInto'>,
  { keyId, publicKey }: AuditKey,
  at: number,
): Promise<void> {
  const row = {
    value: JSON.stringify({ keyId, publicKey } satisfies DatabaseKey),
    sealed: 0 as const,
    changed_at: at,
  };
  await db
    .insertInto('settings')
    .values({ name: databaseKeySetting, ...row })
    .onConflict((on) => on.column('name').doUpdateSet(row))
    .execute();
}
