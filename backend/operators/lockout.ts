import type { PolicyDocument } from '../../shared/api/policy.ts';
import { Refusal } from '../refusal.ts';
import type { Transaction, RecordEvent } from '../store/store.ts';
import type { OperatorsTable } from '../store/tables.ts';

/** Milliseconds of the first lock; each further failure doubles it. */
const firstLock = 60_000;
/** Wrong codes before the first lock; fewer than passwords, since the attacker already has the password. */
const codesBeforeLock = 3;

/** Milliseconds that the lock lasts after this many failures; 0 for no lock yet. */
export const lockAfter = (failures: number, allowed: number, atMost: number): number =>
  failures < allowed ? 0 : Math.min(firstLock * 2 ** Math.min(failures - allowed, 30), atMost);

export const operatorLocked = (until: number): Refusal =>
  new Refusal('session.operator-locked', { until: new Date(until).toISOString() });

/**
 * Counts a wrong password or code, and locks the operator after too many: for one minute, then two, four and so on. Returns until when (milliseconds),
 * or null. Concurrent failures during a lock are not counted.
 */
export async function countFailure(
  tx: Transaction,
  record: RecordEvent,
  operatorId: string,
  what: 'password' | 'code',
  policy: PolicyDocument,
  now: number,
): Promise<number | null> {
  const column = what === 'password' ? 'failed_sign_ins' : 'failed_codes';
  const row = await tx
    .updateTable('operators')
    .set((old) => ({ [column]: old(column, '+', 1) }))
    .where('id', '=', operatorId)
    .where((is) => is.or([is('locked_until', 'is', null), is('locked_until', '<=', now)]))
    .returning(['failed_sign_ins', 'failed_codes'])
    .executeTakeFirst();
  if (!row) {
    const { locked_until } = await tx
      .selectFrom('operators')
      .select('locked_until')
      .where('id', '=', operatorId)
      .executeTakeFirstOrThrow();
    return locked_until;
  }
  const allowed = what === 'password' ? policy.signIn.failures : codesBeforeLock;
  const lock = lockAfter(row[column], allowed, policy.operatorSession.lockAtMost * 1000);
  if (lock === 0) return null;
  const until = now + lock;
  await tx.updateTable('operators').set({ locked_until: until }).where('id', '=', operatorId).execute();
  await record({
    action: 'operator.locked',
    facts: { operator: operatorId, until: new Date(until).toISOString(), what },
  });
  return until;
}

/** The columns after a successful sign-in, or after an administrator has unlocked the operator. */
export const unlocked = {
  failed_sign_ins: 0,
  failed_codes: 0,
  locked_until: null,
} as const satisfies Partial<OperatorsTable>;
