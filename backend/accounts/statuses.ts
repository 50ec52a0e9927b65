import type { AccountStatus } from '../../shared/api/account.ts';
import type { AccountsTable } from '../store/tables.ts';

type LockFields = Pick<AccountsTable, 'locked_since' | 'failed_sign_ins'> & {
  /** When the account's own directory ends the lock, in milliseconds; null where only an unlock does, and where this backend locked. */
  readonly lock_ends_at?: number | null;
};
type StatusFields = LockFields &
  Pick<AccountsTable, 'disabled' | 'local_password' | 'expires_at'> & {
    readonly starts_at: number | null;
    frozen_at: number | null;
  };

/**
 * When the account's lock ends, in milliseconds; null if it is not locked. A lock after wrong passwords ends after `lockFor` seconds, an imported one never
 * (`Infinity`).
 */
export function lockedUntil(account: LockFields, now: number, lockFor: number): number | null {
  if (account.locked_since === null) return null;
  const ends = account.lock_ends_at ?? null;
  if (account.failed_sign_ins === 0 && ends === null) return Infinity;
  const until = ends ?? account.locked_since + lockFor * 1000;
  return until > now ? until : null;
}

export const isFrozen = (account: Pick<StatusFields, 'frozen_at'>): boolean => account.frozen_at !== null;
export const isDisabled = (account: Pick<StatusFields, 'disabled'>): boolean => account.disabled === 1;
export const isExpired = (account: Pick<StatusFields, 'expires_at'>, now: number): boolean =>
  account.expires_at !== null && account.expires_at <= now;
/** Whether the account's first day is in the future. */
export const isNotStarted = (account: Pick<StatusFields, 'starts_at'>, now: number): boolean =>
  account.starts_at !== null && account.starts_at > now;
/** False if another system keeps the password and signs the user in. */
export const hasLocalPassword = (account: Pick<StatusFields, 'local_password'>): boolean =>
  account.local_password !== 0;

/** Whether an unusable account became usable at or after an instant, in milliseconds. Everything that was issued before that instant is invalid. */
export const wasEnabledSince = (account: { readonly enabled_at: number | null }, at: number): boolean =>
  (account.enabled_at ?? -1) >= at;

/** The reasons why the owner cannot sign in, most severe first; only `active` if there is no reason. */
export function statusesOf(account: StatusFields, now: number, lockFor: number): AccountStatus[] {
  const statuses: AccountStatus[] = [];
  if (isFrozen(account)) statuses.push('frozen');
  if (isDisabled(account)) statuses.push('disabled');
  if (isExpired(account, now)) statuses.push('expired');
  if (isNotStarted(account, now)) statuses.push('not-started');
  if (lockedUntil(account, now, lockFor) !== null) statuses.push('locked');
  if (!hasLocalPassword(account)) statuses.push('no-local-password');
  return statuses.length === 0 ? ['active'] : statuses;
}
