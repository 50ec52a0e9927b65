import { policyFor, type PasswordPolicy } from '../../shared/password-policy/policy.ts';
import type { PasswordFault } from '../../shared/password-policy/rules.ts';
import type { Origin } from '../store/append-event.ts';
import type { ScreenPassword } from '../passwords/breached-passwords/screen-password.ts';
import type { AccountRow, Directory } from '../directories/directory.ts';
import type { ConfiguredDirectory } from '../directories/external/configured-directory.ts';
import type { Live } from '../live/live.ts';
import type { Notifications } from '../messaging/notifications/notifications.ts';
import { unbounded, type PasswordHashing } from '../passwords/password-hashing/hashing-queue.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import type { Transaction, RecordEvent, Store } from '../store/store.ts';
import { completeRequiredResets } from '../casework/required-resets/complete-required-resets.ts';
import { voidOpenLinks } from '../casework/resets/void-open-links.ts';
import { Refusal } from '../refusal.ts';
import { chooseExternally } from './external-password.ts';
import { createFindPasswordFaults } from './find-password-faults.ts';

export interface NewPassword {
  readonly password: string;
  readonly repeated: string;
  /** The current password, if the page asked for it and it was right. */
  readonly current?: string;
}

export interface ChoosePassword {
  /**
   * Sets the password that the user chose and ends all sessions of the account. `alongside` runs in the same transaction and may throw to undo it. With an
   * external directory it runs in the transaction of the intent, before the directory is asked, and `undo` in the one that records a refusal.
   * `isOwnRequest` says that the owner asked for the link that leads here, and no operator. Returns the faults of the password; none if it was set. Throws `directory.unavailable` and other refusals of an external directory.
   */
  choose(
    account: AccountRow,
    chosen: NewPassword,
    origin: Origin,
    alongside?: (tx: Transaction, record: RecordEvent) => Promise<void>,
    undo?: (tx: Transaction) => Promise<void>,
    isOwnRequest?: boolean,
  ): Promise<readonly PasswordFault[]>;
}

/** Records on the reset of the replaced temporary password that its owner has chosen a password. `at` in milliseconds. */
async function noteTemporaryPasswordUsed(tx: Transaction, account: AccountRow, at: number) {
  const replaced = await tx
    .selectFrom('account_credentials')
    .select(['reset_id', 'must_change'])
    .where('account_id', '=', account.id)
    .executeTakeFirst();
  if (replaced?.reset_id != null) {
    await tx.updateTable('resets').set({ password_set_at: at }).where('id', '=', replaced.reset_id).execute();
  }
  return replaced;
}

/** The steps after the password was set, wherever it is stored. Returns the required resets that it completed. */
const createFinish =
  (notifications: Notifications, now: () => number) =>
  async (tx: Transaction, record: RecordEvent, { id: accountId }: AccountRow) => {
    await voidOpenLinks(tx, record, accountId, now(), 'password-changed');
    await record({ action: 'account.password-changed', accountId });
    await notifications.passwordChanged(tx, { accountId });
    return completeRequiredResets(tx, record, accountId, now());
  };

/** Records that a password was refused. `rules`: the rules that it breaks, or the error code. */
const createRefuse =
  (store: Store) =>
  (account: AccountRow, origin: Origin, rules: string, undo?: (tx: Transaction) => Promise<void>) =>
    store.change(origin, async (tx, record) => {
      await undo?.(tx);
      await record({
        action: 'account.password-change-refused',
        outcome: 'refused',
        accountId: account.id,
        facts: { rules },
      });
    });

export function createChoosePassword({
  store,
  directory,
  policy,
  screenPassword,
  notifications,
  hashing = unbounded,
  live,
  now,
}: {
  store: Store;
  directory: Directory;
  policy: PolicyInForce;
  screenPassword: ScreenPassword;
  notifications: Notifications;
  hashing?: PasswordHashing;
  live: Live;
  now: () => number;
}): ChoosePassword {
  const faultsOf = createFindPasswordFaults({ store, screenPassword, hashing });
  const refuse = createRefuse(store);
  const finish = createFinish(notifications, now);

  /** Intent, directory, outcome: the directory is called outside the writer lock. */
  const chooseElsewhere = async (
    configured: ConfiguredDirectory,
    account: AccountRow,
    { password, current }: NewPassword,
    origin: Origin,
    [alongside, undo]: readonly [
      Parameters<ChoosePassword['choose']>[3],
      Parameters<ChoosePassword['choose']>[4],
    ],
  ): Promise<{ readonly faults: readonly PasswordFault[]; readonly completed: readonly unknown[] }> => {
    await store.change(origin, async (tx, record) => {
      await alongside?.(tx, record);
      await record({ action: 'account.password-change-intended', accountId: account.id });
    });
    const chosen = await chooseExternally(configured, account, password, current);
    switch (chosen.kind) {
      case 'refused':
        await refuse(account, origin, chosen.fault, undo);
        return { faults: [chosen.fault], completed: [] };
      case 'failed':
        await refuse(account, origin, chosen.refusal.code, undo);
        throw chosen.refusal;
      case 'unknown':
        await refuse(account, origin, 'outcome-unknown');
        throw new Refusal('directory.outcome-unknown');
      case 'set': {
        const completed = await store.change(origin, async (tx, record) => {
          await directory.noteOwnPassword(account.id, chosen.setAt, tx);
          return finish(tx, record, account);
        });
        return { faults: [], completed };
      }
    }
  };

  /** The built-in directory takes part in the transaction. */
  const chooseHere = async (
    account: AccountRow,
    password: string,
    asked: PasswordPolicy,
    origin: Origin,
    alongside: Parameters<ChoosePassword['choose']>[3],
    isOwnRequest: boolean,
  ) => {
    const hash = await hashing.hash(password);
    return store.change(origin, async (tx, record) => {
      await alongside?.(tx, record);
      const replaced = await noteTemporaryPasswordUsed(tx, account, now());
      await directory.setOwnPassword(account.id, hash, tx, asked);
      // After a reset, an attacker may have changed more than the password.
      if (alongside !== undefined || replaced?.must_change === 1) {
        await tx
          .updateTable('account_credentials')
          .set({ review_due: isOwnRequest ? 2 : 1 })
          .where('account_id', '=', account.id)
          .execute();
      }
      return finish(tx, record, account);
    });
  };

  return {
    async choose(account, chosen, origin, alongside, undo, isOwnRequest = false) {
      const { passwords } = (await policy.current()).document;
      const asked = policyFor(passwords, account.directory);
      const faults = await faultsOf(account, chosen, asked, origin);
      if (faults.length > 0) {
        await refuse(account, origin, faults.join(' '));
        return faults;
      }
      const configured = await directory.externalOf(account);
      const outcome =
        configured === null
          ? {
              faults: [],
              completed: await chooseHere(account, chosen.password, asked, origin, alongside, isOwnRequest),
            }
          : await chooseElsewhere(configured, account, chosen, origin, [alongside, undo]);
      if (outcome.completed.length > 0) live.publish({ type: 'required-reset-changed' });
      return outcome.faults;
    },
  };
}
