import type { Selectable } from 'kysely';
import type { ResetAction } from '../../../shared/api/case.ts';
import type { ApprovalReason } from '../../../shared/api/four-eyes.ts';
import type { AlertReader } from '../alert/alerts.ts';
import { approvalNeeds } from './approval-needs.ts';
import { approversOf, carries, type ApprovalRecord } from './approval-validity.ts';
import type { Directory, DirectoryAccount } from '../../directories/directory.ts';
import { assertCanAccess } from '../../authorization/account-access.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { PolicyInForce, PolicyVersion } from '../../policy/policy-in-force.ts';
import { Refusal } from '../../refusal.ts';
import type { KeyedHash } from '../../store/keyed-hash.ts';
import type { Transaction, Store } from '../../store/store.ts';
import type { CasesTable, ChecksTable, EvidenceTable, ResetsTable } from '../../store/tables.ts';
import type { CheckRegistry } from './check.ts';
import { readChecksContext, type ChecksContext } from './checks-context.ts';
import { readMemory, speaksAgainst, type Memory } from './memory.ts';

export type CaseRecord = Selectable<CasesTable>;

/** Everything that decides what may happen in a case, read at one moment. */
export interface CaseContext extends ChecksContext {
  readonly opened: CaseRecord;
  readonly found: DirectoryAccount;
  readonly policy: PolicyVersion;
  readonly checks: readonly ChecksTable[];
  readonly evidence: readonly EvidenceTable[];
  readonly resets: readonly ResetsTable[];
  /** What all operators know of the account's last days. */
  readonly memory: Memory;
  /** Too many failures: only an approver can go on. */
  readonly approverOnly: boolean;
  readonly alertRaised: boolean;
  /** Why a reset needs a second pair of eyes; empty when one pair is enough. */
  readonly approvalNeeds: readonly ApprovalReason[];
  /** The case's requests for four eyes, newest first. */
  readonly approvals: readonly ApprovalRecord[];
  /** The yes that carries this action now, if there is one. */
  readonly approvedFor: (action: ResetAction) => ApprovalRecord | null;
  readonly own: boolean;
  readonly expiresAt: number;
  readonly at: number;
}

export interface CaseContextReader {
  /**
   * Reads with the transaction that will act on it where one is given; throws `case.not-found`, and `account.out-of-scope` for who may
   * not touch its account.
   */
  read(caseId: string, session: OperatorSession, tx?: Transaction): Promise<CaseContext>;
}

/** Reads where a case stands. */
export function createCaseContextReader({
  store,
  directory,
  policy,
  alerts,
  registry,
  keyed,
  now,
}: {
  store: Store;
  directory: Directory;
  policy: PolicyInForce;
  alerts: AlertReader;
  registry: CheckRegistry;
  keyed: KeyedHash;
  now: () => number;
}): CaseContextReader {
  return {
    async read(caseId, session, tx) {
      const db = tx ?? store.db;
      const opened = await db.selectFrom('cases').selectAll().where('id', '=', caseId).executeTakeFirst();
      const found = opened && (await directory.get(opened.account_id, tx));
      if (!opened || !found) throw new Refusal('case.not-found');
      assertCanAccess(session.operator, found.account);
      const inForce = await policy.current(tx);
      const { document } = inForce;
      const at = now();
      const ofCase = (table: 'checks' | 'evidence' | 'resets') =>
        db.selectFrom(table).selectAll().where('case_id', '=', caseId);
      const checks = (await ofCase('checks').orderBy('started_at', 'desc').execute()) as ChecksTable[];
      const evidence = (await ofCase('evidence').orderBy('at').execute()) as EvidenceTable[];
      const resets = (await ofCase('resets').orderBy('intended_at', 'desc').execute()) as ResetsTable[];
      const memory = await readMemory(db, opened, found.account, document, at);
      const alertRaised = await alerts.raisedFor(found.account.tier, tx);
      const approverOnly = memory.failures >= document.failedChecks.most;
      const approves = session.operator.roles.includes('approver');

      const own = opened.operator_id === session.operator.id;
      const held = approverOnly && !approves;
      const verification = await readChecksContext({
        registry,
        keyed,
        account: found.account,
        operator: session.operator,
        document,
        at,
        db,
        checks,
        evidence,
        session: own ? session : null,
        approverOnly: held,
        alertRaised,
      });
      const needs = approvalNeeds(
        {
          tier: found.account.tier,
          alertRaised,
          changedRecently: memory.changed.length > 0,
          failures: memory.failures,
          flagged: memory.flag !== null,
        },
        document,
      );
      const approvals = await db
        .selectFrom('approvals')
        .selectAll()
        .where('case_id', '=', caseId)
        .orderBy('asked_at', 'desc')
        .execute();
      const approvers = await approversOf(db, approvals);
      const use = {
        operatorId: session.operator.id,
        sessionId: session.id,
        policyVersion: inForce.version,
        needed: needs,
        changedAt: lastChange(memory),
        now: at,
      };
      return {
        opened,
        found,
        policy: inForce,
        checks,
        evidence,
        resets,
        memory,
        approverOnly,
        alertRaised,
        approvalNeeds: needs,
        approvals,
        approvedFor: (action) =>
          approvals.find((approval) =>
            carries(approval, approvers.get(approval.decided_by ?? '') ?? null, { ...use, action }),
          ) ?? null,
        ...verification,
        ...(held && { assurance: { ...verification.assurance, met: false, closing: [] } }),
        own,
        expiresAt: opened.last_activity_at + document.case.idle * 1000,
        at,
      };
    },
  };
}

/** When something last happened that an approver has to have seen before saying yes; null for never. */
function lastChange({ failedChecks, refusedCases, changed, flag }: Memory): number | null {
  const refused = refusedCases.find(speaksAgainst)?.ended_at ?? 0;
  const at = Math.max(
    failedChecks[0]?.at ?? 0,
    refused,
    flag?.at ?? 0,
    ...changed.map((change) => change.at),
  );
  return at === 0 ? null : at;
}

/** Throws unless the operator may act in the case now. */
export function assertOpen({ opened, own, expiresAt, at }: CaseContext): void {
  if (!own) throw new Refusal('case.not-yours');
  if (opened.state === 'expired') throw new Refusal('case.expired');
  if (opened.state !== 'open') throw new Refusal('case.ended');
  if (expiresAt <= at) throw new Refusal('case.expired');
}

/** Work in a case keeps it open. */
export const extendCase = (tx: Transaction, caseId: string, at: number) =>
  tx.updateTable('cases').set({ last_activity_at: at }).where('id', '=', caseId).execute();
