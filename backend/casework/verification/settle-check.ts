import { randomUUID } from 'node:crypto';
import { withdrawMail } from '../../messaging/mail/withdraw-mail.ts';
import type { Transaction, RecordEvent } from '../../store/store.ts';
import type { ChecksTable, EvidenceTable } from '../../store/tables.ts';

/** Ends a check and writes its evidence, in the transaction that settles it. `at` in milliseconds. Returns the evidence's id. */
export async function settleCheck(
  tx: Transaction,
  check: ChecksTable,
  state: 'passed' | 'failed' | 'expired' | 'locked',
  note: string | null,
  at: number,
): Promise<string> {
  await tx
    .updateTable('checks')
    .set({ state, settled_at: at, code_hash: null })
    .where('id', '=', check.id)
    .execute();
  const { case_id, account_id, operator_id, session_id, kind } = check;
  const evidence: EvidenceTable = {
    id: randomUUID(),
    check_id: check.id,
    case_id,
    account_id,
    operator_id,
    session_id,
    kind,
    outcome: state === 'locked' ? 'failed' : state,
    note,
    at,
  };
  await tx.insertInto('evidence').values(evidence).execute();
  return evidence.id;
}

/** Ends a check without a result about the caller, and records why. */
export async function expireCheck(
  tx: Transaction,
  record: RecordEvent,
  check: ChecksTable,
  why: string,
  at: number,
): Promise<void> {
  const evidence = await settleCheck(tx, check, 'expired', null, at);
  await withdrawMail(tx, record, check.mail_id, at);
  await record({
    action: 'check.expired',
    accountId: check.account_id,
    caseId: check.case_id,
    facts: { kind: check.kind, check: check.id, evidence, why },
  });
}

/** Reads the check if it is still pending. */
export const pendingCheck = (tx: Transaction, checkId: string) =>
  tx
    .selectFrom('checks')
    .selectAll()
    .where('id', '=', checkId)
    .where('state', '=', 'pending')
    .executeTakeFirst();
