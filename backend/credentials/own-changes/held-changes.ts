import type { HeldChange } from '../../../shared/api/held-change.ts';
import { withRefusalAudit } from '../../store/refusal-audit.ts';
import { type Origin, systemOrigin } from '../../store/append-event.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { Live } from '../../live/live.ts';
import type { Notifications } from '../../messaging/notifications/notifications.ts';
import { assertRecentProof } from '../../authorization/recent-proof.ts';
import { assertSecondPerson } from '../../authorization/four-eyes.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { Refusal } from '../../refusal.ts';
import type { Sealed } from '../../store/sealed.ts';
import type { Store } from '../../store/store.ts';
import type { ApplyChange } from './apply-change.ts';
import { createHeldRows, heldMatter } from './held-rows.ts';
import { ownChange, describeChange } from './own-change.ts';
import { changeSealName, settleChange } from './settle-change.ts';

export interface HeldChanges {
  /** Oldest first; only what is within the operator's scope. */
  list(session: OperatorSession): Promise<HeldChange[]>;
  get(changeId: string, session: OperatorSession): Promise<HeldChange>;
  /** The number of changes that the operator can decide; 0 without the right to approve. */
  countWaiting(session: OperatorSession): Promise<number>;
  /** Applies (approve) or drops (deny) a change; its owner is notified at every address. */
  decide(
    changeId: string,
    answer: { decision: 'approve' | 'deny'; reason: string },
    session: OperatorSession,
    origin: Origin,
  ): Promise<void>;
  /** Withdraws a change for the owner of the account. False if it is no longer pending. */
  withdraw(account: Pick<AccountRow, 'id'>, changeId: string, origin: Origin): Promise<boolean>;
  /** Drops changes that no approver decided in time. */
  sweep(): Promise<void>;
}

interface Collaborators {
  readonly store: Store;
  readonly policy: PolicyInForce;
  readonly sealed: Sealed;
  readonly applyChange: ApplyChange;
  readonly notifications: Notifications;
  readonly live: Live;
  readonly now: () => number;
}

const why = {
  denied: 'The help desk rejected it. If it was you, call the help desk.',
  lapsed:
    'The help desk did not approve it in time. If it was you, request it again: it will no longer be put on hold.',
} as const;

/** Changes shortly after a reset, which approvers apply or drop. */
export function createHeldChanges(collaborators: Collaborators): HeldChanges {
  const { store, policy, sealed, applyChange, notifications, live, now } = collaborators;
  const rows = createHeldRows({ store, now });

  return {
    ...rows,
    countWaiting: async (session) =>
      session.rights.has('approvals.decide')
        ? (await rows.list(session)).filter(({ obstacle }) => obstacle === null).length
        : 0,
    async decide(changeId, { decision, reason }, session, origin) {
      const known = await rows.accountOf(changeId);
      const about = { action: 'own-change.refused', ...(known !== null && { accountId: known }) } as const;
      const accountId = await withRefusalAudit(store, origin, about, () =>
        store.change(origin, async (tx, record) => {
          const at = now();
          const row = await rows.find(changeId, tx);
          const { account_id: whose } = row;
          if (row.state !== 'held' || (row.held_until ?? 0) <= at) throw new Refusal('held-change.settled');
          const account = await tx
            .selectFrom('accounts')
            .selectAll()
            .where('id', '=', whose)
            .executeTakeFirstOrThrow();
          const reset = await tx
            .selectFrom('resets')
            .select(['operator_id', 'case_id', 'intended_at'])
            .where('id', '=', row.reset_id ?? '')
            .executeTakeFirstOrThrow();
          await assertSecondPerson(tx, session.operator.id, heldMatter(account, reset), {
            'own-action': 'held-change.own-reset',
          });
          const { approvals } = (await policy.current(tx)).document;
          assertRecentProof(session, approvals.provedWithin, at);
          const ending = { at, by: session.operator.id, reason };
          if (decision === 'deny') {
            await settleChange(tx, record, row, { ...ending, state: 'denied' });
            const what = describeChange(row.kind as HeldChange['kind'], row.shown);
            await notifications.changeDropped(tx, { accountId: whose }, { what, how: why.denied });
            return whose;
          }
          const change = ownChange.parse(JSON.parse(sealed.open(changeSealName(row.id), row.sealed ?? '')));
          await tx
            .updateTable('own_changes')
            .set({ state: 'done', settled_at: at, sealed: null, decided_by: ending.by, reason })
            .where('id', '=', row.id)
            .execute();
          await record({
            action: 'own-change.approved',
            accountId: whose,
            facts: { change: row.kind, shown: row.shown, reason },
          });
          await applyChange(tx, record, change, { accountId: whose, confirmed: row.proved_at !== null, at });
          return whose;
        }),
      );
      live.publish({ type: 'account-changed', accountId });
    },

    async withdraw({ id: accountId }, changeId, origin) {
      const row = await store.db
        .selectFrom('own_changes')
        .selectAll()
        .where('id', '=', changeId)
        .where('account_id', '=', accountId)
        .where('state', 'in', ['unproved', 'held'])
        .executeTakeFirst();
      if (!row) return false;
      const withdrawn = await store.change(origin, async (tx, record) => {
        const settled = await settleChange(tx, record, row, { state: 'withdrawn', at: now() });
        if (!settled) await record({ action: 'own-change.refused', outcome: 'refused', accountId });
        return settled;
      });
      live.publish({ type: 'account-changed', accountId });
      return withdrawn;
    },

    async sweep() {
      const over = await store.db
        .selectFrom('own_changes')
        .selectAll()
        .where('state', '=', 'held')
        .where('held_until', '<=', now())
        .limit(100)
        .execute();
      for (const row of over) {
        await store
          .change(systemOrigin, async (tx, record) => {
            const accountId = row.account_id;
            if (!(await settleChange(tx, record, row, { state: 'lapsed', at: now() })))
              throw new SettledMeanwhile();
            const what = describeChange(row.kind as HeldChange['kind'], row.shown);
            await notifications.changeDropped(tx, { accountId }, { what, how: why.lapsed });
          })
          .catch((thrown: unknown) => {
            if (!(thrown instanceof SettledMeanwhile)) throw thrown;
          });
        live.publish({ type: 'account-changed', accountId: row.account_id });
      }
    },
  };
}

class SettledMeanwhile extends Error {}
