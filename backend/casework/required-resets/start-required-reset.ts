import { setImmediate } from 'node:timers/promises';
import type { z } from 'zod';
import type { startRequiredReset } from '../../../shared/api/required-reset.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { Refusal } from '../../refusal.ts';
import type { Origin } from '../../store/append-event.ts';
import type { Store, Transaction } from '../../store/store.ts';
import type { AudienceMember, FindAudience } from './find-audience.ts';

export type Starting = z.output<typeof startRequiredReset.body>;

interface Collaborators {
  readonly store: Store;
  readonly findAudience: FindAudience;
  readonly now: () => number;
}

/** Milliseconds from now to the latest possible due date. */
const farthest = 366 * 24 * 3_600_000;
/** Rows in one statement. */
const rowsAtOnce = 500;

const insertAll = async (tx: Transaction, id: string, members: readonly AudienceMember[]) => {
  for (let at = 0; at < members.length; at += rowsAtOnce) {
    const rows = members.slice(at, at + rowsAtOnce).map(({ accountId, hasEmail, leftOut }) => ({
      required_reset_id: id,
      account_id: accountId,
      state: leftOut === null ? 'open' : 'left-out',
      left_out: leftOut,
      by_desk: leftOut === null && !hasEmail ? (1 as const) : (0 as const),
      told_for: 0,
      told_at: null,
      done_at: null,
    }));
    await tx.insertInto('required_reset_accounts').values(rows).execute();
    // Searches have a connection of their own and continue between two statements.
    await setImmediate();
  }
};

/** Requires a new password of an audience from now on. A repeated id changes nothing and is recorded as refused. */
export function createStartRequiredReset({ store, findAudience, now }: Collaborators) {
  return async (starting: Starting, session: OperatorSession, origin: Origin): Promise<void> => {
    const { id, audience, reason } = starting;
    const dueAt = Date.parse(starting.dueAt);
    if (dueAt <= now() || dueAt > now() + farthest) throw new Refusal('required-reset.due-date');
    const { members, unknown, tooMany } = await findAudience(audience, session.operator);
    if (tooMany) throw new Refusal('required-reset.too-many');
    const accounts = members.filter(({ leftOut }) => leftOut === null).length;
    if (accounts === 0) throw new Refusal('required-reset.nobody');
    await store.change(origin, async (tx, record) => {
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('required_resets')
        .values({
          id,
          reason,
          audience: audience.kind,
          state: 'running',
          started_by: session.operator.displayName,
          started_at: now(),
          due_at: dueAt,
          ended_at: null,
          stopped_by: null,
          stop_reason: null,
        })
        .onConflict((on) => on.column('id').doNothing())
        .executeTakeFirst();
      const again = numInsertedOrUpdatedRows !== 1n;
      if (!again) await insertAll(tx, id, members);
      await record({
        action: 'required-reset.started',
        outcome: again ? 'refused' : 'done',
        facts: {
          requiredReset: id,
          reason,
          audience: audience.kind,
          accounts,
          leftOut: members.length - accounts,
          unknown: unknown.length,
          due: starting.dueAt,
        },
      });
    });
  };
}
