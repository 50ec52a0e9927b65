import { createHash, randomUUID } from 'node:crypto';
import type { ProposedAnswer } from '../../shared/api/protected-change-view.ts';
import type { ProtectionState } from '../../shared/api/protected-change.ts';
import { hasOther, otherThan, readAdministrators } from '../authorization/administrators.ts';
import { readPerson } from '../authorization/persons.ts';
import { Refusal } from '../refusal.ts';
import { systemOrigin } from '../store/append-event.ts';
import { approversOf, readChangePersons, viewChanges } from './change-rows.ts';
import { createDecideChange } from './decide-change.ts';
import type { Acts, Description } from './description.ts';
import type { Collaborators, ProtectedChanges, ProtectedRequest } from './protected-changes-port.ts';
import { createSettleChange, factsOf } from './settle-change.ts';

/** Ends a rehearsed call: the call is possible, and nothing of it is kept. */
class Rehearsed extends Error {}

/** Waiting changes of the whole desk, so that one administrator does not bury what another one must see. */
const maxWaiting = 100;
const maxSettled = 50;

/** Holds changes that weaken a protection until a second administrator approves them. */
export function createProtectedChanges(
  collaborators: Collaborators & { readonly acts: Acts },
): ProtectedChanges {
  const { store, policy, keyed, sealed, mails, live, acts, now } = collaborators;
  const settle = createSettleChange(collaborators);
  const decide = createDecideChange({ ...collaborators, settle });

  const protectionOf = async (operatorId: string) => {
    const { secondAdministrator } = (await policy.current()).document.protectedChanges;
    const administrators = await readAdministrators(store.db);
    const others = otherThan(administrators, [await readPerson(store.db, operatorId)]);
    const state: ProtectionState = !secondAdministrator
      ? 'off'
      : hasOther(administrators, operatorId)
        ? 'second-administrator'
        : 'single';
    return { state, others };
  };

  /** Performs the call and, in the same transaction, records it and tells all administrators. */
  const performAtOnce = async <T>(
    { act, origin, session }: ProtectedRequest,
    description: Description,
    state: ProtectionState,
    perform: () => Promise<T>,
  ): Promise<T> => {
    const { subject, fields } = description;
    const before = await mails.readers(store.db);
    const { answer } = await store.together(async (tx, recordAs) => {
      await recordAs(origin, {
        action: 'protected-change.made',
        facts: { ...factsOf({ subject, fields }, act), second: state },
      });
      await settle.tellMade(
        tx,
        { act, subject, fields, proposedBy: session.operator.displayName },
        {
          before,
          how:
            state === 'single'
              ? 'There is no second administrator, so it took effect at once.'
              : 'The policy asks for no second administrator, so it took effect at once.',
        },
      );
    }, perform);
    live.publish({ type: 'protected-change-made', act, operator: session.operator.displayName });
    return answer;
  };

  /** Throws what the call would be refused with. Returns its answer if it would change nothing. */
  const rehearse = async <T>(perform: () => Promise<T>): Promise<{ readonly answer: T } | null> => {
    try {
      const { answer } = await store.together(() => {
        throw new Rehearsed();
      }, perform);
      return { answer };
    } catch (thrown) {
      if (thrown instanceof Rehearsed) return null;
      throw thrown;
    }
  };

  const propose = async (request: ProtectedRequest, description: Description): Promise<ProposedAnswer> => {
    const { act, params, body, session, origin } = request;
    const { subject, fields, raises } = description;
    const call = JSON.stringify([params ?? null, body ?? null]);
    const id = randomUUID();
    const { validFor } = (await policy.current()).document.protectedChanges;
    const row = {
      id,
      act,
      subject,
      fields: JSON.stringify(fields),
      raises: JSON.stringify(raises),
      sealed: sealed.seal(`protected-change ${id}`, call),
      call_hash: keyed.hash(
        'protected-change',
        createHash('sha256').update(`${session.operator.id} ${act} ${call}`).digest('hex'),
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
          detail: `${maxWaiting} changes wait for another administrator already.`,
        });
      await store.change(origin, async (tx, record) => {
        const persons = (await readChangePersons(tx, [row]))(row);
        const approvers = approversOf(await readAdministrators(tx), persons);
        if (approvers.length === 0) throw new Refusal('protected-change.no-approver');
        await tx.insertInto('protected_changes').values(row).execute();
        await record({
          action: 'protected-change.proposed',
          facts: { change: id, ...factsOf(description, act) },
        });
        await settle.tellProposed(
          tx,
          row,
          session.operator.displayName,
          approvers.map((one) => one.id),
        );
      });
      live.publish({
        type: 'protected-change-proposed',
        changeId: id,
        operator: session.operator.displayName,
      });
    }
    const [view] = await viewChanges(store.db, [same ?? row], session);
    if (view === undefined) throw new Error('A proposed change has a view');
    return { protectedChange: view };
  };

  return {
    async pass(request, perform) {
      const description = await acts[request.act](request);
      if (description === null) return { answer: await perform() };
      const { state, others } = await protectionOf(request.session.operator.id);
      if (state !== 'second-administrator')
        return { answer: await performAtOnce(request, description, state, perform) };
      if (others.every(({ id }) => description.raises.includes(id)))
        throw new Refusal('protected-change.no-approver');
      const unchanged = await rehearse(perform);
      return unchanged ?? { proposed: await propose(request, description) };
    },

    async list(session) {
      const { id } = session.operator;
      // An administrator with a scope does not decide, so they see what is theirs.
      const isLimited = !session.rights.has('protected-changes.decide');
      const of = (state: 'waiting' | 'settled') => {
        const rows = store.db
          .selectFrom('protected_changes')
          .selectAll()
          .where('state', state === 'waiting' ? '=' : '!=', 'waiting');
        return isLimited ? rows.where('proposed_by', '=', id) : rows;
      };
      const waiting = await of('waiting').where('expires_at', '>', now()).orderBy('proposed_at').execute();
      const settled = await of('settled').orderBy('settled_at', 'desc').limit(maxSettled).execute();
      const { state, others } = await protectionOf(id);
      return {
        waiting: await viewChanges(store.db, waiting, session),
        settled: await viewChanges(store.db, settled, session),
        protection: state,
        approvers: others.map(({ displayName }) => displayName),
      };
    },

    decide,

    async withdraw(changeId, session, origin) {
      const row = await settle.findWaiting(changeId);
      if (row.proposed_by !== session.operator.id) throw new Refusal('protected-change.not-yours');
      return settle.end(row, { state: 'withdrawn', by: session.operator.id }, origin, session);
    },

    async sweep() {
      const over = await store.db
        .selectFrom('protected_changes')
        .selectAll()
        .where('state', '=', 'waiting')
        .where('expires_at', '<=', now())
        .execute();
      for (const row of over) await settle.end(row, { state: 'expired', by: null }, systemOrigin, null);
    },
  };
}
