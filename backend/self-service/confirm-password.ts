import { readTemporaryPassword } from '../../shared/typed/temporary-password.ts';
import type { Origin } from '../store/append-event.ts';
import type { AccountRow, Directory } from '../directories/directory.ts';
import { unbounded, type PasswordHashing } from '../passwords/password-hashing/hashing-queue.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import type { EventWindows } from '../store/event-windows.ts';
import type { Store } from '../store/store.ts';
import { tryExternalPassword } from './external-password.ts';
import { Refusal } from '../refusal.ts';
import { createCountFailure } from './count-failure.ts';
import { noteUnanswered } from './note-unanswered.ts';

export interface ConfirmPassword {
  /**
   * Whether this is the signed-in user's password. A wrong one counts as a failed sign-in and may lock the account. Throws `directory.unavailable` where the
   * account's directory does not answer.
   */
  confirm(account: AccountRow, password: string, origin: Origin): Promise<boolean>;
}

/** Checks the password again before changes that someone at an unattended browser must not make. */
export function createConfirmPassword({
  store,
  directory,
  policy,
  hashing = unbounded,
  eventWindows,
  now,
}: {
  store: Store;
  eventWindows: Pick<EventWindows, 'record'>;
  directory: Pick<Directory, 'externalOf'>;
  policy: PolicyInForce;
  hashing?: PasswordHashing;
  now: () => number;
}): ConfirmPassword {
  const countFailure = createCountFailure({ store, eventWindows, now });
  return {
    async confirm(account, password, origin) {
      if (account.directory_id !== null) {
        const proof = await tryExternalPassword({ directory, store }, account, password);
        if (proof === 'right' || proof === 'must-change') return true;
        if (proof === 'unavailable') {
          await noteUnanswered({ store }, account, origin);
          throw new Refusal('directory.unavailable');
        }
        // The directory counts wrong passwords itself.
        await countFailure(account, origin, proof, null);
        return false;
      }
      const credentials = await store.db
        .selectFrom('account_credentials')
        .select(['password_hash', 'old_hash', 'must_change'])
        .where('account_id', '=', account.id)
        .executeTakeFirst();
      // The previous password counts as long as it is valid beside a temporary one.
      for (const hash of [credentials?.password_hash, credentials?.old_hash]) {
        if (hash != null && (await hashing.verify(hash, password))) return true;
      }
      const cleaned = readTemporaryPassword(password);
      const temporary = credentials?.must_change === 1 ? credentials.password_hash : null;
      if (temporary !== null && cleaned !== password && (await hashing.verify(temporary, cleaned)))
        return true;
      const { failures: max, lockFor } = (await policy.current()).document.signIn;
      const locked = await countFailure(account, origin, 'wrong', { max, lockFor });
      // Signs out the browser at which someone is guessing.
      if (locked) {
        await store.writeUnaudited((tx) =>
          tx.deleteFrom('user_sessions').where('account_id', '=', account.id).execute(),
        );
      }
      return false;
    },
  };
}
