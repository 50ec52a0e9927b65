import { createHash, randomUUID } from 'node:crypto';
import type { ProposedAnswer } from '../../shared/api/protected-change-view.ts';
import { readAdministrators } from '../authorization/administrators.ts';
import { Refusal } from '../refusal.ts';
import { approversOf, readChangePersons, viewChanges, type ChangeRow } from './change-rows.ts';
import type { Description } from './description.ts';
import type { Collaborators, ProtectedRequest } from './protected-changes-port.ts';
import { sealCall } from './proposed-call.ts';
import { factsOf, type SettleChange } from './settle-change.ts';

/** The maximum number of waiting changes on the whole desk, so that one administrator cannot hide a change among many. */
const maxWaiting = 100;

/** Stores a change until a second administrator decides it, and notifies those who can. The same change proposed again is stored once. */
export function createProposeChange({
  store,
  policy,
  keyed,
  sealed,
  live,
  settle,
  now,
}: Collaborators & { readonly settle: SettleChange }) {
  const rowFor = async (request: ProtectedRequest, description: Description): Promise<ChangeRow> => {
    const { act, session, origin } = request;
    const { subject, fields, raises } = description;
    const id = randomUUID();
    const call = sealCall(sealed, id, request);
    const { validFor } = (await policy.current()).document.protectedChanges;
    return {
      id,
      act,
      subject,
      fields: JSON.stringify(fields),
      raises: JSON.stringify(raises),
      sealed: call.sealed,
      call_hash: keyed.hash(
        'protected-change',
        createHash('sha256').update(`${session.operator.id} ${act} ${call.text}`).digest('hex'),
      ),
      state: 'waiting',
      proposed_by: session.operator.id,
      session_id: session.id,
      proposed_at: now(),
      expires_at: now() + validFor * 1000,
      client: origin.client,
      client_address: origin.clientAddress,
      decided_by: null,
      settled_at: null,
      reason: null,
      failure: null,
    };
  };

  /** Throws `protected-change.no-approver` if no other administrator can approve the change. */
  const keep = async (
    row: ChangeRow,
    { act, session, origin }: ProtectedRequest,
    description: Description,
  ) => {
    const operator = session.operator.displayName;
    await store.change(origin, async (tx, record) => {
      const persons = (await readChangePersons(tx, [row]))(row);
      const approvers = approversOf(await readAdministrators(tx), persons);
      if (approvers.length === 0) throw new Refusal('protected-change.no-approver');
      await tx.insertInto('protected_changes').values(row).execute();
      await record({
        action: 'protected-change.proposed',
        facts: { change: row.id, ...factsOf(description, act) },
      });
      await settle.tellProposed(
        tx,
        row,
        operator,
        approvers.map(({ id }) => id),
      );
    });
    live.publish({ type: 'protected-change-proposed', changeId: row.id, operator });
  };

  return async (request: ProtectedRequest, description: Description): Promise<ProposedAnswer> => {
    const row = await rowFor(request, description);
    const waiting = await store.db
      .selectFrom('protected_changes')
      .selectAll()
      .where('state', '=', 'waiting')
      .execute();
    const same = waiting.find(
      ({ call_hash, expires_at }) => call_hash === row.call_hash && expires_at > now(),
    );
    if (same === undefined) {
      if (waiting.length >= maxWaiting)
        throw new Refusal('request.rate-limited', {
          detail: `${maxWaiting} changes are already waiting for another administrator.`,
        });
      await keep(row, request, description);
    }
    const [view] = await viewChanges(store.db, [same ?? row], request.session);
    if (view === undefined) throw new Error('A proposed change has a view');
    return { protectedChange: view };
  };
}
