import { checkRow, type CheckKind } from '../../../shared/api/check.ts';
import type { PolicyDocument } from '../../../shared/api/policy.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { ChecksTable, EvidenceTable } from '../../store/tables.ts';
import type { CaseRecord } from './case-context.ts';
import { caseEnd } from './case-lifecycle.ts';
import { coolingUntil } from './contact.ts';
import type { CheckOffer } from './check.ts';
import type { Memory } from './memory.ts';

/** The case about another account of the same person from which this case takes over evidence. Instants in milliseconds. */
export interface OtherCase {
  readonly opened: CaseRecord;
  readonly account: AccountRow;
  readonly evidence: readonly EvidenceTable[];
  /** What every operator knows of that account. */
  readonly memory: Memory;
  /** When the accounts were linked; null if they are not, or not any more. */
  readonly linkedAt: number | null;
  /** Its checks whose address or number is the one on file of both accounts now. */
  readonly sameChannel: ReadonlySet<string>;
}

interface Circumstances {
  readonly opened: CaseRecord;
  readonly offers: ReadonlyMap<CheckKind, CheckOffer>;
  /** Of this case. */
  readonly checks: readonly Pick<ChecksTable, 'kind' | 'state'>[];
  readonly document: PolicyDocument;
  readonly at: number;
}

/** Whether the other account has no sign that another person may have its mailbox or number. */
const isTrusted = ({ account, memory }: OtherCase, { failedChecks }: PolicyDocument): boolean =>
  account.frozen_at === null &&
  account.disabled === 0 &&
  account.closed_at === null &&
  memory.flag === null &&
  memory.failures < failedChecks.most;

/** Whether the other case is still one call with this one: of the same operator, neither refused nor idle for the time of a case. */
function isSameCall({ opened: other }: OtherCase, { opened, document, at }: Circumstances): boolean {
  const state = other.state === 'closed' ? { ...other, state: 'open' } : other;
  return other.operator_id === opened.operator_id && caseEnd(state, document, at) === null;
}

/** Whether an address or number has been on file for the time of the cool-down, in both accounts. */
function isRested(kind: CheckKind, { account }: OtherCase, { offers, document, at }: Circumstances): boolean {
  const { contact } = checkRow(kind);
  if (contact !== 'email' && contact !== 'phone') return false;
  const changedAt = contact === 'email' ? account.email_changed_at : account.phone_changed_at;
  return (
    offers.get(kind)?.obstacle === null && coolingUntil(changedAt, document.contactCoolDown, at) === null
  );
}

/**
 * The evidence of another case that counts in this one. A link is made by what directories say, and an attacker may be able to write in one of them. So a
 * link alone proves nothing: evidence counts only if it came through an address or number that both accounts have now and have had for the time of the
 * cool-down, if the link is as old, and if nothing speaks against the other account. What was shown or said about the other account, such as a badge or
 * a manager's word, never counts. The session, the bar, the approvals and the obstacles are those of this case.
 */
export function takenOverEvidence(other: OtherCase | null, here: Circumstances): readonly EvidenceTable[] {
  if (other === null || other.linkedAt === null) return [];
  const { document, checks, at } = here;
  if (coolingUntil(other.linkedAt, document.contactCoolDown, at) !== null) return [];
  if (!isTrusted(other, document) || !isSameCall(other, here)) return [];
  const isLocked = (kind: string) =>
    checks.some((check) => check.kind === kind && (check.state === 'locked' || check.state === 'failed'));
  return other.evidence.filter(
    ({ kind, outcome, check_id: checkId }) =>
      outcome === 'passed' &&
      other.sameChannel.has(checkId) &&
      isRested(kind as CheckKind, other, here) &&
      !isLocked(kind),
  );
}
