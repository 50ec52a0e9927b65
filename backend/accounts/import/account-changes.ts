import type { AccountRow } from '../../directories/directory.ts';
import { isExpired, isNotStarted } from '../statuses.ts';
import { strongerTier } from '../../directories/effective-tier.ts';
import type { Facts } from '../../store/append-event.ts';
import { isSamePhone, type PhoneReader } from '../../text/phone-numbers.ts';
import { isSameManagerName } from '../../text/manager-name.ts';
import { maskEmail, maskPhone } from '../../text/mask.ts';
import type { ImportedRow } from './batch-rows.ts';

type Compared = Pick<
  AccountRow,
  | 'user_name'
  | 'user_name_key'
  | 'employee_number_key'
  | 'display_name'
  | 'employee_number'
  | 'department'
  | 'manager'
  | 'tier'
  | 'disabled'
  | 'local_password'
  | 'expires_at'
  | 'starts_at'
>;

const statusOf = ({ disabled, local_password: localPassword }: Compared): string =>
  disabled === 1 ? 'disabled' : localPassword === 0 ? 'no-local-password' : 'active';

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const details = {
  userName: (row: Compared) => row.user_name,
  displayName: (row: Compared) => row.display_name,
  employeeNumber: (row: Compared) => row.employee_number,
  department: (row: Compared) => row.department,
  manager: (row: Compared) => row.manager,
  tier: (row: Compared) => row.tier,
  status: statusOf,
  starts: ({ starts_at: at }: Compared) => iso(at),
  expires: ({ expires_at: at }: Compared) => iso(at),
} as const;

/** For fields whose value can be written in several ways: whether two values mean the same. */
const isSame: Partial<Record<keyof typeof details, (before: Compared, after: Compared) => boolean>> = {
  userName: (before, after) => before.user_name_key === after.user_name_key,
  employeeNumber: (before, after) => before.employee_number_key === after.employee_number_key,
  manager: (before, after) => isSameManagerName(before.manager, after.manager),
};

/** Each changed detail as `…From` and `…To`, for the audit log; null if no detail changed. */
export function detailFacts(before: AccountRow, after: ImportedRow): Facts | null {
  const facts: Record<string, string | null> = {};
  for (const [name, read] of Object.entries(details)) {
    const [from, to] = [read(before), read(after)];
    if (from === to || isSame[name as keyof typeof details]?.(before, after) === true) continue;
    Object.assign(facts, { [`${name}From`]: from, [`${name}To`]: to });
  }
  return Object.keys(facts).length === 0 ? null : facts;
}

/** Whether the address or the number really changed. Another notation of the same value is no change. */
export function contactChanges(
  before: Pick<AccountRow, 'email_key' | 'phone'>,
  after: Pick<AccountRow, 'email_key' | 'phone'>,
  readPhone: PhoneReader,
): { readonly email: boolean; readonly phone: boolean } {
  return {
    email: before.email_key !== after.email_key,
    phone: before.phone !== after.phone && !isSamePhone(readPhone(before.phone), readPhone(after.phone)),
  };
}

/** Which contact data changed, with its former and new value masked; null if none did. */
export function contactFacts(
  before: Pick<AccountRow, 'email' | 'phone'>,
  after: Pick<AccountRow, 'email' | 'phone'>,
  { email, phone }: { readonly email: boolean; readonly phone: boolean },
): Facts | null {
  if (!email && !phone) return null;
  return {
    email,
    phone,
    ...(email && { emailFrom: maskEmail(before.email), emailTo: maskEmail(after.email) }),
    ...(phone && { phoneFrom: maskPhone(before.phone), phoneTo: maskPhone(after.phone) }),
  };
}

/** Whether the change lets the owner sign in again. */
const isEnabled = (before: Compared, after: Compared, now: number): boolean =>
  (before.disabled === 1 && after.disabled === 0) ||
  (before.local_password === 0 && after.local_password === 1) ||
  (isExpired(before, now) && !isExpired(after, now)) ||
  (isNotStarted(before, now) && !isNotStarted(after, now));

/** The columns that an undo dates as new, whatever the values before: those of the right to sign in and of the tier. */
export function undoStamps(before: AccountRow, after: ImportedRow, now: number) {
  const { enabled_at, tier_changed_at, tier_before } = changeStamps(before, after, now);
  return {
    ...(enabled_at !== undefined && { enabled_at }),
    ...(tier_changed_at !== undefined && { tier_changed_at, tier_before }),
  };
}

/**
 * The columns with the time of the last change of each changed detail; empty if no such detail changed. `now` in milliseconds; `isNameKnown` if the change
 * of the user name was announced.
 */
export function changeStamps(before: AccountRow, after: ImportedRow, now: number, isNameKnown = false) {
  return {
    ...(!isSameManagerName(before.manager, after.manager) && { manager_changed_at: now }),
    ...(before.manager !== after.manager && { manager_id: null }),
    ...(before.closed_at !== null && after.disabled === 0 && { closed_at: null }),
    ...(before.user_name_key !== after.user_name_key && !isNameKnown && { user_name_changed_at: now }),
    ...(isEnabled(before, after, now) && { enabled_at: now }),
    ...(before.tier !== after.tier && {
      tier_changed_at: now,
      // Two steps down, or up and down again, keep the strongest tier.
      tier_before: strongerTier(before.tier, before.tier_before ?? before.tier),
    }),
  };
}
