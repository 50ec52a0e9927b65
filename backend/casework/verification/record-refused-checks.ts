import { withRefusalAudit } from '../../store/refusal-audit.ts';
import type { Store } from '../../store/store.ts';
import type { Checks } from './checks.ts';

/** The same checks, which also record every refused start and answer in the audit log, so that attempts to guess are visible. */
export const recordRefusedChecks = (checks: Checks, store: Store): Checks => ({
  ...checks,
  start: (caseId, kind, session, origin) =>
    withRefusalAudit(store, origin, { action: 'check.refused', caseId }, () =>
      checks.start(caseId, kind, session, origin),
    ),
  answer: (caseId, checkId, given, session, origin) =>
    withRefusalAudit(store, origin, { action: 'check.refused', caseId }, () =>
      checks.answer(caseId, checkId, given, session, origin),
    ),
});
