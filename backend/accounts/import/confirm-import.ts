import type { Selectable } from 'kysely';
import { Refusal } from '../../refusal.ts';
import type { Origin } from '../../store/append-event.ts';
import type { Store, Transaction } from '../../store/store.ts';
import type { ImportsTable } from '../../store/tables.ts';

const actorId = ({ actor }: Origin): string => (actor.kind === 'system' ? 'system' : actor.id);

/**
 * Whether an identity provider has written by SCIM, since the reading of the file began, what the plan is about: an account of it, or any new user if the
 * file has new accounts, which may be the same person.
 */
async function isOverlapped(tx: Transaction, { id, started_at: since, created }: Selectable<ImportsTable>) {
  const written = await tx
    .selectFrom('account_sources')
    .select('id')
    .where('changed_at', '>', since)
    .limit(1)
    .executeTakeFirst();
  // Most desks have no such source, and the plan may have a million rows.
  if (written === undefined) return false;
  if (created > 0) {
    const added = await tx
      .selectFrom('scim_users')
      .select('account_id')
      .where('created_at', '>', since)
      .limit(1)
      .executeTakeFirst();
    if (added !== undefined) return true;
  }
  const planned = tx.selectFrom('import_rows').where('import_id', '=', id);
  const changed = await planned
    .innerJoin('scim_users', 'scim_users.account_id', 'import_rows.account_id')
    .select('import_rows.line')
    .where('scim_users.changed_at', '>', since)
    .limit(1)
    .executeTakeFirst();
  const removed = await planned
    .innerJoin('accounts', 'accounts.id', 'import_rows.account_id')
    .select('import_rows.line')
    .where('accounts.closed_at', '>', since)
    .limit(1)
    .executeTakeFirst();
  return changed !== undefined || removed !== undefined;
}

/** Throws `import.stale` if accounts of its plan were imported, written by SCIM or decided about after the file was read, because its plan may then be out of date. */
async function assertFresh(tx: Transaction, row: Selectable<ImportsTable>): Promise<void> {
  const since = row.analysed_at ?? 0;
  const other = await tx
    .selectFrom('imports')
    .select('id')
    .where('id', '!=', row.id)
    .where((where) => where.or([where('confirmed_at', '>', since), where('undone_at', '>', since)]))
    .limit(1)
    .executeTakeFirst();
  const decided = await tx
    .selectFrom('held_rows')
    .select('id')
    .where('decided_at', '>', since)
    .limit(1)
    .executeTakeFirst();
  if (other !== undefined || decided !== undefined) throw new Refusal('import.stale');
  if (await isOverlapped(tx, row)) throw new Refusal('import.stale');
}

/** Records that the import was confirmed and starts to run; throws `import.stale` or `import.settled`. `at` in milliseconds. */
export async function confirmImport(
  store: Store,
  row: Selectable<ImportsTable>,
  origin: Origin,
  at: number,
): Promise<void> {
  await store.change(origin, async (tx, record) => {
    await assertFresh(tx, row);
    const started = await tx
      .updateTable('imports')
      .set({ state: 'running', confirmed_at: at, confirmed_by: actorId(origin) })
      .where('id', '=', row.id)
      .where('state', '=', 'ready')
      .executeTakeFirst();
    if (started.numUpdatedRows !== 1n) throw new Refusal('import.settled');
    const { created, changed, held, closed, refused, file_name: fileName } = row;
    const facts = { importId: row.id, fileName, created, changed, held, closed, refused };
    await record({ action: 'accounts.import-confirmed', facts });
  });
}
