import type { Directory } from '../../directories/directory.ts';
import { withdrawMail } from '../../messaging/mail/withdraw-mail.ts';
import { Refusal } from '../../refusal.ts';
import type { Transaction, RecordEvent } from '../../store/store.ts';
import type { ResetsTable } from '../../store/tables.ts';
import { voidOpenLinks } from './void-open-links.ts';

/** Revokes the link or temporary password of an unused reset, in the caller's transaction. */
export type RevokeReset = (
  tx: Transaction,
  record: RecordEvent,
  reset: ResetsTable,
  /** The reset that replaces it, if one does. */
  insteadOfIt?: string,
) => Promise<void>;

export function createRevokeReset({
  directory,
  now,
}: {
  readonly directory: Directory;
  readonly now: () => number;
}): RevokeReset {
  return async (tx, record, reset, insteadOfIt) => {
    const at = now();
    if (reset.action === 'reset-link') {
      await voidOpenLinks(tx, record, reset.account_id, at, 'revoked');
    } else {
      const withdrawn = await directory.withdrawTemporaryPassword(reset.account_id, tx);
      // A newer reset has replaced the password, and only that reset may revoke it.
      if (withdrawn !== reset.id) throw new Refusal('reset.settled');
      await withdrawMail(tx, record, reset.mail_id, at);
      // If the old password stayed valid, its sessions continue.
      if (reset.old_password === 'dies-now') await directory.endSessions(reset.account_id, tx);
    }
    await tx
      .updateTable('resets')
      .set({ voided_at: at, revoked_at: at })
      .where('id', '=', reset.id)
      .execute();
    await record({
      action: 'reset.revoked',
      accountId: reset.account_id,
      caseId: reset.case_id,
      facts: {
        reset: reset.id,
        action: reset.action,
        ...(insteadOfIt !== undefined && { instead: insteadOfIt }),
      },
    });
  };
}
