import type { ErrorCode } from '../../shared/errors/codes.ts';
import type { ProtectedAct, ProtectedChange } from '../../shared/api/protected-change-view.ts';
import { readAdministrators } from '../authorization/administrators.ts';
import type { OperatorSession } from '../authorization/operator-session.ts';
import { Refusal } from '../refusal.ts';
import type { Origin } from '../store/append-event.ts';
import type { Companion, Store, Transaction } from '../store/store.ts';
import {
  actOf,
  fieldsOf,
  obstacleFor,
  readChangePersons,
  viewChanges,
  type ChangeRow,
} from './change-rows.ts';
import type { Acts, Description, ProtectedCall } from './description.ts';
import { openCall, readProposer } from './proposed-call.ts';
import type { Collaborators, Perform, ProtectedChanges } from './protected-changes-port.ts';
import { factsOf, type SettleChange } from './settle-change.ts';
import { undisturbed } from './undisturbed.ts';

type Obstacle = NonNullable<ProtectedChange['obstacle']>;

const refusals: Readonly<Record<Obstacle, ErrorCode>> = {
  'own-proposal': 'protected-change.own',
  'own-rights': 'protected-change.own-rights',
  'not-permitted': 'session.not-permitted',
};

/** The refusals of an approved change after which it keeps waiting. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'protected-change.settled',
  'request.rate-limited',
] as const);

/** A second administrator's approval or refusal of a waiting change. */
export function createDecideChange({
  store,
  sealed,
  mails,
  live,
  acts,
  settle,
}: Collaborators & { readonly acts: Acts; readonly settle: SettleChange }): ProtectedChanges['decide'] {
  /** Throws unless the operator is a second administrator for the change. */
  const assertCanDecide = async (
    db: Transaction | Store['db'],
    row: ChangeRow,
    { operator }: OperatorSession,
  ): Promise<void> => {
    const administrators = await readAdministrators(db);
    const personsOf = await readChangePersons(db, [row]);
    const self = administrators.find(({ id }) => id === operator.id);
    const obstacle = obstacleFor(self, personsOf(row));
    if (obstacle !== null) throw new Refusal(refusals[obstacle]);
  };

  /** What the call would change now; null if it would change nothing or be refused. */
  const describe = (act: ProtectedAct, call: ProtectedCall): Promise<Description | null> =>
    acts[act](call).catch((thrown: unknown) => {
      if (thrown instanceof Refusal) return null;
      throw thrown;
    });

  const isUnchanged = (row: ChangeRow, now: Description | null): now is Description =>
    now !== null && now.subject === row.subject && JSON.stringify(now.fields) === row.fields;

  const approve = async (
    row: ChangeRow,
    reason: string,
    session: OperatorSession,
    origin: Origin,
    perform: Perform,
  ): Promise<ProtectedChange> => {
    const act = actOf(row);
    const fail = async (failure: ErrorCode): Promise<never> => {
      const end = { state: 'outdated', by: session.operator.id, reason, failure } as const;
      await settle.end(row, end, origin, session);
      throw new Refusal('protected-change.outdated', { detail: failure });
    };
    const call = openCall(sealed, row);
    const proposer = await readProposer(store, row);
    if (call === null || proposer === null)
      return fail(call === null ? 'request.conflict' : 'session.not-permitted');
    const before = await mails.readers(store.db);
    const actor = {
      kind: 'operator',
      id: proposer.operator.id,
      name: proposer.operator.displayName,
    } as const;
    const proposerOrigin = { actor, clientAddress: row.client_address, client: row.client };
    const approved: Companion = async (tx, recordAs) => {
      await assertCanDecide(tx, row, session);
      await settle.write(tx, row, { state: 'approved', by: session.operator.id, reason });
      await recordAs(origin, {
        action: 'protected-change.approved',
        facts: {
          change: row.id,
          ...factsOf({ subject: row.subject, fields: fieldsOf(row) }, act),
          proposedBy: actor.name,
          reason,
        },
      });
      const about = {
        act,
        subject: row.subject,
        fields: fieldsOf(row),
        proposedBy: actor.name,
      };
      const how = `${session.operator.displayName} approved it: ${reason}`;
      await settle.tellMade(tx, about, { before, how });
    };
    try {
      await undisturbed(store, act, async (assertUndisturbed) => {
        if (!isUnchanged(row, await describe(act, call))) throw new Refusal('request.conflict');
        const performed = () => perform(act, { ...call, session: proposer, origin: proposerOrigin });
        await store.together(approved, performed, assertUndisturbed);
      });
    } catch (thrown) {
      if (thrown instanceof Refusal && !passing.has(thrown.code) && !isDecisionRefusal(thrown))
        return fail(thrown.code);
      throw thrown;
    }
    live.publish({ type: 'protected-change-settled', changeId: row.id, state: 'approved' });
    live.publish({ type: 'protected-change-made', act, operator: actor.name });
    const done = await store.db
      .selectFrom('protected_changes')
      .selectAll()
      .where('id', '=', row.id)
      .execute();
    const [view] = await viewChanges(store.db, done, session);
    if (view === undefined) throw new Error('An approved change has a view');
    return view;
  };

  return async (changeId, { decision, reason }, session, origin, perform) => {
    const row = await settle.findWaiting(changeId);
    try {
      await assertCanDecide(store.db, row, session);
    } catch (thrown) {
      if (thrown instanceof Refusal)
        await store.change(origin, (_tx, record) =>
          record({
            action: 'protected-change.refused',
            outcome: 'refused',
            facts: { change: changeId, code: thrown.code },
          }),
        );
      throw thrown;
    }
    return decision === 'decline'
      ? settle.end(row, { state: 'declined', by: session.operator.id, reason }, origin, session)
      : approve(row, reason, session, origin, perform);
  };
}

/** Whether the refusal concerns the second administrator instead of the change. */
const isDecisionRefusal = ({ code }: Refusal): boolean =>
  code === 'protected-change.own' || code === 'protected-change.own-rights';
