import type { ProtectionState } from '../../shared/api/protected-change.ts';
import { hasOther, otherThan, readAdministrators } from '../authorization/administrators.ts';
import { readPerson } from '../authorization/persons.ts';
import { Refusal } from '../refusal.ts';
import { systemOrigin, type AuditEvent, type Origin } from '../store/append-event.ts';
import type { Transaction } from '../store/store.ts';
import { viewChanges } from './change-rows.ts';
import { createDecideChange } from './decide-change.ts';
import type { Acts, Description } from './description.ts';
import { createProposeChange } from './propose-change.ts';
import type { Collaborators, ProtectedChanges, ProtectedRequest } from './protected-changes-port.ts';
import { createSettleChange, factsOf } from './settle-change.ts';
import { undisturbed } from './undisturbed.ts';

/** Thrown to roll back a rehearsed call, which is possible. */
class Rehearsed extends Error {}

const maxSettled = 50;

/** Whether changes by the operator need a second administrator, and who could approve them. */
async function readProtection(
  { store, policy }: Pick<Collaborators, 'store' | 'policy'>,
  operatorId: string,
) {
  const { secondAdministrator } = (await policy.current()).document.protectedChanges;
  const administrators = await readAdministrators(store.db);
  const others = otherThan(administrators, [await readPerson(store.db, operatorId)]);
  const state: ProtectionState = !secondAdministrator
    ? 'off'
    : hasOther(administrators, operatorId)
      ? 'second-administrator'
      : 'single';
  return { state, others };
}

/** Holds changes that weaken a protection until a second administrator approves them. */
export function createProtectedChanges(
  collaborators: Collaborators & { readonly acts: Acts },
): ProtectedChanges {
  const { store, mails, live, acts, now } = collaborators;
  const settle = createSettleChange(collaborators);
  const propose = createProposeChange({ ...collaborators, settle });
  const decide = createDecideChange({ ...collaborators, settle });

  /** Performs the call and, in the same transaction, records it and notifies all administrators. */
  const performAtOnce = async <T>(
    { act, origin, session }: ProtectedRequest,
    description: Description,
    state: ProtectionState,
    perform: () => Promise<T>,
    assertUndisturbed: (tx: Transaction) => Promise<void>,
  ): Promise<T> => {
    const { subject, fields } = description;
    const before = await mails.readers(store.db);
    const together = async (
      tx: Transaction,
      recordAs: (origin: Origin, event: AuditEvent) => Promise<void>,
    ) => {
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
              : 'The policy does not require a second administrator, so it took effect at once.',
        },
      );
    };
    const { answer } = await store.together(together, perform, assertUndisturbed);
    live.publish({ type: 'protected-change-made', act, operator: session.operator.displayName });
    return answer;
  };

  /** Throws the refusal that the call would get. Returns its answer if it would change nothing. */
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

  return {
    pass: (request, perform) =>
      undisturbed(store, request.act, async (assertUndisturbed) => {
        const description = await acts[request.act](request);
        if (description === null) return store.together(null, perform, assertUndisturbed);
        const { state, others } = await readProtection(collaborators, request.session.operator.id);
        if (state !== 'second-administrator')
          return { answer: await performAtOnce(request, description, state, perform, assertUndisturbed) };
        if (others.length === 0) throw new Refusal('protected-change.no-approver');
        if (others.every(({ id }) => description.raises.includes(id)))
          throw new Refusal('protected-change.third-needed');
        const unchanged = await rehearse(perform);
        return unchanged ?? { proposed: await propose(request, description) };
      }),

    async list(session) {
      const { id } = session.operator;
      // An administrator with a scope cannot decide, so they see only their own changes.
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
      const { state, others } = await readProtection(collaborators, id);
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
