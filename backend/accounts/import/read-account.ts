import type { ImportField, ImportRefusal, ImportWarningReason } from '../../../shared/api/import.ts';
import { tiers } from '../../../shared/api/account.ts';
import { limits } from '../../../shared/api/limits.ts';
import { identityKey, indexedWords, phoneDigits } from '../../text/fold.ts';

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
  readonly expires_at: number | null;
  readonly words: string;
  /** Optional values that cannot be used; the account is imported without them. */
  readonly warnings?: readonly RowWarning[];
}

/** A value of a row that is not used, or is not what it seems. */
export interface RowWarning {
  readonly field: ImportField;
  /** Why, as a code that the console has a text for. */
  readonly reason: ImportWarningReason;
  /** The value, shortened; never a password. */
  readonly value: string;
}

export type Refused = Pick<ImportRefusal, 'reason' | 'detail'>;

const short = (value: string): string => (value.length > 60 ? `${value.slice(0, 60)}…` : value);
const day = /^(\d{4})-(\d\d)-(\d\d)(T.*)?$/u;
const germanDay = /^(\d\d?)\.(\d\d?)\.(\d{4})$/u;

/** Reads an instant in ISO 8601 or as `31.12.2026` (midnight UTC); null for any other text. */
export function readInstant(text: string): number | null {
  const german = germanDay.exec(text);
  const iso = german ? `${german[3]}-${german[2]?.padStart(2, '0')}-${german[1]?.padStart(2, '0')}` : text;
  const parts = day.exec(iso);
  if (!parts) return null;
  const at = Date.parse(iso);
  // Date.parse reads February 31 as March 3.
  const date = new Date(Date.parse(iso.slice(0, 10)));
  return Number.isNaN(at) || date.getUTCDate() !== Number(parts[3]) ? null : at;
}

const statuses: Readonly<Record<string, 'active' | 'disabled' | 'locked' | 'expired' | 'no-local-password'>> =
  {
    '': 'active',
    active: 'active',
    enabled: 'active',
    aktiv: 'active',
    disabled: 'disabled',
    inactive: 'disabled',
    deaktiviert: 'disabled',
    inaktiv: 'disabled',
    locked: 'locked',
    gesperrt: 'locked',
    expired: 'expired',
    abgelaufen: 'expired',
    'no-local-password': 'no-local-password',
  };
const noes = new Set(['no', 'nein', 'false', '0']);
const yeses = new Set(['yes', 'ja', 'true', '1', '']);

/** Reads a row. `now` (milliseconds) is the expiry of an account whose status is `expired`. */
export function readAccount(
  line: number,
  value: (field: ImportField) => string,
  now: number,
): ReadAccount | Refused {
  const refuse = (reason: Refused['reason'], detail: string): Refused => ({ reason, detail: short(detail) });
  const text = (field: ImportField) => value(field).trim();
  const userName = text('userName');
  if (userName === '') return refuse('user-name-missing', text('displayName'));
  if (userName.length > limits.userName) return refuse('user-name-too-long', userName);
  // Control and direction characters make different names look the same.
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\s]/u.test(userName)) return refuse('user-name-characters', userName);
  const name = text('displayName') || `${text('givenName')} ${text('familyName')}`.trim();
  if (name === '') return refuse('display-name-missing', userName);
  if (name.length > limits.displayName) return refuse('display-name-too-long', name);
  for (const field of ['department', 'manager', 'employeeNumber', 'id'] as const) {
    if (text(field).length > 200) return refuse('value-too-long', text(field));
  }
  for (const field of [
    'displayName',
    'givenName',
    'familyName',
    'department',
    'manager',
    'employeeNumber',
    'id',
  ] as const) {
    if (/[\0\uFFFD]/u.test(value(field))) return refuse('bad-characters', text(field).replaceAll('\0', '␀'));
  }
  const email = text('email') || null;
  if (
    email !== null &&
    (email.length > limits.email || !/^[^\s@<>,;"\p{C}]+@[^\s@<>,;"\p{C}]+$/u.test(email))
  ) {
    return refuse('email-invalid', email);
  }
  const phone = text('phone') || null;
  const digits = phone === null ? null : phoneDigits(phone);
  if (
    phone !== null &&
    (phone.length > limits.phone || !/^[+\d\s()/.x-]*$/iu.test(phone) || (digits ?? '').length < 3)
  ) {
    return refuse('phone-invalid', phone);
  }
  const tier = text('tier').toLowerCase() || 'standard';
  if (!tiers.some((known) => known === tier)) return refuse('tier-unknown', tier);
  const status = statuses[text('status').toLowerCase()];
  if (status === undefined) return refuse('status-unknown', text('status'));
  const expires = text('expiresAt');
  const expiresAt = expires === '' ? null : readInstant(expires);
  if (expires !== '' && expiresAt === null) return refuse('date-invalid', expires);
  const localPassword = text('localPassword').toLowerCase();
  if (!noes.has(localPassword) && !yeses.has(localPassword)) {
    // The value is not shown: the column may contain passwords by mistake.
    return refuse('status-unknown', 'local password: neither yes nor no');
  }
  const number = text('employeeNumber') || null;
  return {
    line,
    id: text('id') || null,
    user_name: userName,
    user_name_key: identityKey(userName),
    display_name: name,
    email,
    email_key: email === null ? null : identityKey(email),
    phone,
    phone_digits: digits,
    phone_reversed: digits === null ? null : [...digits].toReversed().join(''),
    employee_number: number,
    employee_number_key: number === null ? null : identityKey(number),
    department: text('department') || null,
    manager: text('manager') || null,
    tier,
    disabled: status === 'disabled' ? 1 : 0,
    locked: status === 'locked' ? 1 : 0,
    local_password: status === 'no-local-password' || noes.has(localPassword) ? 0 : 1,
    expires_at: status === 'expired' && (expiresAt === null || expiresAt > now) ? now : expiresAt,
    words: indexedWords(name, userName),
  };
}
