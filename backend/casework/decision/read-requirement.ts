import type { Kysely } from 'kysely';
import type { Tables } from '../../store/tables.ts';

/** A required reset that an account's owner has not completed. Instants in milliseconds. */
export interface Requirement {
  readonly requiredResetId: string;
  readonly reason: string;
  readonly startedAt: number;
  readonly dueAt: number;
  /** Null until a mail is queued. */
  readonly toldAt: number | null;
  readonly byDesk: boolean;
}

/** Reads the required reset of an account with the earliest due date; null for none. */
export async function readRequirement(db: Kysely<Tables>, accountId: string): Promise<Requirement | null> {
  const row = await db
    .selectFrom('required_reset_accounts as account')
    .innerJoin('required_resets as required', 'required.id', 'account.required_reset_id')
    .select([
      'required.id',
      'required.reason',
      'required.started_at',
      'required.due_at',
      'account.told_at',
      'account.by_desk',
    ])
    .where('account.account_id', '=', accountId)
    .where('account.state', '=', 'open')
    .where('required.state', '=', 'running')
    .orderBy('required.due_at')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  return {
    requiredResetId: row.id,
    reason: row.reason,
    startedAt: row.started_at,
    dueAt: row.due_at,
    toldAt: row.told_at,
    byDesk: row.by_desk === 1,
  };
}
