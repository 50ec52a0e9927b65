import { DirectoryFault } from '../../directories/external/directory-fault.ts';
import { judgeLostWrite, type LostWrite } from '../../directories/external/judge-lost-write.ts';
import { Refusal } from '../../refusal.ts';
import type { RecordEvent, Transaction } from '../../store/store.ts';
import type { ResetsTable } from '../../store/tables.ts';
import { rememberTemporary } from './remember-temporary.ts';
import type { ResetCollaborators } from './reset-collaborators.ts';
import { voidOpenLinks } from './void-open-links.ts';

/** Whether an external directory may have been called and its answer lost. The built-in directory commits intent and outcome together. */
export const isDirectoryPending = ({ action, state, sent_by, mail_id }: ResetsTable): boolean =>
  action === 'temporary-password' && state === 'intended' && sent_by === null && mail_id === null;

/** What became of a password whose reset was interrupted, and what tells its owner. */
export type InterruptedReset =
  | { readonly verdict: 'set'; readonly passwordSetAt: number; tellOwner(tx: Transaction): Promise<void> }
  | Exclude<LostWrite, { readonly verdict: 'set' }>;

/** Milliseconds for which a directory that does not answer is asked again. */
const patienceMs = 60_000;

const notice = 'A temporary password was set, but the help desk did not see it.';

/** Settles resets that the end of the backend has interrupted, by what their external directory tells of the password. */
export function createSettleInDirectory({
  store,
  directory,
  notifications,
  now,
}: Pick<ResetCollaborators, 'store' | 'directory' | 'notifications' | 'now'>) {
  const askDirectory = async (reset: ResetsTable): Promise<LostWrite> => {
    const account = await store.db
      .selectFrom('accounts')
      .select(['directory_id', 'source_id'])
      .where('id', '=', reset.account_id)
      .executeTakeFirst();
    // A pass is no password, and has no date.
    if (account === undefined || reset.secret_style === 'access-pass') return { verdict: 'unknown' };
    const configured = await directory.externalOf(account);
    if (configured === null) return { verdict: 'unknown' };
    const trace = await configured.external.passwordTrace(account.source_id ?? '');
    const { directory_server: server, directory_set_at: passwordSetAt, intended_at: at } = reset;
    return judgeLostWrite({ server, passwordSetAt, at }, trace, now());
  };

  return {
    /** Asks the directory, outside of any transaction. */
    async ask(reset: ResetsTable): Promise<InterruptedReset> {
      const lost = await askDirectory(reset).catch((thrown: unknown): LostWrite => {
        if (thrown instanceof Refusal) return { verdict: 'unknown' };
        if (!(thrown instanceof DirectoryFault)) throw thrown;
        const isWaitedFor = thrown.code !== 'account-gone' && now() - reset.intended_at < patienceMs;
        return { verdict: isWaitedFor ? 'too-early' : 'unknown' };
      });
      if (lost.verdict !== 'set') return lost;
      const owner = { accountId: reset.account_id, caseId: reset.case_id };
      const tellOwner = await notifications.preparePasswordReset(owner, notice);
      return { ...lost, tellOwner };
    },

    /** Stores the outcome of a reset whose password was set in the directory but cannot be shown any more. The case can reset again on the same evidence. */
    async done(
      tx: Transaction,
      record: RecordEvent,
      reset: ResetsTable,
      { passwordSetAt, tellOwner }: Extract<InterruptedReset, { readonly verdict: 'set' }>,
    ): Promise<void> {
      const { id: resetId, account_id: accountId, case_id: caseId, action } = reset;
      const at = now();
      const account = await tx
        .selectFrom('accounts')
        .selectAll()
        .where('id', '=', accountId)
        .executeTakeFirstOrThrow();
      await voidOpenLinks(tx, record, accountId, at, 'reset');
      await tellOwner(tx);
      await tx
        .updateTable('resets')
        .set({ state: 'done', settled_at: at, failure: null })
        .where('id', '=', resetId)
        .execute();
      const until = reset.valid_until ?? at;
      await rememberTemporary(tx, { account, resetId, setAt: passwordSetAt, until, at });
      await record({
        action: 'reset.done',
        accountId,
        caseId,
        facts: { action, reset: resetId, fault: 'crash', oldPassword: reset.old_password },
      });
    },
  };
}
