import { tiers } from '../../../../shared/api/account.ts';
import { type ImportField, importFields, type ImportMapping } from '../../../../shared/api/import-file.ts';
import { isPlaceholder, saysNothing } from '../values/cells.ts';
import { readEmail, readPhone } from '../values/contact.ts';
import { readDate } from '../values/dates.ts';
import { isOtherThanPerson } from '../values/entry-types.ts';
import { readFlag, readStatus } from '../values/status.ts';
import { squash } from '../../../text/squash.ts';
import { isSurnamePart } from './surname-parts.ts';
import { fieldsOfName, statusKindOf } from './known-columns.ts';

export type Columns = Pick<ImportMapping, 'columns' | 'moreColumns'>;

/** A column of the sample: its name and the values that are filled. */
export interface SampledColumn {
  readonly column: number;
  readonly name: string;
  readonly values: readonly string[];
}

/** Fields whose further columns are kept, because a row may have its value in any of them. */
const combined = new Set<ImportField>([
  'displayName',
  'email',
  'phone',
  'status',
  'startsAt',
  'expiresAt',
  'entryType',
]);

export const partOf = (values: readonly string[], isSuch: (value: string) => boolean): number =>
  values.length === 0 ? 0 : values.filter(isSuch).length / values.length;
const areDistinct = (values: readonly string[], part: number): boolean =>
  new Set(values.map((value) => value.toLowerCase())).size >= values.length * part;
const looksLikeDate = (value: string): boolean => readDate(value) !== null && readFlag(value) === null;
const hasLetter = (value: string): boolean => /\p{L}/u.test(value);
const isEmail = (value: string): boolean => readEmail(value) !== null;

const bareName = (name: string): string => squash(name.replaceAll(/\[[^\]]*\]|\([^)]*\)/gu, ''));
/** Whether values are short codes that repeat, as `A`, `I` and `T` for states do. */
const areCodes = (values: readonly string[]): boolean =>
  values.every((value) => /^[\p{L}\d]{1,3}$/u.test(value)) && new Set(values).size <= 8;
/** Names of both a status and a region. */
const isAmbiguousState = (name: string): boolean =>
  /^(?:state|stateorprovince|stateprovince|st|etat|estado|stato)$/u.test(bareName(name));

const looksLikeName = (value: string): boolean =>
  /^\p{L}[\p{L}\p{M}.'’-]*(?:,?\s+[\p{L}\p{M}.'’-]+)+$/u.test(value);
/** Names of columns that hold whole names in some exports, and in others a login or a part of the name. */
const isWeakName = (name: string): boolean =>
  /^(?:username|user|worker|employee|associate|member|preferredname)$/u.test(bareName(name));

/** Whether a name is that of the column in which a directory or a mail system writes what an entry is. */
const isEntryType = (name: string): boolean =>
  /^(?:object(?:class|category)|samaccounttype|recipienttype(?:details)?)$/u.test(bareName(name));

/** Whether the sampled values of a column can be read as a field. A column without values is judged by its name. */
function canBe(field: ImportField, { name, values }: SampledColumn): boolean {
  const filled = values.filter((value) => !isPlaceholder(value));
  if (filled.length === 0)
    return field !== 'status' && field !== 'expiresAt' && field !== 'startsAt' && field !== 'entryType';
  switch (field) {
    case 'userName':
      return partOf(filled, (value) => !/\s/u.test(value)) >= 0.5;
    case 'displayName':
      if (isWeakName(name)) return partOf(filled, (value) => hasLetter(value) && /\s/u.test(value)) >= 0.5;
      return partOf(filled, (value) => hasLetter(value) && !isEmail(value)) >= 0.5;
    case 'givenName':
      if (isWeakName(name) && partOf(filled, looksLikeName) >= 0.8) return false;
      return partOf(filled, (value) => hasLetter(value) && !isEmail(value)) >= 0.5;
    case 'familyName':
      return partOf(filled, (value) => hasLetter(value) && !isEmail(value)) >= 0.5;
    case 'email':
      return partOf(filled, (value) => isEmail(value) || saysNothing(value)) >= 0.5;
    case 'phone':
      return (
        partOf(
          filled,
          (value) => readPhone(value) !== null || saysNothing(value) || /^\d[.,]\d+E\+?\d+$/iu.test(value),
        ) >= 0.5
      );
    case 'status':
      // The administrator is asked about unknown words, and about codes of a column that is plainly the status. A region is not a status just because a
      // few of its names are status words.
      return (
        partOf(filled, (value) => readStatus(value, statusKindOf(name)) !== null) >=
          (isAmbiguousState(name) ? 0.5 : 0.01) ||
        (!isAmbiguousState(name) && statusKindOf(name) === 'state' && areCodes(filled))
      );
    case 'expiresAt':
      // Zeros also mean "no date", but among ones they say no.
      if (
        filled.every((value) => readFlag(value) !== null) &&
        filled.some((value) => readFlag(value) === true)
      )
        return false;
      return partOf(filled, (value) => readDate(value) !== null) >= 0.5;
    case 'startsAt':
      return partOf(filled, looksLikeDate) >= 0.5;
    case 'entryType':
      // In a directory's own column, groups and computers may come after the sample.
      return isEntryType(name) || filled.some(isOtherThanPerson);
    case 'tier':
      return partOf(filled, (value) => tiers.some((tier) => tier === value.toLowerCase())) >= 0.5;
    case 'localPassword':
      return partOf(filled, (value) => readFlag(value) !== null) === 1;
    case 'id':
      return areDistinct(filled, 0.9);
    case 'employeeNumber':
      return partOf(filled, (value) => /\p{Nd}/u.test(value) && !isEmail(value)) >= 0.5;
    default:
      return partOf(filled, (value) => !isEmail(value) || field === 'manager') >= 0.5;
  }
}

const places = new Set(
  'city country countryorregion street streetaddress address postalcode zip zipcode usagelocation ort plz land ville pays ciudad pais l co c'.split(
    ' ',
  ),
);

/** `State` beside a city or a country is a region, whatever its values are. */
export const isRegion = ({ name }: SampledColumn, all: readonly SampledColumn[]): boolean =>
  (isAmbiguousState(name) || /^(?:bundesland|provincia|provinz)$/u.test(bareName(name))) &&
  all.some((other) => places.has(bareName(other.name)));

/** Whether a column names a last day and has dates. */
const isLastDay = (sampled: SampledColumn): boolean =>
  fieldsOfName(sampled.name).some(({ field }) => field === 'expiresAt') && canBe('expiresAt', sampled);

export function sample(names: readonly string[], rows: readonly (readonly string[])[]): SampledColumn[] {
  return names.map((name, column) => ({
    column,
    name,
    values: rows.map((row) => (row[column] ?? '').trim()).filter((value) => value !== ''),
  }));
}

/** Proposes columns by names that exports use, if the values can be read as the field. */
function byName(columns: readonly SampledColumn[]): Map<ImportField, number[]> {
  const candidates = columns.flatMap((sampled) =>
    fieldsOfName(sampled.name).flatMap(({ field, rank }) => {
      if (field === 'status' && isRegion(sampled, columns)) return [];
      // "Austritt" with dates is the last day, which may be in the future, however many other columns have one.
      if (field === 'status' && isLastDay(sampled)) return [];
      if (!canBe(field, sampled)) return [];
      return [{ field, rank: sampled.values.length === 0 ? rank + 1000 : rank, column: sampled.column }];
    }),
  );
  candidates.sort((a, b) => a.rank - b.rank || a.column - b.column);
  const found = new Map<ImportField, number[]>();
  const used = new Set<number>();
  // The best name of each field first, so that no field loses its only column to another's second choice.
  for (const { field, column } of candidates) {
    if (found.has(field) || used.has(column)) continue;
    found.set(field, [column]);
    used.add(column);
  }
  for (const { field, column } of candidates) {
    if (!combined.has(field) || used.has(column)) continue;
    found.get(field)?.push(column);
    used.add(column);
  }
  for (const { column, name, values } of columns)
    if (values.length > 0 && !used.has(column) && isSurnamePart(name)) found.get('familyName')?.push(column);
  return found;
}

/** Whether a column has names as lists sort them, "Doe, Jane", which are not used if their parts have columns of their own. */
const isSurnameFirst = (name: string): boolean =>
  /^(?:lastnamefirstname|namelastfirst|lastfirstname|surnamefirstname|surnameforename|sortablename)$/u.test(
    squash(name),
  );

/** "Name" beside "Vorname" is the family name, unless it has whole names. */
function splitName(columns: readonly SampledColumn[], found: Map<ImportField, number[]>): void {
  const [whole, ...more] = found.get('displayName') ?? [];
  if (whole === undefined || !found.has('givenName')) return;
  const valuesOf = (at: number | undefined): readonly string[] =>
    columns.find(({ column }) => column === at)?.values ?? [];
  const nameOf = (at: number): string => columns.find(({ column }) => column === at)?.name ?? '';
  const [family] = found.get('familyName') ?? [];
  if (family !== undefined) {
    // Another column that repeats the family name would be the whole name of every account, and a turned name would be read out.
    const isRepeated =
      valuesOf(whole).join('\n') === valuesOf(family).join('\n') || isSurnameFirst(nameOf(whole));
    if (isRepeated && more.length > 0) found.set('displayName', more);
    else if (isRepeated) found.delete('displayName');
    return;
  }
  const { name = '', values = [] } = columns.find(({ column }) => column === whole) ?? {};
  if (!/^(?:name|naam|nom|nome|nombre)$/u.test(bareName(name))) return;
  if (partOf(values, (value) => /\s/u.test(value.trim())) >= 0.5) return;
  found.set('familyName', [whole]);
  if (more.length > 0) found.set('displayName', more);
  else found.delete('displayName');
}

/** "User ID" is what people sign in with where no other column is, unless it has numbers or generated ids. */
function signInById(columns: readonly SampledColumn[], found: Map<ImportField, number[]>): void {
  const [id] = found.get('id') ?? [];
  const { name = '', values = [] } = columns.find(({ column }) => column === id) ?? {};
  const isName = fieldsOfName(name).some(({ field }) => field === 'userName');
  const looksTyped = (value: string): boolean => /^\p{L}[\p{L}\d._-]{1,19}$/u.test(value);
  if (id === undefined || found.has('userName') || !isName || partOf(values, looksTyped) < 0.8) return;
  found.set('userName', [id]);
  found.delete('id');
}

const looksLikeStatus = (value: string): boolean =>
  readFlag(value) === null && hasLetter(value) && (readStatus(value, 'state') ?? []).length > 0;
const looksLikePhone = (value: string): boolean =>
  /^[+(0]|[\s()-]/u.test(value) && value.replaceAll(/\D/gu, '').length >= 7 && readPhone(value) !== null;
export const looksLikeDay = (value: string): boolean => /[-/.:T]/u.test(value) && readDate(value) !== null;

/** The field that a column's values suggest; null if they suggest none. */
export function lookOf({ values }: SampledColumn): ImportField | null {
  if (values.length === 0) return null;
  if (partOf(values, isEmail) >= 0.8) return 'email';
  if (partOf(values, looksLikeStatus) === 1 && new Set(values).size <= 8) return 'status';
  if (partOf(values, looksLikeDay) >= 0.8) return 'expiresAt';
  if (partOf(values, looksLikePhone) >= 0.8) return 'phone';
  if (partOf(values, looksLikeName) >= 0.8 && areDistinct(values, 0.6)) return 'displayName';
  return null;
}

/** Proposes columns for the fields that have none, by the values alone. */
function byValue(columns: readonly SampledColumn[], found: Map<ImportField, number[]>): void {
  const used = new Set([...found.values()].flat());
  const free = () => columns.filter(({ column }) => !used.has(column));
  const take = (field: ImportField, column: number | undefined) => {
    if (column === undefined || found.has(field)) return;
    found.set(field, [column]);
    used.add(column);
  };
  const rows = Math.max(...columns.map(({ values }) => values.length));
  const hasName = found.has('givenName') || found.has('familyName');
  for (const field of ['email', 'status', 'phone', 'displayName'] as const) {
    if (field !== 'displayName' || !hasName)
      take(field, free().find((sampled) => lookOf(sampled) === field)?.column);
  }
  take(
    'userName',
    free().find(
      ({ values }) =>
        values.length > 0 &&
        values.length >= rows * 0.9 &&
        areDistinct(values, 1) &&
        partOf(values, looksLikeDay) < 0.5 &&
        partOf(
          values,
          (value) => /^[^\s@]*[a-z][^\s@]*$/iu.test(value) && !/^\p{Lu}\p{Ll}+$/u.test(value),
        ) === 1,
    )?.column,
  );
  if (found.has('displayName') || hasName) return;
  const words = free().filter(
    ({ values }) => partOf(values, (value) => /^\p{L}[\p{L}\p{M}'’-]+$/u.test(value)) >= 0.9,
  );
  if (words.length === 2) {
    take('givenName', words[0]?.column);
    take('familyName', words[1]?.column);
  }
}

/**
 * Proposes columns for the fields by the columns' names and by values of the first rows. A column is proposed only if most of its values can be read as the field.
 * Where there is no column of user names, the addresses are proposed for them.
 */
export function proposeColumns(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  hasHeader: boolean,
): Columns {
  const columns = sample(names, rows);
  const found = hasHeader ? byName(columns) : new Map<ImportField, number[]>();
  if (!hasHeader || found.size === 0) byValue(columns, found);
  splitName(columns, found);
  signInById(columns, found);
  const [address] = found.get('email') ?? [];
  if (!found.has('userName') && address !== undefined) found.set('userName', [address]);
  const mapping: {
    columns: ImportMapping['columns'];
    moreColumns: NonNullable<ImportMapping['moreColumns']>;
  } = {
    columns: {},
    moreColumns: {},
  };
  for (const field of importFields) {
    const [first, ...more] = found.get(field) ?? [];
    if (first === undefined) continue;
    mapping.columns[field] = first;
    if (more.length > 0) mapping.moreColumns[field] = more.slice(0, 20);
  }
  return Object.keys(mapping.moreColumns).length === 0 ? { columns: mapping.columns } : mapping;
}

/** Required fields without a column. */
export function missingFields(columns: ImportMapping['columns']): ImportField[] {
  const missing: ImportField[] = [];
  if (columns.userName === undefined) missing.push('userName');
  if (
    columns.displayName === undefined &&
    columns.givenName === undefined &&
    columns.familyName === undefined
  )
    missing.push('displayName');
  return missing;
}
