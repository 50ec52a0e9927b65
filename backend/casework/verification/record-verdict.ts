import type { Transaction, RecordEvent } from '../../store/store.ts';
import type { ChecksTable } from '../../store/tables.ts';
import type { Verdict } from '../decision/check.ts';
import { settleCheck } from './settle-check.ts';

export type AnswerOutcome = 'passed' | 'wrong' | 'failed' | 'locked';

/** Records the verdict on an answer: its event, the remaining tries, and the evidence once the check is settled. */
export async function recordVerdict(
  tx: Transaction,
  record: RecordEvent,
  check: ChecksTable,
  verdict: Verdict,
  { at, policyVersion }: { at: number; policyVersion: number },
): Promise<AnswerOutcome> {
  const { outcome, facts = {} } = verdict;
  const note = verdict.note ?? null;
  const { kind, account_id: accountId, case_id: caseId } = check;
  const checkFacts = { kind, check: check.id };
  const about = { accountId, caseId, policyVersion };
  switch (outcome) {
    case 'passed': {
      const evidence = await settleCheck(tx, check, 'passed', note, at);
      await record({ action: 'check.passed', facts: { ...checkFacts, evidence, ...facts }, ...about });
      return 'passed';
    }
    case 'failed': {
      const evidence = await settleCheck(tx, check, 'failed', note, at);
      await record({
        action: 'check.failed',
        outcome: 'failed',
        facts: { ...checkFacts, evidence, ...facts },
        ...about,
      });
      return 'failed';
    }
    case 'unreached': {
      const evidence = await settleCheck(tx, check, 'expired', note, at);
      await record({
        action: 'check.expired',
        outcome: 'failed',
        facts: { ...checkFacts, evidence, ...facts },
        ...about,
      });
      return 'failed';
    }
    case 'wrong': {
      const triesLeft = Math.max(0, (check.tries_left ?? 1) - 1);
      await tx.updateTable('checks').set({ tries_left: triesLeft }).where('id', '=', check.id).execute();
      await record({
        action: 'check.wrong-code',
        outcome: 'refused',
        facts: { ...checkFacts, triesLeft, ...facts },
        ...about,
      });
      if (triesLeft > 0) return 'wrong';
      const evidence = await settleCheck(tx, check, 'locked', note, at);
      await record({
        action: 'check.locked',
        outcome: 'failed',
        facts: { ...checkFacts, evidence },
        ...about,
      });
      return 'locked';
    }
  }
}
