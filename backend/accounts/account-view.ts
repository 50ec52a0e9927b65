import type { AccountView } from '../../shared/api/account.ts';
import type { DirectoryAccount } from '../directories/directory.ts';
import { maskEmail, maskPhone } from '../text/mask.ts';
import { isNotStarted, lockedUntil, statusesOf } from './statuses.ts';

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** An account for the console, with masked contact data. `now` in milliseconds, `lockFor` in seconds. */
export function accountViewOf(
  found: DirectoryAccount,
  now: number,
  { lockFor, names }: { readonly lockFor: number; readonly names: ReadonlyMap<string, string> },
): AccountView {
  const account = { ...found.account, lock_ends_at: found.lockEndsAt };
  return {
    id: account.id,
    directory: account.directory as AccountView['directory'],
    directoryName: names.get(account.directory_id ?? '') ?? null,
    userName: account.user_name,
    displayName: account.display_name,
    emailMasked: maskEmail(account.email),
    phoneMasked: maskPhone(account.phone),
    department: account.department,
    manager: account.manager,
    employeeNumber: account.employee_number,
    tier: account.tier as AccountView['tier'],
    statuses: statusesOf(account, now, lockFor),
    lockedSince: lockedUntil(account, now, lockFor) === null ? null : iso(account.locked_since),
    startsAt: isNotStarted(account, now) ? iso(account.starts_at) : null,
    expiresAt: iso(account.expires_at),
    passwordSetAt: iso(found.passwordSetAt),
    mustChangePassword: found.mustChange,
    temporaryPasswordUntil: iso(found.temporaryUntil),
    emailChangedAt: iso(account.email_changed_at),
    phoneChangedAt: iso(account.phone_changed_at),
    frozen:
      account.frozen_at === null
        ? null
        : { at: new Date(account.frozen_at).toISOString(), by: account.display_name, via: 'not-me' },
  };
}
