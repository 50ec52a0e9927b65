import type { AuditAction, TimelineEntry } from '../../../shared/api/timeline.ts';

/** Steps that another entry already covers. */
const steps: ReadonlySet<string> = new Set<AuditAction>([
  'grant.minted',
  'reset.intended',
  'mail.queued',
  'mail.accepted',
  'text.accepted',
  'reset.secret-sent',
]);

const verdicts: ReadonlySet<string> = new Set<AuditAction>([
  'check.passed',
  'check.failed',
  'check.locked',
  'check.expired',
]);

/**
 * The entries that tell what happened, without intermediate steps: a permission that was used, a mail that was accepted, and the start of a check
 * that has ended. Refused and failed entries always stay. Entries are newest first, as the backend sends them.
 */
export function foldTimeline(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  /** Checks that have ended, by their case and kind, until their start is met. */
  const ended = new Set<string>();
  return entries.filter((entry) => {
    const { action, outcome, caseNumber, facts } = entry;
    if (outcome !== 'done') return true;
    const check = `${caseNumber ?? ''} ${String(facts['kind'])}`;
    if (verdicts.has(action)) ended.add(check);
    if (action === 'check.started') return !ended.delete(check);
    return !steps.has(action);
  });
}
