import { identityKey } from '../accounts/fold.ts';
import { lockedUntil } from '../accounts/statuses.ts';
import type { Origin } from '../audit/append-event.ts';
import { dropTemporaryPassword, retireOldPassword } from '../directory/built-in/old-password.ts';
import { hashPassword, verifyPassword } from '../password-hashing/argon2.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import { createCountFailure } from './count-failure.ts';
import { voidOpenLinks } from '../resets/void-open-links.ts';
import type { Store } from '../store/store.ts';
import type { AccountRow } from '../directory/directory.ts';

/** Why a sign-in was refused. Pages show `wrong` and what a right password alone reveals; never which name exists. */
export type UserSignInOutcome =
  | { readonly kind: 'ok' | 'must-change'; readonly account: AccountRow }
  | { readonly kind: 'wrong' | 'temporary-expired' }
  | {
      readonly kind: 'disabled' | 'frozen' | 'expired' | 'no-local-password';
      readonly account: AccountRow;
    }
  /** `until` in milliseconds; null for a lock that only the help desk ends. */
  | { readonly kind: 'locked'; readonly until: number | null; readonly account: AccountRow };

export interface UserSignIn {
  signIn(userName: string, password: string, origin: Origin): Promise<UserSignInOutcome>;
}

/** Checks a user's password against the built-in directory, counts failures, and voids links that are no longer needed. */
export function createUserSignIn({
  store,
  policy,
  now,
}: {
  store: Store;
  policy: PolicyInForce;
  now: () => number;
}): UserSignIn {
  // Unknown names are checked against this, so that they take as long as known ones.
  const nobody = hashPassword('nobody has this password');

  const fail = createCountFailure({ store, now });

  return {
    async signIn(userName, password, origin) {
      const account = await store.db
        .selectFrom('accounts')
        .selectAll()
        .where('user_name_key', '=', identityKey(userName))
        .executeTakeFirst();
      const credentials =
        account &&
        (await store.db
          .selectFrom('account_credentials')
          .selectAll()
          .where('account_id', '=', account.id)
          .executeTakeFirst());
      const { signIn } = (await policy.current()).document;
      const nobodys = await nobody;
      const old = credentials?.old_hash ?? null;
      // The password before a temporary one, while both are good. At the same time, so that an answer takes no longer.
      const [matches, matchesOld] = await Promise.all([
        verifyPassword(credentials?.password_hash ?? nobodys, password),
        old === null ? false : verifyPassword(old, password),
      ]);
      const viaOld = !matches && matchesOld;
      const right = matches || viaOld;
      if (!account) {
        await store.change(origin, (_tx, record) =>
          record({ action: 'account.sign-in-failed', outcome: 'refused', facts: { reason: 'unknown' } }),
        );
        return { kind: 'wrong' };
      }
      const who: Origin = {
        ...origin,
        actor: { kind: 'user', id: account.id, name: account.display_name },
      };
      const until = lockedUntil(account, now(), signIn.lockFor);
      if (until !== null) {
        await fail(account, who, 'locked', null);
        return { kind: 'locked', until: until === Infinity ? null : until, account };
      }
      const checked = viaOld ? old : (credentials?.password_hash ?? null);
      if (!right || checked === null) {
        const locked = await fail(account, who, 'wrong', {
          most: signIn.failures,
          lockFor: signIn.lockFor,
        });
        return locked ? { kind: 'locked', until: now() + signIn.lockFor * 1000, account } : { kind: 'wrong' };
      }
      const refuse = async (kind: 'disabled' | 'frozen' | 'expired' | 'no-local-password') => {
        await fail(account, who, kind, null);
        return { kind, account };
      };
      if (account.disabled === 1) return refuse('disabled');
      if (account.frozen_at !== null) return refuse('frozen');
      if (account.expires_at !== null && account.expires_at <= now()) return refuse('expired');
      if (account.local_password === 0) return refuse('no-local-password');
      return store.change(who, async (tx, record): Promise<UserSignInOutcome> => {
        const fresh = await tx
          .selectFrom('account_credentials')
          .selectAll()
          .where('account_id', '=', account.id)
          .executeTakeFirst();
        const state = await tx
          .selectFrom('accounts')
          .select(['failed_sign_ins', 'locked_since', 'disabled', 'frozen_at'])
          .where('id', '=', account.id)
          .executeTakeFirstOrThrow();
        // The password was replaced, or the account locked or disabled, while this one was being checked.
        const refused =
          (viaOld ? fresh?.old_hash : fresh?.password_hash) !== checked ||
          state.disabled === 1 ||
          state.frozen_at !== null ||
          lockedUntil(state, now(), signIn.lockFor) !== null;
        const expired = !viaOld && (fresh?.temporary_until ?? Infinity) <= now();
        if (refused || expired) {
          const reason = refused ? 'wrong' : 'temporary-expired';
          if (!refused) {
            await dropTemporaryPassword(tx, account.id, fresh?.reset_id ?? null);
          }
          await record({
            action: 'account.sign-in-failed',
            outcome: 'refused',
            accountId: account.id,
            facts: { reason },
          });
          return { kind: reason };
        }
        await tx
          .updateTable('accounts')
          .set({ failed_sign_ins: 0, locked_since: null })
          .where('id', '=', account.id)
          .execute();
        await voidOpenLinks(tx, record, account.id, now(), 'signed-in');
        // Where the temporary one is used, the one before dies with its sessions.
        if (!viaOld && (await retireOldPassword(tx, account.id, { endSessions: true }))) {
          await record({ action: 'account.old-password-retired', accountId: account.id });
        }
        if (!viaOld && fresh?.reset_id != null) {
          await tx
            .updateTable('resets')
            .set({ used_at: now() })
            .where('id', '=', fresh.reset_id)
            .where('used_at', 'is', null)
            .execute();
        }
        const mustChange = !viaOld && fresh?.must_change === 1;
        await record({ action: 'account.signed-in', accountId: account.id, facts: { mustChange } });
        return { kind: mustChange ? 'must-change' : 'ok', account };
      });
    },
  };
}
