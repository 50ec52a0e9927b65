import type { CheckKind } from '../../../shared/api/check.ts';
import type { PolicyDocument } from '../../../shared/api/policy.ts';
import type { ChecksTable } from '../../store/tables.ts';
import { obstacle, type CheckObstacle } from './check.ts';

/** When an address or number that was changed may be used again, or null when it may be. `coolDown` in seconds. */
export function coolingUntil(changedAt: number | null, coolDown: number, now: number): number | null {
  if (changedAt === null) return null;
  const until = changedAt + coolDown * 1000;
  return until > now ? until : null;
}

/** The obstacle of contact data that was changed a short while ago. */
export function cooling(changedAt: number | null, coolDown: number, now: number): CheckObstacle | null {
  const until = coolingUntil(changedAt, coolDown, now);
  return until === null ? null : obstacle('contact-changed', changedAt, until);
}

interface Circumstances {
  readonly policy: Pick<PolicyDocument, 'weakChecks'>;
  readonly alertRaised: boolean;
  /** Of this case. */
  readonly checks: readonly Pick<ChecksTable, 'kind' | 'state' | 'settled_at'>[];
  /** Only an approver can go on, and the operator is none. */
  readonly approverOnly: boolean;
}

/** Why any check of this kind cannot be used in a case, or null. A caller who denied on the phone is as locked as one who guessed. */
export function commonObstacle(kind: CheckKind, circumstances: Circumstances): CheckObstacle | null {
  const { policy, alertRaised, checks, approverOnly } = circumstances;
  const locked = checks.find(
    (check) => check.kind === kind && (check.state === 'locked' || check.state === 'failed'),
  );
  if (locked) return obstacle('locked-for-case', locked.settled_at);
  if (alertRaised && policy.weakChecks.includes(kind)) return obstacle('weak-under-alert');
  if (approverOnly) return obstacle('approver-only');
  return null;
}
