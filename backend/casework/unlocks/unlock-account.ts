import type { Origin } from '../../store/append-event.ts';
import type { Store } from '../../store/store.ts';
import { withRefusalAudit } from '../../store/refusal-audit.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { refusalOfFault } from '../../directories/configured/refusal-of-fault.ts';
import type { AccountRow, Directory } from '../../directories/directory.ts';
import { confirmedWrite } from '../../directories/external/confirm-write.ts';
import { DirectoryFault } from '../../directories/external/directory-fault.ts';
import type { ExternalDirectory } from '../../directories/external/external-directory.ts';
import type { Notifications } from '../../messaging/notifications/notifications.ts';
import type { CaseContextReader } from '../decision/read-case-context.ts';
import { spendOnAction } from '../grants/spend-on-action.ts';

export interface Unlocks {
  /** Spends a grant and ends the lock of the case's account. Its password does not change. */
  unlock(
    request: { readonly caseId: string; readonly grantId: string },
    session: OperatorSession,
    origin: Origin,
  ): Promise<void>;
}

interface Collaborators {
  readonly store: Store;
  readonly contexts: CaseContextReader;
  readonly directory: Directory;
  readonly notifications: Notifications;
  readonly now: () => number;
}

const ownerNotice =
  'the help desk unlocked your account, which was locked after wrong passwords; the password is unchanged';

/** Unlocks in the directory. After a lost answer, it is asked whether the account is still locked. */
const unlockIn = (external: ExternalDirectory, key: string): Promise<void> =>
  confirmedWrite(external.unlock(key), async () => (await external.read(key))?.lockedSince === null);

/** Unlocks: intent, directory, outcome. A second unlock changes nothing, so an intent without an outcome needs no settling: the operator unlocks again. */
export function createUnlocks({ store, contexts, directory, notifications, now }: Collaborators): Unlocks {
  /** Commits the intent; for the built-in directory also the outcome. Every decision that can refuse an unlock is made here. */
  const begin = (
    { caseId, grantId }: Parameters<Unlocks['unlock']>[0],
    session: OperatorSession,
    origin: Origin,
  ): Promise<AccountRow> =>
    store.change(origin, async (tx, record) => {
      const { policy, found } = await spendOnAction(
        tx,
        { contexts, now },
        { caseId, grantId, action: 'unlock' },
        session,
      );
      const { account } = found;
      const about = { accountId: account.id, caseId, policyVersion: policy.version };
      if (account.directory_id !== null) {
        await record({ action: 'account.unlock-intended', ...about, facts: { grant: grantId } });
        return account;
      }
      await directory.unlock(account.id, tx);
      await record({ action: 'account.unlocked', ...about, facts: { grant: grantId } });
      await notifications.signInMethodChanged(tx, { accountId: account.id, caseId }, ownerNotice);
      return account;
    });

  return {
    unlock: (request, session, origin) =>
      withRefusalAudit(
        store,
        origin,
        { action: 'account.unlock-failed', caseId: request.caseId },
        async () => {
          const account = await begin(request, session, origin);
          const configured = await directory.externalOf(account);
          if (configured === null) return;
          try {
            await unlockIn(configured.external, account.source_id ?? '');
          } catch (thrown) {
            if (!(thrown instanceof DirectoryFault)) throw thrown;
            throw refusalOfFault(thrown);
          }
          const about = { accountId: account.id, caseId: request.caseId };
          await store.change(origin, async (tx, record) => {
            await tx
              .updateTable('accounts')
              .set({ locked_since: null })
              .where('id', '=', account.id)
              .execute();
            await tx
              .updateTable('directory_accounts')
              .set({ locked_until: null, locked_at: null })
              .where('account_id', '=', account.id)
              .execute();
            const facts = { grant: request.grantId, directory: configured.id };
            await record({ action: 'account.unlocked', ...about, facts });
            await notifications.signInMethodChanged(tx, about, ownerNotice);
          });
        },
      ),
  };
}
