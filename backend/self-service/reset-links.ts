import type { PasswordFault } from '../../shared/password-policy/rules.ts';
import type { Origin } from '../audit/append-event.ts';
import type { AccountRow } from '../directory/directory.ts';
import type { KeyedHash } from '../store/keyed-hash.ts';
import type { Store } from '../store/store.ts';
import type { ResetLinksTable } from '../store/tables.ts';
import type { ChoosePassword, NewPassword } from './choose-password.ts';

export interface ResetLinks {
  /** Looks without using up: mail scanners open every link. Null for one that is not, or no longer, good. */
  look(token: string, origin: Omit<Origin, 'actor'>): Promise<{ account: AccountRow } | null>;
  /** Sets the password and uses the link up; `dead` when it is no longer good. */
  use(
    token: string,
    chosen: NewPassword,
    origin: Omit<Origin, 'actor'>,
  ): Promise<{ kind: 'dead' } | { kind: 'faults'; faults: readonly PasswordFault[] } | { kind: 'done' }>;
}

class Dead extends Error {}

export function createResetLinks({
  store,
  keyed,
  choosePassword,
  now,
}: {
  store: Store;
  keyed: KeyedHash;
  choosePassword: ChoosePassword;
  now: () => number;
}): ResetLinks {
  const find = async (token: string): Promise<{ link: ResetLinksTable; account: AccountRow } | null> => {
    const link = await store.db
      .selectFrom('reset_links')
      .selectAll()
      .where('token_hash', '=', keyed.hash('reset-link', token))
      .executeTakeFirst();
    if (!link || link.used_at !== null || link.voided_at !== null || link.expires_at <= now()) return null;
    const account = await store.db
      .selectFrom('accounts')
      .selectAll()
      .where('id', '=', link.account_id)
      .where('disabled', '=', 0)
      .where('local_password', '=', 1)
      .where('frozen_at', 'is', null)
      .executeTakeFirst();
    return account ? { link, account } : null;
  };
  const by = (account: AccountRow, origin: Omit<Origin, 'actor'>): Origin => ({
    ...origin,
    actor: { kind: 'user', id: account.id, name: account.display_name },
  });
  const refused = async (origin: Omit<Origin, 'actor'>) => {
    await store.change({ ...origin, actor: { kind: 'system' } }, (_tx, record) =>
      record({ action: 'reset-link.refused', outcome: 'refused' }),
    );
  };

  return {
    async look(token, origin) {
      const found = await find(token);
      if (!found) {
        await refused(origin);
        return null;
      }
      const { link, account } = found;
      if (link.opened_at === null) {
        await store.change(by(account, origin), async (tx, record) => {
          const at = now();
          await tx.updateTable('reset_links').set({ opened_at: at }).where('id', '=', link.id).execute();
          await tx.updateTable('resets').set({ opened_at: at }).where('id', '=', link.reset_id).execute();
          await record({
            action: 'reset-link.opened',
            accountId: account.id,
            facts: { reset: link.reset_id },
          });
        });
      }
      return { account };
    },

    async use(token, chosen, origin) {
      const found = await find(token);
      if (!found) {
        await refused(origin);
        return { kind: 'dead' };
      }
      const { link, account } = found;
      try {
        const faults = await choosePassword.choose(
          account,
          chosen,
          by(account, origin),
          async (tx, record) => {
            const at = now();
            const { numUpdatedRows } = await tx
              .updateTable('reset_links')
              .set({ used_at: at })
              .where('id', '=', link.id)
              .where('used_at', 'is', null)
              .where('voided_at', 'is', null)
              .where('expires_at', '>', at)
              .executeTakeFirst();
            // Of two that press at once, one gets it.
            if (numUpdatedRows !== 1n) throw new Dead();
            await tx
              .updateTable('resets')
              .set({ used_at: at, password_set_at: at })
              .where('id', '=', link.reset_id)
              .execute();
            await record({
              action: 'reset-link.used',
              accountId: account.id,
              facts: { reset: link.reset_id },
            });
          },
        );
        return faults.length > 0 ? { kind: 'faults', faults } : { kind: 'done' };
      } catch (thrown) {
        if (!(thrown instanceof Dead)) throw thrown;
        await refused(origin);
        return { kind: 'dead' };
      }
    },
  };
}
