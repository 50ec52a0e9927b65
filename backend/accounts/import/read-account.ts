import {
  dateOrders,
  type ImportField,
  type ImportMapping,
  type ImportStatus,
  type ImportWarningReason,
} from '../../../shared/api/import-file.ts';
import type { ImportRefusal } from '../../../shared/api/import-view.ts';
import { tiers } from '../../../shared/api/account.ts';
import { limits } from '../../../shared/api/limits.ts';
import { identityKey, phoneDigits } from '../../text/fold.ts';
import type { ExpiryUnit } from './columns/known-columns.ts';
import { type CellFault, cleanCell, isPlaceholder, isRounded, saysNothing } from './values/cells.ts';
import { readEmail, readPhone } from './values/contact.ts';
import { firstInstantOf, lastInstantOf, readDate, readUnixDay, withoutMidnight } from './values/dates.ts';
import { readFlag, readStatus, type StatusKind } from './values/status.ts';

/** A row of the file as an account's values. */
export interface ReadAccount {
  readonly line: number;
  readonly id: string | null;
  readonly user_name: string;
  readonly user_name_key: string;
  readonly display_name: string;
  readonly email: string | null;
  readonly email_key: string | null;
  readonly phone: string | null;
  readonly phone_digits: string | null;
  readonly phone_reversed: string | null;
  readonly employee_number: string | null;
  readonly employee_number_key: string | null;
  readonly department: string | null;
  readonly manager: string | null;
  readonly tier: string;
  readonly disabled: 0 | 1;
  readonly locked: 0 | 1;
  readonly local_password: 0 | 1;
  /** The first instant at which the owner can sign in; null if it is past or the file does not say. */
  readonly starts_at: number | null;
  readonly expires_at: number | null;
  /** Optional values that cannot be used; the account is imported without them. */
  readonly warnings?: readonly RowWarning[];
  /** Fields whose value could not be read. An existing account keeps its stored value. */
  readonly unread?: readonly ImportField[];
}

/** A value of a row that is not used, or that may not mean what it says. */
export interface RowWarning {
  readonly field: ImportField;
  /** Why, as a code that the console has a text for. */
  readonly reason: ImportWarningReason;
  /** The value, shortened; never a password. */
  readonly value: string;
}

export interface Refused {
  readonly reason: ImportRefusal['reason'];
  readonly detail: string;
  /** The field whose value is the reason. */
  readonly field?: ImportField;
}

/** What reading a row depends on in addition to its cells. */
export interface ReadingContext {
  /** Milliseconds. Becomes the expiry of an account whose status is `expired`. */
  readonly now: number;
  /** The time zone in which days end. */
  readonly zone: string;
  readonly dateOrder: ImportMapping['dateOrder'];
  readonly statuses: NonNullable<ImportMapping['statuses']>;
  /** How each of the status columns expresses a status. */
  readonly statusKinds: readonly StatusKind[];
  /** The values come from a directory or an API, so that no spreadsheet has rounded a number. */
  readonly isExact?: boolean;
  /** How each of the columns of expiry dates counts, where it holds plain numbers. */
  readonly expiryUnits?: readonly (ExpiryUnit | null)[];
}

/** How values from a directory or an API are read: as they are, with times in UTC. */
export const exactValues = (now: number): ReadingContext => ({
  now,
  zone: 'UTC',
  dateOrder: undefined,
  statuses: {},
  statusKinds: ['state'],
  isExact: true,
});

/** A cell of several lines is a name that was wrapped. */
const oneLine = (text: string): string => (/\s/u.test(text) ? text.replaceAll(/[\r\n\t\v\f]+/gu, ' ') : text);
const short = (value: string): string => (value.length > 60 ? `${value.slice(0, 60)}…` : value);
/** A source's id may be a distinguished name. */
const maxLength = { id: 1000, manager: 1000, department: 200, employeeNumber: 200 } as const;

/** A cell that says that there is no value, such as "n/a". */
const nothing = Symbol('nothing');
/** The value of a cell; null if it cannot be stored. */
type Found = string | typeof nothing | null;

/** Collects the values of a row, and which of them could not be read. */
class RowReader {
  readonly warnings: RowWarning[] = [];
  readonly unread: ImportField[] = [];
  readonly #cellsOf: (field: ImportField) => readonly string[];

  constructor(cellsOf: (field: ImportField) => readonly string[]) {
    this.#cellsOf = cellsOf;
  }

  warn(field: ImportField, reason: ImportWarningReason, value: string): void {
    this.warnings.push({ field, reason, value: short(value.replaceAll('\0', '␀')) });
  }

  /** The cells of a field, cleaned of what other programs added. */
  cells(field: ImportField): { text: string; fault: CellFault | null }[] {
    return this.#cellsOf(field).map((cell) => {
      const clean = cleanCell(cell, field === 'id');
      if (clean.wasEncodedTwice) this.warn(field, 'encoded-twice', clean.text);
      return clean;
    });
  }

  /** The first value of a field that can be stored; null if there is none. A value that cannot be stored becomes a warning. */
  optional(
    field: 'email' | 'phone' | 'employeeNumber' | 'department' | 'manager',
    read: (text: string) => Found,
    unreadable: ImportWarningReason,
  ): string | null {
    let isUnread = false;
    for (const { text, fault } of this.cells(field)) {
      if (text === '') continue;
      const found = fault === null ? read(text) : null;
      if (found === nothing) continue;
      if (found !== null) return found;
      isUnread = true;
      this.warn(field, fault ?? (isRounded(text) ? 'rounded-by-excel' : unreadable), text);
    }
    if (isUnread) this.unread.push(field);
    return null;
  }
}

const emailOf = (text: string): Found =>
  readEmail(text) ?? (!text.includes('@') && saysNothing(text) ? nothing : null);

const phoneOf = (text: string): Found =>
  (isRounded(text) ? null : readPhone(text)) ?? (saysNothing(text) ? nothing : null);

/** Some tools write the number 4711 as `4711.0` or `4711,00`. */
const employeeNumberOf =
  (isExact = false) =>
  (text: string): Found => {
    if (isPlaceholder(text)) return nothing;
    if ((!isExact && isRounded(text)) || text.length > maxLength.employeeNumber) return null;
    return text.replace(/^(\d+)[.,]0+$/u, '$1');
  };

const textUpTo =
  (max: number) =>
  (text: string): Found =>
    text.length < 12 && isPlaceholder(text) ? nothing : text.length > max ? null : oneLine(text);

/** The strictest status of all status columns. An unknown word counts as disabled, never as active. */
function statusesOf(row: RowReader, context: ReadingContext): ReadonlySet<ImportStatus> {
  const found = new Set<ImportStatus>();
  let isMissing = false;
  for (const [at, { text, fault }] of row.cells('status').entries()) {
    const kind = context.statusKinds[at] ?? 'state';
    const read = fault === null ? readStatus(text, kind, context.statuses) : null;
    if (read === null) {
      row.warn('status', 'status-unknown', text);
      found.add('disabled');
    } else if (read.length === 0) isMissing ||= kind === 'state' || kind === 'bits';
    else for (const status of read) found.add(status);
  }
  if (found.size === 0 && isMissing) {
    row.warn('status', 'status-missing', '');
    row.unread.push('status');
  }
  return found;
}

/** The first day of a person; null if it is past or there is none. A date that can be read in two ways counts as the later one. */
function startOf(row: RowReader, { zone, dateOrder, now }: ReadingContext): number | null {
  for (const { text, fault } of row.cells('startsAt')) {
    if (text === '') continue;
    const found = fault === null ? readDate(text, dateOrder) : null;
    if (found === null) {
      row.warn('startsAt', fault ?? (isRounded(text) ? 'rounded-by-excel' : 'date-unreadable'), text);
      row.unread.push('startsAt');
      return null;
    }
    if (found.kind === 'never') continue;
    const both = found.kind === 'ambiguous' ? dateOrders.map((order) => readDate(text, order)) : [found];
    const first = Math.max(
      ...both.map((date) =>
        date === null || date.kind === 'ambiguous' ? 0 : (firstInstantOf(date, zone) ?? 0),
      ),
    );
    if (first <= now) return null;
    if (found.kind === 'ambiguous') row.warn('startsAt', 'date-ambiguous', text);
    return first;
  }
  return null;
}

/** The earliest of the dates of a row; null if the account does not expire. */
function expiryOf(row: RowReader, { zone, dateOrder, expiryUnits = [] }: ReadingContext): number | null {
  let earliest: number | null = null;
  let isUnread = false;
  for (const [at, { text, fault }] of row.cells('expiresAt').entries()) {
    if (text === '') continue;
    const unit = expiryUnits[at] ?? null;
    const found =
      fault !== null ? null : unit === 'days-since-1970' ? readUnixDay(text) : readDate(text, dateOrder);
    const date = unit === 'days' && found !== null ? withoutMidnight(found) : found;
    if (date === null || date.kind === 'ambiguous') {
      isUnread = true;
      const reason =
        date === null ? (isRounded(text) ? 'rounded-by-excel' : 'date-unreadable') : 'date-ambiguous';
      row.warn('expiresAt', fault ?? reason, text);
      continue;
    }
    const last = lastInstantOf(date, zone);
    if (last !== null && (earliest === null || last < earliest)) earliest = last;
  }
  if (isUnread && earliest === null) row.unread.push('expiresAt');
  return earliest;
}

/** The user name of a row. An address is taken out of what mail programs write around it, as in `Jane Doe <jane@example.com>`. */
function userNameOf(row: RowReader): { userName: string; fault: CellFault | null } {
  // "(text)" and "<string>" say what a column has.
  const found = row
    .cells('userName')
    .find(({ text }) => text !== '' && !isPlaceholder(text) && !/^(?:\([^()]*\)|<[^<>@]*>)$/u.test(text));
  if (found === undefined) return { userName: '', fault: null };
  const address = found.fault === null && found.text.includes('@') ? readEmail(found.text) : null;
  return { userName: address ?? found.text, fault: found.fault };
}

/** The name of a person: a display name, or else given and family name. A display name that repeats the user name counts if there is no other one. */
function displayNameOf(row: RowReader, userName: string): string | Refused {
  const parts: string[] = [];
  let repeated = '';
  for (const field of ['displayName', 'givenName', 'familyName'] as const) {
    if (field === 'familyName' && parts.length === 0) parts.push('');
    for (const { text, fault } of row.cells(field)) {
      if (text === '' || isPlaceholder(text)) continue;
      if (fault !== null) return { reason: fault, detail: short(text.replaceAll('\0', '␀')), field };
      const name = oneLine(text);
      if (field !== 'displayName') {
        parts.push(name);
        break;
      }
      if (name.toLowerCase() !== userName.toLowerCase()) return name;
      repeated = name;
    }
  }
  return parts.join(' ').trim() || repeated;
}

/** A name without its person's number and what systems write behind that: `Jane Doe (4711) (Terminated)`. */
function withoutNumber(name: string, number: string | null): string {
  if (number === null || !name.endsWith(')')) return name;
  const at = name.indexOf(`(${number})`);
  return at > 0 && /^(?:\s*\([^()]*\))+$/u.test(name.slice(at)) ? name.slice(0, at).trimEnd() : name;
}

/**
 * Reads a row. A row without a valid user name, name, tier or local password is refused, because the latter two decide how the account is protected.
 * Any other value that cannot be read becomes a warning.
 */
export function readAccount(
  line: number,
  cellsOf: (field: ImportField) => readonly string[],
  context: ReadingContext,
): ReadAccount | Refused {
  const row = new RowReader(cellsOf);
  const refuse = (reason: Refused['reason'], detail: string, field?: ImportField): Refused => ({
    reason,
    detail: short(detail.replaceAll('\0', '␀')),
    ...(field !== undefined && { field }),
  });
  const { userName, fault: userNameFault } = userNameOf(row);
  const name = displayNameOf(row, userName);
  if (userName === '') return refuse('user-name-missing', typeof name === 'string' ? name : name.detail);
  if (userNameFault !== null) return refuse(userNameFault, userName, 'userName');
  const wasRounded = (text: string) => context.isExact !== true && isRounded(text);
  if (wasRounded(userName)) return refuse('rounded-by-excel', userName, 'userName');
  if (userName.length > limits.userName) return refuse('user-name-too-long', userName);
  // Control and direction characters make different names look the same.
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\s]/u.test(userName)) return refuse('user-name-characters', userName);
  if (typeof name !== 'string') return name;
  if (name === '') return refuse('display-name-missing', userName);
  if (name.length > limits.displayName) return refuse('display-name-too-long', name);
  const { text: id = '', fault: idFault = null } = row.cells('id').find(({ text }) => text !== '') ?? {};
  if (idFault !== null) return refuse(idFault, id, 'id');
  if (id.length > maxLength.id) return refuse('value-too-long', id, 'id');
  if (wasRounded(id)) return refuse('rounded-by-excel', id, 'id');
  const tier = (row.cells('tier').find(({ text }) => text !== '')?.text ?? 'standard').toLowerCase();
  if (!tiers.some((known) => known === tier)) return refuse('tier-unknown', tier);
  const localPassword = row.cells('localPassword').find(({ text }) => text !== '')?.text ?? '';
  const hasLocalPassword = localPassword === '' ? true : readFlag(localPassword);
  // The value is not reported, because the column may contain passwords by mistake.
  if (hasLocalPassword === null) return refuse('status-unknown', 'local password: neither yes nor no');
  const email = row.optional('email', emailOf, 'email-unreadable');
  const phone = row.optional('phone', phoneOf, 'phone-unreadable');
  const number = row.optional('employeeNumber', employeeNumberOf(context.isExact), 'value-too-long');
  const department = row.optional('department', textUpTo(maxLength.department), 'value-too-long');
  const manager = row.optional('manager', textUpTo(maxLength.manager), 'value-too-long');
  const statuses = statusesOf(row, context);
  const startsAt = startOf(row, context);
  const expiresAt = expiryOf(row, context);
  const isExpired = statuses.has('expired') && (expiresAt === null || expiresAt > context.now);
  const digits = phone === null ? null : phoneDigits(phone);
  return {
    line,
    id: id || null,
    user_name: userName,
    user_name_key: identityKey(userName),
    display_name: withoutNumber(name, number),
    email,
    email_key: email === null ? null : identityKey(email),
    phone,
    phone_digits: digits,
    phone_reversed: digits === null ? null : [...digits].toReversed().join(''),
    employee_number: number,
    employee_number_key: number === null ? null : identityKey(number),
    department,
    manager,
    tier,
    disabled: statuses.has('disabled') ? 1 : 0,
    locked: statuses.has('locked') ? 1 : 0,
    local_password: statuses.has('no-local-password') || !hasLocalPassword ? 0 : 1,
    starts_at: startsAt,
    expires_at: isExpired ? context.now : expiresAt,
    ...(row.warnings.length > 0 && { warnings: row.warnings }),
    ...(row.unread.length > 0 && { unread: row.unread }),
  };
}
