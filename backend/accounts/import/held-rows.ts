import type { HeldDecision, HeldRowView } from '../../../shared/api/held-row.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { isOwnAccount, readPerson } from '../../authorization/persons.ts';
import { Refusal } from '../../refusal.ts';
import type { Origin } from '../../store/append-event.ts';
import type { Store } from '../../store/store.ts';
import { listHeldRows, stagedRowOf } from './list-held-rows.ts';
import { createSettleHeldRow, readAccount, type HeldRowCollaborators } from './settle-held-row.ts';

/** Rows of files that contradict stored data about a person, and the decisions about them. */
export interface HeldRows {
  list(limit: number): Promise<{ rows: HeldRowView[]; more: boolean }>;
  /** Returns the account that the row belongs to now. */
  decide(
    heldRowId: string,
    decision: HeldDecision,
    reason: string,
    session: OperatorSession,
    origin: Origin,
  ): Promise<string | null>;
}

export function createHeldRows(collaborators: HeldRowCollaborators & { readonly store: Store }): HeldRows {
  const { store, now } = collaborators;
  const settle = createSettleHeldRow(collaborators);

  return {
    list: (limit) => listHeldRows(store, limit),

    async decide(heldRowId, decision, reason, { operator }, origin) {
      return store.change(origin, async (tx, record) => {
        const held = await tx
          .selectFrom('held_rows')
          .selectAll()
          .where('id', '=', heldRowId)
          .executeTakeFirst();
        if (held === undefined) throw new Refusal('held-row.not-found');
        if (held.state !== 'open') throw new Refusal('held-row.settled');
        const running = await tx
          .selectFrom('imports')
          .select('id')
          .where('state', '=', 'running')
          .executeTakeFirst();
        if (running !== undefined) throw new Refusal('import.already-running');
        const person = await readPerson(tx, operator.id);
        for (const id of [held.account_id, held.match_id]) {
          const account = await readAccount(tx, id);
          if (account !== null && isOwnAccount(person, account)) throw new Refusal('account.own');
        }
        const accountId = await settle(tx, record, held, decision, reason);
        await tx
          .updateTable('held_rows')
          .set({
            state: decision,
            decided_at: now(),
            decided_by: operator.id,
            decision_reason: reason,
          })
          .where('id', '=', heldRowId)
          .execute();
        const facts = {
          decision,
          reason,
          hold: held.reason,
          userName: stagedRowOf(held).user_name,
          importId: held.import_id,
          line: held.line,
        };
        await record({ action: 'accounts.held-row-decided', accountId: accountId ?? held.account_id, facts });
        return accountId;
      });
    },
  };
}
