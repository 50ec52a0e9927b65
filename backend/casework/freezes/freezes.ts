import type { FrozenRow } from '../../../shared/api/freeze.ts';
import type { Origin } from '../../store/append-event.ts';
import { recordDeadLink } from '../../store/dead-links.ts';
import type { EventWindows } from '../../store/event-windows.ts';
import { thenForget } from '../../store/database-fault.ts';
import { withRefusalAudit } from '../../store/refusal-audit.ts';
import type { AccountRow, Directory } from '../../directories/directory.ts';
import type { Live } from '../../live/live.ts';
import type { Notifications } from '../../messaging/notifications/notifications.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { Refusal } from '../../refusal.ts';
import type { PendingSecrets } from '../../passwords/temporary-passwords/pending-secrets.ts';
import type { KeyedHash } from '../../store/keyed-hash.ts';
import type { Store } from '../../store/store.ts';
import { freezeAccount } from './freeze-account.ts';
import { createFreezeReviews } from './freeze-reviews.ts';
import { createNotMeLinks } from './not-me-links.ts';

/** The subject of a "This was not me" link; `dead` if the link is unknown or too old. */
export type NotMe =
  { readonly kind: 'good' | 'frozen'; readonly account: AccountRow } | { readonly kind: 'dead' };

export interface Freezes {
  /** Reads the subject of a link. Changes nothing, because mail scanners open every link. */
  look(token: string): Promise<NotMe>;
  /** Freezes the account of the link. A second press, or a press for a frozen account, changes nothing. */
  freezeByOwner(token: string, origin: Omit<Origin, 'actor'>): Promise<NotMe>;
  lift(accountId: string, reason: string, session: OperatorSession, origin: Origin): Promise<number>;
  /** Newest first; only what is within the operator's scope. */
  list(limit: number, session: OperatorSession): Promise<FrozenRow[]>;
  /** Drops links that are too old. */
  sweep(): Promise<void>;
}

interface Collaborators {
  readonly store: Store;
  readonly policy: PolicyInForce;
  readonly directory: Directory;
  readonly keyed: KeyedHash;
  readonly secrets: PendingSecrets;
  readonly notifications: Notifications;
  readonly live: Live;
  readonly eventWindows: Pick<EventWindows, 'record' | 'recordStranger'>;
  readonly now: () => number;
}

/** Thrown if another press froze the account between the reading of the link and the change. */
class AlreadyFrozen extends Error {}

/** Accounts that their owners have frozen through the "This was not me" link of a mail. */
export function createFreezes(collaborators: Collaborators): Freezes {
  const { store, directory, secrets, notifications, live, eventWindows, now } = collaborators;
  const { find, isSpent, sweep } = createNotMeLinks(collaborators);
  const { assertCanLift, list } = createFreezeReviews(collaborators);

  return {
    async look(token) {
      const found = await find(token);
      if (!found || isSpent(found)) return { kind: 'dead' };
      return { kind: found.account.frozen_at === null ? 'good' : 'frozen', account: found.account };
    },

    async freezeByOwner(token, origin) {
      const found = await find(token);
      if (!found || isSpent(found)) {
        const accountId = found?.account.id ?? null;
        await recordDeadLink(eventWindows, {
          event: { action: 'account.not-me-refused', outcome: 'refused', accountId },
          link: found?.link.id ?? null,
          from: origin,
        });
        return { kind: 'dead' };
      }
      const { link, account } = found;
      if (account.frozen_at !== null) return { kind: 'frozen', account };
      const actor = { kind: 'user', id: account.id, name: account.display_name } as const;
      let dropped: Awaited<ReturnType<typeof freezeAccount>> = { resetIds: [], linkedIds: [] };
      const freezing = store.change({ ...origin, actor }, async (tx, record) => {
        const at = now();
        const { numUpdatedRows } = await tx
          .updateTable('not_me_links')
          .set({ used_at: at })
          .where('id', '=', link.id)
          .where('used_at', 'is', null)
          .executeTakeFirst();
        const current = await directory.get(account.id, tx);
        if (numUpdatedRows !== 1n || current?.account.frozen_at !== null) throw new AlreadyFrozen();
        await notifications.accountFrozen(tx, { accountId: account.id });
        const frozen = { accountId: account.id, mailId: link.mail_id, at };
        dropped = await freezeAccount(tx, record, directory, frozen);
      });
      try {
        await thenForget(freezing, () => {
          for (const resetId of dropped.resetIds) secrets.delete(resetId);
        });
      } catch (thrown) {
        if (thrown instanceof AlreadyFrozen) return { kind: 'frozen', account };
        throw thrown;
      }
      const displayName = account.display_name;
      live.publish({ type: 'account-frozen', accountId: account.id, displayName }, account);
      for (const accountId of [account.id, ...dropped.linkedIds])
        live.publish({ type: 'account-changed', accountId });
      return { kind: 'frozen', account };
    },

    async lift(accountId, reason, session, origin) {
      if (!(await directory.get(accountId))) throw new Refusal('account.not-found');
      const at = now();
      await withRefusalAudit(store, origin, { action: 'account.unfrozen', accountId }, () =>
        store.change(origin, async (tx, record) => {
          const found = await directory.get(accountId, tx);
          if (!found) throw new Refusal('account.not-found');
          await assertCanLift(tx, session.operator.id, found.account);
          const { numUpdatedRows } = await tx
            .updateTable('accounts')
            .set({ frozen_at: null, updated_at: at })
            .where('id', '=', accountId)
            .where('frozen_at', 'is not', null)
            .executeTakeFirst();
          if (numUpdatedRows !== 1n) throw new Refusal('account.not-frozen');
          await tx
            .updateTable('account_freezes')
            .set({ lifted_at: at, lifted_by: session.operator.displayName, lift_reason: reason })
            .where('account_id', '=', accountId)
            .where('lifted_at', 'is', null)
            .execute();
          await notifications.accountUnfrozen(tx, { accountId });
          await record({ action: 'account.unfrozen', accountId, facts: { reason } });
        }),
      );
      live.publish({ type: 'account-changed', accountId });
      return at;
    },

    list: (limit, { operator }) => list(limit, operator),

    sweep,
  };
}
