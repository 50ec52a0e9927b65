import type { AccountRow } from '../../directories/directory.ts';
import { strongerTier } from '../../directories/effective-tier.ts';
import type { Facts } from '../../store/append-event.ts';
import { maskEmail, maskPhone } from '../../text/mask.ts';
import type { ImportedRow } from './batch-rows.ts';

type Compared = Pick<
  AccountRow,
  | 'user_name'
  | 'display_name'
  | 'employee_number'
  | 'department'
  | 'manager'
  | 'tier'
  | 'disabled'
  | 'local_password'
  | 'expires_at'
>;

const statusOf = ({ disabled, local_password: localPassword }: Compared): string =>
  disabled === 1 ? 'disabled' : localPassword === 0 ? 'no-local-password' : 'active';

const details = {
  userName: (row: Compared) => row.user_name,
  displayName: (row: Compared) => row.display_name,
  employeeNumber: (row: Compared) => row.employee_number,
  department: (row: Compared) => row.department,
  manager: (row: Compared) => row.manager,
  tier: (row: Compared) => row.tier,
  status: statusOf,
  expires: ({ expires_at: at }: Compared) => (at === null ? null : new Date(at).toISOString()),
} as const;

/** Each changed detail as `…From` and `…To`, for the audit log; null if no detail changed. */
export function detailFacts(before: AccountRow, after: ImportedRow): Facts | null {
  const facts: Record<string, string | null> = {};
  for (const [name, read] of Object.entries(details)) {
    const [from, to] = [read(before), read(after)];
    if (from !== to) Object.assign(facts, { [`${name}From`]: from, [`${name}To`]: to });
  }
  return Object.keys(facts).length === 0 ? null : facts;
}

/** Which contact data changed, with its former and new value masked; null if none did. */
export function contactFacts(before: AccountRow, after: ImportedRow): Facts | null {
  const [email, phone] = [before.email !== after.email, before.phone_digits !== after.phone_digits];
  if (!email && !phone) return null;
  return {
    email,
    phone,
    ...(email && { emailFrom: maskEmail(before.email), emailTo: maskEmail(after.email) }),
    ...(phone && { phoneFrom: maskPhone(before.phone), phoneTo: maskPhone(after.phone) }),
  };
}

/** The columns that say since when a changed detail is as it is; empty if no such detail changed. `now` in milliseconds. */
export function changeStamps(before: AccountRow, after: ImportedRow, now: number) {
  return {
    ...(before.manager !== after.manager && { manager_changed_at: now }),
    ...(before.user_name_key !== after.user_name_key && { user_name_changed_at: now }),
    ...(before.disabled === 1 && after.disabled === 0 && { enabled_at: now }),
    ...(before.tier !== after.tier && {
      tier_changed_at: now,
      // Two steps down, or up and down again, keep the strongest.
      tier_before: strongerTier(before.tier, before.tier_before ?? before.tier),
    }),
  };
}
