import type { ImportField } from '../../../../shared/api/import-file.ts';
import type { PhoneReader } from '../../../text/phone-numbers.ts';
import { exactValues, readAccount, type ReadAccount } from '../../import/read-account.ts';
import { stageRow, type StagedRow } from '../../import/staged-row.ts';
import { isObject, type UserResource, type Value } from '../protocol/resource.ts';
import { invalid } from '../protocol/scim-error.ts';
import { enterpriseUrn } from '../protocol/user-schema.ts';

/** A user as the cells of an import row, so that files, directories and SCIM share one reader and one identity rule. */
type Cells = Partial<Record<ImportField, readonly string[]>>;

const textOf = (value: Value | undefined): string | null => (typeof value === 'string' ? value : null);
const cells = (...values: readonly (string | null)[]): readonly string[] =>
  values.filter((value) => value !== null);

/** The values of a multi-valued attribute: first the primary one, then those of a type, then the others. */
function valuesOf(list: Value | undefined, type: string): readonly string[] {
  const values = Array.isArray(list) ? (list as readonly Value[]) : [];
  const rank = (value: Value): number => {
    if (!isObject(value)) return 3;
    if (value['primary'] === true) return 0;
    return textOf(value['type'] as Value)?.toLowerCase() === type ? 1 : 2;
  };
  return values
    .toSorted((one, other) => rank(one) - rank(other))
    .flatMap((value) => (isObject(value) ? (textOf(value['value'] as Value) ?? []) : []));
}

/** All email addresses of a user. */
export const addressesOf = (user: UserResource): readonly string[] => valuesOf(user['emails'], 'work');

/** The display name, or the user name if the client sends no display name. */
function displayNameOf({ displayName, name, userName }: UserResource): string {
  const { formatted, givenName, familyName } = isObject(name) ? name : {};
  const parts = cells(textOf(givenName as Value), textOf(familyName as Value)).join(' ');
  return textOf(displayName) ?? textOf(formatted as Value) ?? (parts === '' ? userName : parts);
}

const extensionOf = (user: UserResource): Readonly<Record<string, unknown>> => {
  const extension = user[enterpriseUrn];
  return isObject(extension) ? extension : {};
};

/** The id and the name of the manager that a user names. */
export function managerOf(user: UserResource): { readonly id: string | null; readonly name: string | null } {
  const { manager } = extensionOf(user);
  if (!isObject(manager)) return { id: null, name: null };
  return { id: textOf(manager['value'] as Value), name: textOf(manager['displayName'] as Value) };
}

function cellsOf(user: UserResource, manager: string | null): Cells {
  const { employeeNumber, department } = extensionOf(user);
  return {
    id: cells(textOf(user['externalId'])),
    userName: [user.userName],
    displayName: [displayNameOf(user)],
    email: addressesOf(user),
    phone: valuesOf(user['phoneNumbers'], 'mobile'),
    employeeNumber: cells(textOf(employeeNumber as Value)),
    department: cells(textOf(department as Value)),
    manager: cells(manager),
    status: user['active'] === undefined ? [] : [user['active'] === false ? 'disabled' : 'active'],
  };
}

const sentBy = (user: UserResource): ImportField[] => {
  const { id, name } = managerOf(user);
  const isNamed = user['displayName'] !== undefined || user['name'] !== undefined;
  return (Object.entries(cellsOf(user, id ?? name)) as [ImportField, readonly string[]][])
    .filter(([field, values]) => (field === 'displayName' ? isNamed : values.length > 0))
    .map(([field]) => field);
};

/**
 * The fields that the client manages: those that it sends now or sent before. Other sources may manage the remaining fields. The status counts only
 * if it is sent now, so that a request without `active` enables no account.
 */
export const fieldsOf = (user: UserResource, before: UserResource | null): ReadonlySet<ImportField> =>
  new Set([
    ...sentBy(user),
    ...(before === null ? [] : sentBy(before).filter((field) => field !== 'status')),
  ]);

/** A user converted to an import row. */
export interface StagedUser {
  readonly row: StagedRow;
  /** Fields whose value is invalid for an account. The account is stored without them. */
  readonly unread: readonly ImportField[];
}

const why: Partial<Record<string, string>> = {
  'user-name-too-long': 'userName is too long.',
  'user-name-characters': 'userName contains blanks or invisible characters.',
  'display-name-too-long': 'The name is too long.',
  'value-too-long': 'externalId is too long.',
  'bad-characters': 'A value contains characters that cannot be stored.',
};

/**
 * Converts a user to an import row. `manager` is the text by which the manager is looked up. Throws `invalidValue` for a user that cannot be an
 * account.
 */
export function stageUser(
  user: UserResource,
  manager: string | null,
  {
    source,
    readPhone,
    now,
  }: { readonly source: string; readonly readPhone: PhoneReader; readonly now: number },
): StagedUser {
  const known = cellsOf(user, manager);
  const read = readAccount(1, (field) => known[field] ?? [], exactValues(now));
  if ('reason' in read) throw invalid('invalidValue', why[read.reason] ?? 'The user is not an account.');
  const account: ReadAccount = read;
  return { row: stageRow(account, source, readPhone), unread: account.unread ?? [] };
}
