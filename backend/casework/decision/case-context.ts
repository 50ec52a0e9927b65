import type { Selectable } from 'kysely';
import { checkKinds, type AssuranceView, type CheckKind } from '../../../shared/api/check.ts';
import type { ApprovalReason } from '../../../shared/api/four-eyes.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { Person } from '../../authorization/persons.ts';
import type { DirectoryAccount, DirectoryCapabilities } from '../../directories/directory.ts';
import { lockedUntil } from '../../accounts/statuses.ts';
import type { Channel, ChannelObstacle } from '../../messaging/channels.ts';
import { assuranceOf, unlockAssuranceOf } from '../../policy/assurance.ts';
import type { PolicyVersion } from '../../policy/policy-in-force.ts';
import { Refusal } from '../../refusal.ts';
import type { CasesTable, ChecksTable, EvidenceTable, ResetsTable } from '../../store/tables.ts';
import { approvalReasons } from './approval-reasons.ts';
import type { ApprovalRecord, Approver } from './approval-validity.ts';
import { caseEnd, caseExpiresAt } from './case-lifecycle.ts';
import { commonCheckObstacle } from './check-obstacle.ts';
import type { CheckObstacle, CheckOffer } from './check.ts';
import type { Memory } from './memory.ts';
import { takenOverEvidence, type OtherCase } from './taken-over-evidence.ts';

export type CaseRecord = Selectable<CasesTable>;

/** Every fact that decisions about a case depend on, as read at one moment. Instants in milliseconds. */
export interface CaseFacts {
  /** The session that makes the request. */
  readonly session: OperatorSession;
  /** The person behind the operator of the case. In the operator's own case, that is the person of the session. */
  readonly person: Person;
  readonly opened: CaseRecord;
  readonly found: DirectoryAccount;
  readonly capabilities: DirectoryCapabilities;
  readonly policy: PolicyVersion;
  /** Newest first. */
  readonly checks: readonly ChecksTable[];
  readonly evidence: readonly EvidenceTable[];
  /** Newest first. */
  readonly resets: readonly ResetsTable[];
  /** Whether this backend still holds the temporary password of a reset. */
  readonly holdsSecret: (resetId: string) => boolean;
  readonly memory: Memory;
  readonly alertRaised: boolean;
  /** Why a message of each channel would not reach its recipient now. */
  readonly channels: Readonly<Record<Channel, ChannelObstacle | null>>;
  /** The case's requests for an approver, newest first. */
  readonly approvals: readonly ApprovalRecord[];
  /** The operators who decided about them, by id. */
  readonly approvers: ReadonlyMap<string, Approver>;
  /** The managers whose word counts in the case, or may still be given. */
  readonly vouchers: readonly Person[];
  /** The checks that the policy and this backend offer. */
  readonly offers: ReadonlyMap<CheckKind, CheckOffer>;
  /** The checks whose address, number, enrolment or manager is still the one on file. */
  readonly boundChecks: ReadonlySet<string>;
  /** The case about another account of the person whose evidence may count here; null without one. */
  readonly otherCase: OtherCase | null;
  readonly at: number;
}

/** The facts of a case with their consequences for every action. */
export interface CaseContext extends CaseFacts {
  readonly isOwnCase: boolean;
  /** Whether too many checks failed, so that only an approver can continue. */
  readonly approverOnly: boolean;
  readonly checkObstacles: ReadonlyMap<CheckKind, CheckObstacle>;
  /** The passed checks whose evidence is still valid. */
  readonly countingChecks: ReadonlySet<string>;
  /** What counts of the evidence of the other case. */
  readonly takenOver: readonly EvidenceTable[];
  readonly assurance: AssuranceView;
  /** For a one-time pass and the removal of a sign-in method: they replace a second factor and need the assurance of privileged accounts. */
  readonly passAssurance: AssuranceView;
  /** What an unlock needs. */
  readonly unlockAssurance: AssuranceView;
  /** The account's lock in milliseconds; `until` is null if only an unlock ends it. Null while the account is not locked. */
  readonly lock: AccountLock | null;
  /** Why a reset needs an approval; empty if it needs none. */
  readonly approvalReasons: readonly ApprovalReason[];
  readonly expiresAt: number;
}

/** Derives what follows from the facts of a case. It is the one place where evidence becomes assurance. */
export function deriveCaseContext(facts: CaseFacts): CaseContext {
  const { session, opened, found, policy, checks, memory, alertRaised } = facts;
  const { document } = policy;
  const isOwnCase = opened.operator_id === session.operator.id;
  const approverOnly = memory.failures >= document.failedChecks.most;
  const isHeldForApprover = approverOnly && !session.operator.roles.includes('approver');
  const checkObstacles = new Map<CheckKind, CheckObstacle>();
  for (const [kind, { obstacle }] of facts.offers) {
    const { channels } = facts;
    const circumstances = { policy: document, alertRaised, checks, isHeldForApprover, channels };
    const inTheWay = obstacle ?? commonCheckObstacle(kind, circumstances);
    if (inTheWay) checkObstacles.set(kind, inTheWay);
  }
  const own = facts.evidence.filter((evidence) => isCounting(evidence, facts, isOwnCase));
  const takenOver = takenOverEvidence(facts.otherCase, { ...facts, document }).filter((evidence) =>
    isOfSession(evidence, facts, isOwnCase),
  );
  const counting = [...own, ...takenOver];
  const situation = {
    alertRaised,
    blocked: new Set(checkKinds.filter((kind) => !facts.offers.has(kind) || checkObstacles.has(kind))),
  };
  const held = (assurance: AssuranceView): AssuranceView =>
    isHeldForApprover ? { ...assurance, met: false, closing: [] } : assurance;
  return {
    ...facts,
    isOwnCase,
    approverOnly,
    checkObstacles,
    takenOver,
    countingChecks: new Set(own.map(({ check_id }) => check_id)),
    assurance: held(assuranceOf(counting, found.account.tier, document, situation)),
    passAssurance: held(assuranceOf(counting, 'privileged', document, situation)),
    unlockAssurance: held(unlockAssuranceOf(counting, found.account.tier, document, situation)),
    lock: lockOf(facts),
    approvalReasons: approvalReasons(
      {
        tier: found.account.tier,
        alertRaised,
        changedRecently: memory.changed.length > 0,
        failures: memory.failures,
        flagged: memory.flag !== null || memory.linked !== null,
        liftedRecently: memory.lifted !== null,
      },
      document,
    ),
    expiresAt: caseExpiresAt(opened.last_activity_at, document),
  };
}

/** The start, end and place of an account's lock, as its directory reports them. */
export interface AccountLock {
  readonly since: number;
  readonly until: number | null;
  readonly where: string | null;
}

function lockOf({ found, policy, at }: CaseFacts): AccountLock | null {
  const { account, lockEndsAt, lockedAt } = found;
  const until = lockedUntil({ ...account, lock_ends_at: lockEndsAt }, at, policy.document.signIn.lockFor);
  if (until === null || account.locked_since === null) return null;
  return { since: account.locked_since, until: until === Infinity ? null : until, where: lockedAt };
}

/**
 * Whether evidence is valid here. It must concern the address or number that is on file now and, in the operator's own case, come from the current
 * session. An operator who reads another's case sees what counts for that case's operator.
 */
const isCounting = (evidence: EvidenceTable, facts: CaseFacts, isOwnCase: boolean): boolean =>
  evidence.outcome === 'passed' &&
  isOfSession(evidence, facts, isOwnCase) &&
  facts.boundChecks.has(evidence.check_id);

const isOfSession = (
  { session_id: sessionId }: EvidenceTable,
  { session }: CaseFacts,
  isOwnCase: boolean,
): boolean => !isOwnCase || session.id === sessionId;

/** Why the operator cannot act in a case now; null when they can. */
export const caseObstacle = ({ opened, isOwnCase, policy, at }: CaseContext) =>
  isOwnCase ? caseEnd(opened, policy.document, at) : ('case.not-yours' as const);

/** Throws `case.not-yours`, `case.ended` or `case.expired` unless the operator can act in the case now. */
export function assertOpen(context: CaseContext): void {
  const obstacle = caseObstacle(context);
  if (obstacle !== null) throw new Refusal(obstacle);
}
