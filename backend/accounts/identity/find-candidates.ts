import { sql, type Kysely } from 'kysely';
import type { AccountRow } from '../../directories/directory.ts';
import type { Tables } from '../../store/tables.ts';
import { valueList } from '../../store/value-list.ts';
import type { Candidate, IdentityKeys } from './decide-identity.ts';

/** Finds the accounts that share a key with one of the rows. The answer gives each row's own candidates. */
export async function findCandidates(
  db: Kysely<Tables>,
  rows: readonly IdentityKeys[],
): Promise<(row: IdentityKeys) => readonly Candidate[]> {
  const keysOf = (read: (row: IdentityKeys) => string | null) => [
    ...new Set(rows.flatMap((row) => read(row) ?? [])),
  ];
  const ids = keysOf((row) => row.sourceIdKey);
  const lookUps = [
    [
      'user_name_key',
      [...keysOf((row) => row.userNameKey), ...keysOf((row) => row.formerUserNameKey ?? null)],
    ],
    ['employee_number_key', keysOf((row) => row.employeeNumberKey)],
    ['email_key', keysOf((row) => row.emailKey)],
    ['source_id_key', ids],
  ] as const;
  const parts = lookUps
    .filter(([, keys]) => keys.length > 0)
    .map(
      ([column, keys]) => sql`select row_id from accounts where ${sql.ref(column)} in ${valueList(db, keys)}`,
    );
  if (ids.length > 0)
    parts.push(sql`select row_id from accounts where id in
      (select account_id from account_source_ids where source_id_key in ${valueList(db, ids)})`);
  const { rows: accounts } = await sql<AccountRow>`
    select * from accounts where row_id in (${sql.join(parts, sql` union `)})`.execute(db);
  const candidates = await withIds(db, accounts);
  const byKey = new Map<string, Candidate[]>();
  const put = (kind: string, key: string | null, candidate: Candidate) => {
    if (key === null) return;
    const known = byKey.get(`${kind} ${key}`);
    if (known === undefined) byKey.set(`${kind} ${key}`, [candidate]);
    else known.push(candidate);
  };
  for (const candidate of candidates) {
    const { account, idKeys } = candidate;
    put('name', account.user_name_key, candidate);
    put('number', account.employee_number_key, candidate);
    put('email', account.email_key, candidate);
    for (const id of idKeys) put('id', id, candidate);
  }
  const get = (kind: string, key: string | null) => (key === null ? [] : (byKey.get(`${kind} ${key}`) ?? []));
  return (row) => [
    ...new Set([
      ...get('id', row.sourceIdKey),
      ...get('number', row.employeeNumberKey),
      ...get('name', row.userNameKey),
      ...get('name', row.formerUserNameKey ?? null),
      ...get('email', row.emailKey),
    ]),
  ];
}

/** Adds to accounts the ids that they have besides the one of their source. */
async function withIds(db: Kysely<Tables>, accounts: readonly AccountRow[]): Promise<readonly Candidate[]> {
  if (accounts.length === 0) return [];
  const added = await db
    .selectFrom('account_source_ids')
    .select(['account_id', 'source_id_key'])
    .where(
      sql<boolean>`account_id in ${valueList(
        db,
        accounts.map(({ id }) => id),
      )}`,
    )
    .execute();
  const more = new Map<string, string[]>();
  for (const { account_id: id, source_id_key: key } of added) more.set(id, [...(more.get(id) ?? []), key]);
  return accounts.map((account) => ({
    account,
    idKeys: new Set([
      ...(account.source_id_key === null ? [] : [account.source_id_key]),
      ...(more.get(account.id) ?? []),
    ]),
  }));
}
