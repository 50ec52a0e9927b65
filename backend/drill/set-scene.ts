import { randomUUID } from 'node:crypto';
import type { DrillScene } from '../../shared/api/drill.ts';
import type { Transaction, Store } from '../store/store.ts';
import { approver, colleague, staffRow } from './invented-staff.ts';
import type { Caller, DrillAccount } from './callers.ts';
import { emailChangedBefore } from './personas.ts';

const minute = 60_000;

/** Inserts a call earlier today that another operator refused after a failed check. */
async function insertRefusal(
  tx: Transaction,
  { id: accountId, open }: DrillAccount,
  at: number,
): Promise<void> {
  const [kind] = open;
  if (kind === undefined) return;
  const caseId = randomUUID();
  const checkId = randomUUID();
  const sessionId = 'drill-colleague-session';
  await tx
    .insertInto('cases')
    .values({
      id: caseId,
      account_id: accountId,
      operator_id: colleague.id,
      session_id: sessionId,
      ticket: null,
      reason: 'forgotten',
      state: 'refused',
      opened_at: at - 100 * minute,
      last_activity_at: at - 94 * minute,
      ended_at: at - 94 * minute,
      refusal_reason: 'wrong-answers',
      refusal_note: null,
    })
    .execute();
  const common = {
    case_id: caseId,
    account_id: accountId,
    operator_id: colleague.id,
    session_id: sessionId,
    kind,
  };
  await tx
    .insertInto('checks')
    .values({
      ...common,
      id: checkId,
      state: 'failed',
      code_hash: null,
      destination: null,
      destination_hash: null,
      mail_id: null,
      tries_left: null,
      started_at: at - 98 * minute,
      expires_at: at - 83 * minute,
      settled_at: at - 95 * minute,
    })
    .execute();
  await tx
    .insertInto('evidence')
    .values({
      ...common,
      id: randomUUID(),
      check_id: checkId,
      outcome: 'failed',
      note: 'Three wrong answers.',
      at: at - 95 * minute,
    })
    .execute();
}

/** Milliseconds: longer than a drill can last. */
const alertFor = 24 * 60 * minute;

const raiseAlert = (tx: Transaction, at: number) =>
  tx
    .insertInto('alerts')
    .values({
      id: randomUUID(),
      scope: 'all',
      reason: 'Attackers are calling about many accounts today.',
      valid_for: alertFor / 1000,
      proposed_by: approver.id,
      proposed_at: at,
      seconded_by: null,
      raised_at: at,
      expires_at: at + alertFor,
      ended_at: null,
      ended_by: null,
    })
    .execute();

/** Inserts the staff, a raised alert if the scene has one, and earlier events; `at` in milliseconds. */
export async function setScene(
  store: Store,
  operator: { readonly id: string; readonly displayName: string },
  callers: readonly Caller[],
  at: number,
  scene: DrillScene = 'calm',
): Promise<void> {
  await store.writeUnaudited(async (tx) => {
    await tx
      .insertInto('operators')
      .values(
        // Gives them an identity at a provider that the drill does not have, so that they count as people who can sign in.
        [operator, approver, colleague].map((person) => ({
          ...staffRow(person, at),
          provider_subject: person.id,
        })),
      )
      .execute();
    if (scene === 'raised-alert') await raiseAlert(tx, at);
    for (const { persona, account } of callers) {
      if (persona.past === 'refused-today') await insertRefusal(tx, account, at);
      if (persona.past === 'email-changed') {
        await tx
          .updateTable('accounts')
          .set({ email_changed_at: at - emailChangedBefore })
          .where('id', '=', account.id)
          .execute();
      }
    }
  });
}
