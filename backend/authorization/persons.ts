import { domainToASCII, domainToUnicode } from 'node:url';
import type { Kysely } from 'kysely';
import { identityKey } from '../text/fold.ts';
import { sourceIdKey } from '../text/source-id.ts';
import type { AccountsTable, OperatorsTable, Tables } from '../store/tables.ts';

/**
 * Everything that identifies one human being at the desk: ids of operators and accounts, user names and addresses in normal form, employee
 * numbers, subjects at the identity provider. Two persons that share one of them are the same; see {@link isSamePerson}.
 */
export type Person = ReadonlySet<string>;

type OperatorKeys = Pick<
  OperatorsTable,
  'id' | 'user_name' | 'email' | 'linked_account_id' | 'provider_subject'
>;
type AccountKeys = Pick<AccountsTable, 'id' | 'user_name_key' | 'email_key' | 'employee_number_key'> & {
  /** Known only where an operator's own accounts are read, which is where it matters. */
  readonly source_id_key?: string | null;
};

/** Converts to upper case first, because only that makes `ß` and `SS` equal. */
const caseFold = (value: string): string => value.toUpperCase().toLowerCase();

/**
 * The normal form in which user names and addresses identify a person: without invisible characters, in compatibility form, case folded, and the
 * domain of an address in ASCII.
 */
export function personKey(value: string): string {
  const visible = value
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
    .normalize('NFKC')
    .trim();
  const at = visible.lastIndexOf('@');
  if (at < 0) return caseFold(visible);
  const domain = visible
    .slice(at + 1)
    .toLowerCase()
    .replace(/\.$/, '');
  return `${caseFold(visible.slice(0, at))}@${domainToASCII(domain) || domain}`;
}

const named = (...values: readonly (string | null)[]): string[] =>
  values.flatMap((value) => (value === null || value.trim() === '' ? [] : [`name ${personKey(value)}`]));

/** One person's user name can be another entry's address, so both are names of the same kind. */
const keysOfAccount = (account: AccountKeys): string[] => [
  `account ${account.id}`,
  ...named(account.user_name_key, account.email_key),
  ...(account.source_id_key == null ? [] : [`source ${account.source_id_key}`]),
  ...(account.employee_number_key === null ? [] : [`employee ${account.employee_number_key}`]),
];

/** The ids that operators' accounts may have in their source, in normal form. */
const subjectKeys = (operators: readonly OperatorKeys[]): string[] =>
  operators.flatMap(({ provider_subject: subject }) => sourceIdKey('file', subject) ?? []);

const keysOfOperator = (operator: OperatorKeys): string[] => [
  `operator ${operator.id}`,
  ...named(operator.user_name, operator.email),
  ...(operator.linked_account_id === null ? [] : [`account ${operator.linked_account_id}`]),
  // Where the directory is the identity provider's, the subject is the account's id there.
  ...(operator.provider_subject === null
    ? []
    : [`account ${operator.provider_subject}`, ...subjectKeys([operator]).map((key) => `source ${key}`)]),
];

/** An operator by their own row alone, without their accounts. */
export const personOfOperator = (operator: OperatorKeys): Person => new Set(keysOfOperator(operator));

/** The person who owns an account. */
export const personOfAccount = (account: AccountKeys): Person => new Set(keysOfAccount(account));

/** Whether two persons are the same: they share at least one key. */
export function isSamePerson(one: Person, other: Person): boolean {
  for (const key of one) if (other.has(key)) return true;
  return false;
}

/** Whether an account belongs to the person. Operators neither work on their own accounts nor approve anything about them. */
export const isOwnAccount = (person: Person, account: AccountKeys): boolean =>
  isSamePerson(person, personOfAccount(account));

/** The forms in which the database may hold a name or address. */
function storedForms(value: string): string[] {
  const key = personKey(value);
  const at = key.lastIndexOf('@');
  const forms = [identityKey(value), key];
  if (at >= 0) forms.push(`${key.slice(0, at)}@${domainToUnicode(key.slice(at + 1))}`);
  return forms;
}

/** An account with the accounts that are linked with it, directly or by others: they all belong to one person. */
export async function readLinkedAccounts(
  db: Kysely<Tables>,
  accounts: readonly AccountKeys[],
): Promise<(accountId: string) => readonly AccountKeys[]> {
  const neighbours = new Map<string, Set<string>>();
  const known = new Map(accounts.map((account) => [account.id, account]));
  for (let ids = [...known.keys()]; ids.length > 0;) {
    const links = await db
      .selectFrom('account_links')
      .select(['account_id', 'other_id'])
      .where('unlinked_at', 'is', null)
      .where((where) => where.or([where('account_id', 'in', ids), where('other_id', 'in', ids)]))
      .execute();
    for (const { account_id: one, other_id: other } of links) {
      neighbours.set(one, (neighbours.get(one) ?? new Set()).add(other));
      neighbours.set(other, (neighbours.get(other) ?? new Set()).add(one));
    }
    ids = [...new Set(links.flatMap((row) => [row.account_id, row.other_id]))].filter((id) => !known.has(id));
    if (ids.length === 0) break;
    const more = await db
      .selectFrom('accounts')
      .select(['id', 'user_name_key', 'email_key', 'employee_number_key', 'source_id_key'])
      .where('id', 'in', ids)
      .execute();
    for (const account of more) known.set(account.id, account);
  }
  return (accountId) => {
    const ids = new Set([accountId]);
    // A set is walked with what is added on the way.
    for (const id of ids) for (const other of neighbours.get(id) ?? []) ids.add(other);
    return [...ids].flatMap((id) => known.get(id) ?? []);
  };
}

/** The person who owns an account, by all accounts that are linked with it. */
export async function readPersonOfAccount(db: Kysely<Tables>, account: AccountKeys): Promise<Person> {
  const linkedWith = await readLinkedAccounts(db, [account]);
  return new Set(linkedWith(account.id).flatMap(keysOfAccount));
}

/**
 * The persons behind operators, by operator id: the operator's own keys and those of their accounts by link, user name or address, and of the accounts
 * linked with these. An account can connect two operators who have nothing else in common. Unknown ids are missing from the answer.
 */
export async function readPersons(
  db: Kysely<Tables>,
  operatorIds: readonly string[],
): Promise<ReadonlyMap<string, Person>> {
  if (operatorIds.length === 0) return new Map();
  const operators = await db
    .selectFrom('operators')
    .select(['id', 'user_name', 'email', 'linked_account_id', 'provider_subject'])
    .where('id', 'in', [...new Set(operatorIds)])
    .execute();
  return completePersons(db, operators);
}

/** {@link readPersons} for rows of operators, which need not be in the database yet. */
export async function completePersons(
  db: Kysely<Tables>,
  operators: readonly OperatorKeys[],
): Promise<ReadonlyMap<string, Person>> {
  const accounts = await readOwnAccounts(db, operators);
  const linkedWith = await readLinkedAccounts(db, accounts);
  return new Map(
    operators.map((operator) => {
      const person = new Set(keysOfOperator(operator));
      const own = accounts.filter((account) => isOwnAccount(person, account));
      for (const { id } of own)
        for (const account of linkedWith(id)) for (const key of keysOfAccount(account)) person.add(key);
      return [operator.id, person];
    }),
  );
}

/** The accounts that belong to an operator by link, user name or address. */
async function readOwnAccounts(
  db: Kysely<Tables>,
  operators: readonly OperatorKeys[],
): Promise<readonly AccountKeys[]> {
  const ids = operators
    .flatMap((row) => [row.linked_account_id, row.provider_subject])
    .filter((id) => id !== null);
  const subjects = subjectKeys(operators);
  const names = [
    ...new Set(
      operators.flatMap(({ user_name: userName, email }) =>
        [userName, ...(email === null ? [] : [email])].flatMap(storedForms),
      ),
    ),
  ];
  return db
    .selectFrom('accounts')
    .select(['id', 'user_name_key', 'email_key', 'employee_number_key', 'source_id_key'])
    .where((where) =>
      where.or([
        ...(subjects.length > 0 ? [where('source_id_key', 'in', subjects)] : []),
        where('user_name_key', 'in', names),
        where('email_key', 'in', names),
        ...(ids.length > 0 ? [where('id', 'in', ids)] : []),
      ]),
    )
    .execute();
}

/** The person behind one operator. An unknown id gives a person who shares nothing with others. */
export async function readPerson(db: Kysely<Tables>, operatorId: string): Promise<Person> {
  const persons = await readPersons(db, [operatorId]);
  return persons.get(operatorId) ?? new Set([`operator ${operatorId}`]);
}
