import type {
  ChangedField,
  ProtectedAct,
  ProtectedChange,
  ProtectedChangeState,
} from '../../shared/api/protected-change-view.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import type { OperatorSession } from '../authorization/operator-session.ts';
import { Refusal } from '../refusal.ts';
import type { Facts, Origin } from '../store/append-event.ts';
import type { Transaction } from '../store/store.ts';
import type { Reader } from './change-mails.ts';
import { actOf, fieldsOf, viewChanges, type ChangeRow } from './change-rows.ts';
import { changeText } from './change-texts.ts';
import type { Collaborators } from './protected-changes-port.ts';

interface Change {
  readonly act: ProtectedAct;
  readonly subject: string | null;
  readonly fields: readonly ChangedField[];
}

/** The facts about a change in the audit log: names of fields without values. */
export const factsOf = ({ subject, fields }: Omit<Change, 'act'>, act: ProtectedAct): Facts => ({
  act,
  subject,
  fields: fields.map(({ name }) => name).join(', '),
});

/** How a waiting change ended without taking effect. */
interface End {
  readonly state: Exclude<ProtectedChangeState, 'waiting' | 'approved'>;
  /** The operator who ended it; null for the backend. */
  readonly by: string | null;
  readonly reason?: string;
  readonly failure?: ErrorCode;
}

/** What the proposer is told about the end of their change; null if they ended it themselves. */
function endText({ state, reason }: End, decider: string): string | null {
  switch (state) {
    case 'declined':
      return `${decider} declined it: ${reason ?? ''}`;
    case 'expired':
      return 'No administrator approved it in time.';
    case 'outdated':
      return `${decider} approved it, but the settings that it concerns had changed in the meantime.`;
    case 'withdrawn':
      return null;
  }
}

/** Ends waiting changes, with the records and notices that belong to each end. */
export function createSettleChange({ store, mails, live, now }: Collaborators) {
  const findWaiting = async (changeId: string): Promise<ChangeRow> => {
    const row = await store.db
      .selectFrom('protected_changes')
      .selectAll()
      .where('id', '=', changeId)
      .executeTakeFirst();
    if (!row) throw new Refusal('protected-change.not-found');
    if (row.state !== 'waiting' || row.expires_at <= now()) throw new Refusal('protected-change.settled');
    return row;
  };

  /** Writes the end of a change and deletes its secret part. Throws `protected-change.settled` if it has already ended. */
  const write = async (
    tx: Transaction,
    { id }: Pick<ChangeRow, 'id'>,
    end: Omit<End, 'state'> & { readonly state: Exclude<ProtectedChangeState, 'waiting'> },
  ): Promise<void> => {
    const { numUpdatedRows } = await tx
      .updateTable('protected_changes')
      .set({
        state: end.state,
        sealed: null,
        settled_at: now(),
        decided_by: end.by,
        reason: end.reason ?? null,
        failure: end.failure ?? null,
      })
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new Refusal('protected-change.settled');
  };

  return {
    findWaiting,
    write,

    /** Ends a change without effect. */
    async end(
      row: ChangeRow,
      end: End,
      origin: Origin,
      session: OperatorSession | null,
    ): Promise<ProtectedChange> {
      const act = actOf(row);
      await store.change(origin, async (tx, record) => {
        await write(tx, row, end);
        const { reason, failure } = end;
        await record({
          action: `protected-change.${end.state}`,
          outcome: end.state === 'declined' || end.state === 'outdated' ? 'refused' : 'done',
          facts: {
            change: row.id,
            ...factsOf({ subject: row.subject, fields: fieldsOf(row) }, act),
            ...(reason !== undefined && { reason }),
            ...(failure !== undefined && { code: failure }),
          },
        });
        const how = endText(end, session?.operator.displayName ?? '');
        if (how === null) return;
        const what = changeText(act, row.subject, fieldsOf(row));
        const readers = await mails.readers(tx, [row.proposed_by]);
        await mails.tell(tx, 'protected-change-dropped', readers, { what, how });
      });
      live.publish({ type: 'protected-change-settled', changeId: row.id, state: end.state });
      const reader = session ?? ({ operator: { id: row.proposed_by } } as OperatorSession);
      const [settled] = await store.db
        .selectFrom('protected_changes')
        .selectAll()
        .where('id', '=', row.id)
        .execute();
      const [view] = await viewChanges(store.db, settled ? [settled] : [], reader);
      if (view === undefined) throw new Error('A settled change has a view');
      return view;
    },

    /** Mails the administrators who can approve a change. */
    async tellProposed(tx: Transaction, row: ChangeRow, operator: string, approvers: readonly string[]) {
      const readers = await mails.readers(tx, approvers);
      const what = changeText(actOf(row), row.subject, fieldsOf(row));
      await mails.tell(tx, 'protected-change-proposed', readers, { what, operator, until: row.expires_at });
    },

    /** Mails all administrators that a change took effect, including at the addresses that they had before it. */
    async tellMade(
      tx: Transaction,
      change: Change & { readonly proposedBy: string },
      { before, how }: { readonly before: readonly Reader[]; readonly how: string },
    ): Promise<void> {
      const { act, subject, fields, proposedBy } = change;
      const after = await mails.readers(tx);
      await mails.tell(tx, 'protected-change-made', [...before, ...after], {
        what: changeText(act, subject, fields),
        operator: proposedBy,
        how,
      });
    },
  };
}
export type SettleChange = ReturnType<typeof createSettleChange>;
