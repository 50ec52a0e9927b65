import { randomUUID } from 'node:crypto';
import type { Origin } from '../../store/append-event.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { Live } from '../../live/live.ts';
import type { Notifications } from '../../messaging/notifications/notifications.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { Sealed } from '../../store/sealed.ts';
import type { Transaction, RecordEvent, Store } from '../../store/store.ts';
import type { ApplyChange } from './apply-change.ts';
import { isContactChange, maskedTarget, describeChange, type OwnChange } from './own-change.ts';
import { findRecentReset, type RecentReset } from './recent-reset.ts';
import { changeSealName, withdrawOpen } from './settle-change.ts';

export type OwnChangeOutcome =
  | { readonly kind: 'done' }
  /** The change waits for an approver; it is dropped at `until` (milliseconds). */
  | { readonly kind: 'held'; readonly until: number };

interface Details {
  /** The row that was stored when the code was sent. */
  readonly changeId?: string;
  /** The user entered the code that was sent to the new address or number. */
  readonly confirmed?: boolean;
}

export interface OwnChanges {
  /**
   * Applies a change by the owner of an account, or holds it for an approver if it comes shortly after a reset by the help desk. `first` runs in the
   * same transaction and may throw to undo it.
   */
  make(
    account: Pick<AccountRow, 'id'>,
    change: OwnChange,
    origin: Origin,
    details?: Details,
    first?: (tx: Transaction, record: RecordEvent) => Promise<void>,
  ): Promise<OwnChangeOutcome>;
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

/** Changes by users of their own accounts, applied immediately or held for an approver. */
export function createOwnChanges(collaborators: Collaborators): OwnChanges {
  const { store, policy, sealed, applyChange, notifications, live, now } = collaborators;

  const hold = async (
    tx: Transaction,
    record: RecordEvent,
    { accountId, changeId, change }: { accountId: string; changeId: string; change: OwnChange },
    { resetId, until }: RecentReset,
  ) => {
    const { kind } = change;
    const shown = maskedTarget(change);
    await tx
      .updateTable('own_changes')
      .set({
        state: 'held',
        sealed: sealed.seal(changeSealName(changeId), JSON.stringify(change)),
        held_at: now(),
        held_until: until,
        reset_id: resetId,
      })
      .where('id', '=', changeId)
      .execute();
    const { case_id: caseId } = await tx
      .selectFrom('resets')
      .select('case_id')
      .where('id', '=', resetId)
      .executeTakeFirstOrThrow();
    await record({
      action: isContactChange(kind) ? 'account.contact-change-held' : 'account.second-factor-change-held',
      accountId,
      caseId,
      facts: { change: kind, shown, reset: resetId },
    });
    await notifications.changeHeld(tx, { accountId }, { what: describeChange(kind, shown), until });
  };

  return {
    async make(
      { id: accountId },
      change,
      origin,
      { changeId = randomUUID(), confirmed = false } = {},
      first,
    ) {
      const at = now();
      const { outcome, account } = await store.change(origin, async (tx, record) => {
        await first?.(tx, record);
        // The latest request replaces earlier ones.
        await withdrawOpen(tx, record, { accountId, kind: change.kind, but: changeId, at });
        const { document } = await policy.current(tx);
        const before = await findRecentReset(tx, accountId, document.toxicCombination.within, at);
        const known = {
          kind: change.kind,
          state: 'done',
          shown: maskedTarget(change),
          sealed: null,
          code_hash: null,
          proved_at: confirmed ? at : null,
          settled_at: before === null ? at : null,
        };
        await tx
          .insertInto('own_changes')
          .values({
            id: changeId,
            account_id: accountId,
            ...known,
            tries_left: null,
            code_until: null,
            asked_at: at,
            held_at: null,
            held_until: null,
            reset_id: null,
            decided_by: null,
            reason: null,
            client: origin.client,
            client_address: origin.clientAddress,
          })
          .onConflict((on) => on.column('id').doUpdateSet(known))
          .execute();
        if (before === null) await applyChange(tx, record, change, { accountId, confirmed, at });
        else await hold(tx, record, { accountId, changeId, change }, before);
        return {
          outcome:
            before === null ? ({ kind: 'done' } as const) : ({ kind: 'held', until: before.until } as const),
          account: await tx
            .selectFrom('accounts')
            .select(['display_name', 'department', 'tier', 'directory', 'directory_id'])
            .where('id', '=', accountId)
            .executeTakeFirstOrThrow(),
        };
      });
      if (outcome.kind === 'held') {
        live.publish({ type: 'change-held', changeId, displayName: account.display_name }, account);
      }
      live.publish({ type: 'account-changed', accountId });
      return outcome;
    },
  };
}
