import { randomUUID } from 'node:crypto';
import { policyFor } from '../../shared/password-policy/policy.ts';
import type { Origin } from '../audit/append-event.ts';
import type { Standing } from '../cases/standing.ts';
import type { OperatorSession } from '../operators/operator-session.ts';
import { hashPassword } from '../password-hashing/argon2.ts';
import { generateTemporaryPassword } from '../temporary-passwords/generate-temporary-password.ts';
import type { IntendReset } from './intend-reset.ts';
import type { ReadResets } from './read-resets.ts';
import type { ResetAnswer, ResetCollaborators, ResetRequest } from './reset-collaborators.ts';
import { voidOpenLinks } from './void-open-links.ts';

type SetTemporaryPassword = (
  request: ResetRequest,
  session: OperatorSession,
  origin: Origin,
  before: Standing,
) => Promise<ResetAnswer>;

/** A reset by a temporary password: intent, directory and outcome. */
export function createSetTemporaryPassword(
  { store, directory, secrets, notifications, now }: ResetCollaborators,
  intend: IntendReset,
  { viewOf }: ReadResets,
): SetTemporaryPassword {
  return async (request, session, origin, before) => {
    const resetId = randomUUID();
    const { document } = before.policy;
    const owner = before.found.account;
    const { style } = document.temporaryPassword;
    const { value, bits } = generateTemporaryPassword(style, policyFor(document.passwords, owner.directory), {
      userName: owner.user_name,
      displayName: owner.display_name,
      email: owner.email,
    });
    // Outside the transaction, which would otherwise keep everybody waiting for the hash.
    const hash = await hashPassword(value);
    const { account, validUntil } = await store.change(origin, async (tx, record) => {
      const { read, reset } = await intend(tx, record, request, session, resetId);
      const accountId = read.found.account.id;
      const until = reset.valid_until ?? now();
      const outcome = await directory.setTemporaryPassword(
        { accountId, hash, value, validUntil: until, resetId },
        tx,
      );
      await voidOpenLinks(tx, record, accountId, now(), 'reset');
      await tx
        .updateTable('resets')
        .set({
          state: 'done',
          secret_bits: bits,
          secret_style: style,
          settled_at: now(),
          sessions_ended: outcome.sessionsEnded,
          unlocked: outcome.unlocked ? 1 : 0,
        })
        .where('id', '=', resetId)
        .execute();
      await record({
        action: 'reset.done',
        accountId,
        caseId: request.caseId,
        facts: { action: request.action, reset: resetId, ...outcome },
        policyVersion: read.policy.version,
      });
      return { account: read.found.account, validUntil: until };
    });
    secrets.keep(resetId, value, validUntil);
    const { id: accountId, email, display_name: displayName } = account;
    notifications.passwordReset({ accountId, email, displayName, caseId: request.caseId });
    return { reset: await viewOf(resetId), temporaryPassword: value };
  };
}
