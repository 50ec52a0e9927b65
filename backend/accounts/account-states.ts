import { assertSecondPerson } from '../authorization/four-eyes.ts';
import type { OperatorSession } from '../authorization/operator-session.ts';
import { isOwnAccount, readPerson } from '../authorization/persons.ts';
import type { Directory } from '../directories/directory.ts';
import type { Live } from '../live/live.ts';
import { Refusal } from '../refusal.ts';
import type { Origin } from '../store/append-event.ts';
import { withRefusalAudit } from '../store/refusal-audit.ts';
import type { Store } from '../store/store.ts';
import type { EndAccess } from './identity/close-account.ts';

/** Disabling and enabling accounts by hand. Both return the time of the change in milliseconds. */
export interface AccountStates {
  disable(accountId: string, reason: string, session: OperatorSession, origin: Origin): Promise<number>;
  enable(accountId: string, reason: string, session: OperatorSession, origin: Origin): Promise<number>;
}

interface Collaborators {
  readonly store: Store;
  readonly directory: Directory;
  readonly endAccess: EndAccess;
  readonly live: Live;
  readonly now: () => number;
}

export function createAccountStates({
  store,
  directory,
  endAccess,
  live,
  now,
}: Collaborators): AccountStates {
  return {
    async disable(accountId, reason, { operator }, origin) {
      const at = now();
      await withRefusalAudit(store, origin, { action: 'account.disabled', accountId }, () =>
        store.change(origin, async (tx, record) => {
          const found = await directory.get(accountId, tx);
          if (!found) throw new Refusal('account.not-found');
          if (isOwnAccount(await readPerson(tx, operator.id), found.account))
            throw new Refusal('account.own');
          if (found.account.hand_disabled_at !== null) throw new Refusal('account.disabled');
          await tx
            .updateTable('accounts')
            .set({
              disabled: 1,
              hand_disabled_at: at,
              disabled_by: operator.displayName,
              disabled_reason: reason,
              updated_at: at,
            })
            .where('id', '=', accountId)
            .execute();
          await endAccess(tx, record, accountId);
          await record({ action: 'account.disabled', accountId, facts: { reason } });
        }),
      );
      live.publish({ type: 'account-changed', accountId });
      return at;
    },

    async enable(accountId, reason, { operator }, origin) {
      const at = now();
      await withRefusalAudit(store, origin, { action: 'account.enabled', accountId }, () =>
        store.change(origin, async (tx, record) => {
          const found = await directory.get(accountId, tx);
          if (!found) throw new Refusal('account.not-found');
          const { account } = found;
          await assertSecondPerson(
            tx,
            operator.id,
            { account, doneBy: [] },
            { 'own-account': 'account.own' },
          );
          if (account.disabled === 0) throw new Refusal('account.not-disabled');
          await tx
            .updateTable('accounts')
            .set({
              disabled: 0,
              hand_disabled_at: null,
              disabled_by: null,
              disabled_reason: null,
              closed_at: null,
              // Ends earlier sessions, links and verified checks.
              enabled_at: at,
              updated_at: at,
            })
            .where('id', '=', accountId)
            .execute();
          await record({
            action: 'account.enabled',
            accountId,
            facts: { reason, wasClosed: account.closed_at !== null },
          });
        }),
      );
      live.publish({ type: 'account-changed', accountId });
      return at;
    },
  };
}
