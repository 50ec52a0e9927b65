import type { CheckKind, CheckView } from '../../shared/api/check.ts';
import type { AccountRow } from '../directory/directory.ts';
import type { ChecksTable } from '../store/tables.ts';

export interface CheckObstacle {
  readonly reason: NonNullable<CheckView['obstacle']>['reason'];
  readonly since: number | null;
  readonly until: number | null;
}

interface Circumstances {
  readonly account: Pick<AccountRow, 'email' | 'phone' | 'email_changed_at' | 'phone_changed_at'>;
  /** Of this case. */
  readonly checks: readonly Pick<ChecksTable, 'kind' | 'state' | 'settled_at'>[];
  /** Seconds for which a changed address or number cannot verify. */
  readonly coolDown: number;
  readonly approverOnly: boolean;
  readonly now: number;
}

/** When an address or number that was changed may be used again, or null when it may be. */
export function coolingUntil(changedAt: number | null, coolDown: number, now: number): number | null {
  if (changedAt === null) return null;
  const until = changedAt + coolDown * 1000;
  return until > now ? until : null;
}

/** Why a check cannot be used in a case, or null. A caller who denied on the phone is as locked as one who guessed. */
export function checkObstacle(kind: CheckKind, circumstances: Circumstances): CheckObstacle | null {
  const { account, checks, coolDown, approverOnly, now } = circumstances;
  const mail = kind === 'emailed-code';
  if ((mail ? account.email : account.phone) === null) {
    return { reason: mail ? 'no-email' : 'no-phone', since: null, until: null };
  }
  const changedAt = mail ? account.email_changed_at : account.phone_changed_at;
  const until = coolingUntil(changedAt, coolDown, now);
  if (until !== null) return { reason: 'contact-changed', since: changedAt, until };
  const locked = checks.find(
    (check) => check.kind === kind && (check.state === 'locked' || check.state === 'failed'),
  );
  if (locked) return { reason: 'locked-for-case', since: locked.settled_at, until: null };
  if (approverOnly) return { reason: 'approver-only', since: null, until: null };
  return null;
}
