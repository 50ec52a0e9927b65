import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { ImportField, ImportRefusal } from '../../../shared/api/import.ts';
import type { AccountRow } from '../../directory/directory.ts';
import type { Change, Record as RecordEvent } from '../../store/store.ts';
import type { ReadAccount } from './read-account.ts';

export interface BatchOutcome {
  created: number;
  changed: number;
  unchanged: number;
  refusals: ImportRefusal[];
}

/** The columns of an account that follow from a field of the file. */
const columnsOf = {
  userName: ['user_name', 'user_name_key'],
  displayName: ['display_name'],
  email: ['email', 'email_key'],
  phone: ['phone', 'phone_digits', 'phone_reversed'],
  employeeNumber: ['employee_number', 'employee_number_key'],
  department: ['department'],
  manager: ['manager'],
  tier: ['tier'],
  expiresAt: ['expires_at'],
} as const;

const written = [
  'id',
  'user_name',
  'user_name_key',
  'display_name',
  'email',
  'email_key',
  'phone',
  'phone_digits',
  'phone_reversed',
  'employee_number',
  'employee_number_key',
  'department',
  'manager',
  'tier',
  'disabled',
  'local_password',
  'locked_since',
  'failed_sign_ins',
  'expires_at',
  'email_changed_at',
  'phone_changed_at',
] as const;
type Written = { [C in (typeof written)[number]]: AccountRow[C] };

async function existing(tx: Change, rows: readonly ReadAccount[]): Promise<AccountRow[]> {
  const keys = JSON.stringify(rows.map((row) => row.user_name_key));
  const ids = JSON.stringify(rows.flatMap((row) => row.id ?? []));
  const { rows: found } = await sql<AccountRow>`
    select * from accounts where user_name_key in (select value from json_each(${keys}))
    union select * from accounts where id in (select value from json_each(${ids}))`.execute(tx);
  return found;
}

/** What becomes of an account: fields that the file has no column for stay, credentials are not even read. */
function merge(
  row: ReadAccount,
  before: AccountRow | undefined,
  has: ReadonlySet<ImportField>,
  now: number,
): Written {
  const after: Record<string, unknown> = {};
  for (const column of written) after[column] = before?.[column] ?? null;
  if (!before) {
    const { words: _words, locked: _locked, line: _line, ...fresh } = row;
    Object.assign(after, fresh, { id: row.id ?? randomUUID(), failed_sign_ins: 0 });
  } else {
    for (const [field, columns] of Object.entries(columnsOf)) {
      const named = field === 'displayName' && (has.has('givenName') || has.has('familyName'));
      if (!has.has(field as ImportField) && !named) continue;
      for (const column of columns) after[column] = row[column];
    }
    if (has.has('localPassword') || has.has('status')) after['local_password'] = row.local_password;
    if (has.has('status')) {
      after['disabled'] = row.disabled;
      if (row.expires_at !== null && (before.expires_at === null || before.expires_at > now))
        after['expires_at'] = row.expires_at;
    }
    if (before.email !== after['email']) after['email_changed_at'] = now;
    if (before.phone_digits !== after['phone_digits']) after['phone_changed_at'] = now;
  }
  if (row.locked === 1 && after['locked_since'] === null) {
    Object.assign(after, { locked_since: now, failed_sign_ins: 0 });
  }
  return after as Written;
}

const cells = (prefix: string) =>
  sql.join(written.map((column) => sql`${sql.ref(prefix)} ->> ${sql.lit(column)}`));

async function write(
  tx: Change,
  created: readonly Written[],
  changed: readonly Written[],
  words: readonly { id: string; words: string; known: boolean }[],
  now: number,
  importId: string,
): Promise<void> {
  const columns = sql.join(written.map((column) => sql.ref(column)));
  if (created.length > 0) {
    await sql`insert into accounts (${columns}, directory, created_at, updated_at, seen_in_import)
      select ${cells('value')}, 'built-in', ${now}, ${now}, ${importId} from json_each(${JSON.stringify(created)})`.execute(
      tx,
    );
  }
  if (changed.length > 0) {
    await sql`update accounts set (${columns}, updated_at) = (select ${cells('row.value')}, ${now})
      from json_each(${JSON.stringify(changed)}) as row where accounts.id = row.value ->> 'id'`.execute(tx);
  }
  const known = JSON.stringify(words.filter((word) => word.known).map(({ id }) => id));
  await sql`delete from account_search where rowid in
    (select row_id from accounts where id in (select value from json_each(${known})))`.execute(tx);
  await sql`insert into account_search (rowid, words)
    select row_id, value ->> 'words' from json_each(${JSON.stringify(words)})
    join accounts on accounts.id = value ->> 'id'`.execute(tx);
}

/** Creates or updates the accounts of some rows, in the caller's transaction. */
export async function applyBatch(
  tx: Change,
  record: RecordEvent,
  rows: readonly ReadAccount[],
  has: ReadonlySet<ImportField>,
  importId: string,
  now: number,
): Promise<BatchOutcome> {
  const found = await existing(tx, rows);
  const byId = new Map(found.map((account) => [account.id, account]));
  const byKey = new Map(found.map((account) => [account.user_name_key, account]));
  const seen = new Set(found.flatMap((a) => (a.seen_in_import === importId ? [a.id, a.user_name_key] : [])));
  const outcome: BatchOutcome = { created: 0, changed: 0, unchanged: 0, refusals: [] };
  const [created, changed]: [Written[], Written[]] = [[], []];
  const touched: string[] = [];
  const words: { id: string; words: string; known: boolean }[] = [];
  for (const row of rows) {
    const refuse = (reason: ImportRefusal['reason']) =>
      outcome.refusals.push({ line: row.line, reason, detail: row.user_name });
    const before = (row.id === null ? undefined : byId.get(row.id)) ?? byKey.get(row.user_name_key);
    if (seen.has(row.user_name_key) || seen.has(before?.id ?? row.id ?? '')) {
      refuse('duplicate-in-file');
      continue;
    }
    const owner = byKey.get(row.user_name_key);
    if (owner && owner.id !== before?.id) {
      refuse('user-name-taken');
      continue;
    }
    const after = merge(row, before, has, now);
    seen.add(after.id).add(after.user_name_key);
    if (!before) {
      created.push(after);
      words.push({ id: after.id, words: row.words, known: false });
      continue;
    }
    touched.push(before.id);
    if (!written.some((column) => before[column] !== after[column])) {
      outcome.unchanged += 1;
      continue;
    }
    changed.push(after);
    if (before.display_name !== after.display_name || before.user_name !== after.user_name) {
      words.push({ id: before.id, words: row.words, known: true });
    }
    const [email, phone] = [before.email !== after.email, before.phone_digits !== after.phone_digits];
    if (email || phone) {
      await record({
        action: 'account.contact-changed',
        accountId: before.id,
        facts: { email, phone, importId },
      });
    }
  }
  await write(tx, created, changed, words, now, importId);
  await sql`update accounts set seen_in_import = ${importId}
    where id in (select value from json_each(${JSON.stringify(touched)}))`.execute(tx);
  outcome.created = created.length;
  outcome.changed = changed.length;
  return outcome;
}
