import type { DeliveryMode } from '../../../shared/api/delivery.ts';
import type { Secret } from '../../../shared/secret/secret.ts';
import type { TemporaryPasswordOutcome } from '../../directories/directory.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { GeneratedPassword } from '../../passwords/temporary-passwords/generate-temporary-password.ts';
import type { PolicyVersion } from '../../policy/policy-in-force.ts';
import type { RecordEvent, Transaction } from '../../store/store.ts';
import type { ResetsTable } from '../../store/tables.ts';
import { maskEmail, maskPhone } from '../../text/mask.ts';
import type { DeliveryPlan, Destination } from './plan-delivery.ts';
import type { ResetCollaborators } from './reset-collaborators.ts';
import type { createSendSecret } from './send-secret.ts';
import { ownerIsTold } from './owner-told.ts';
import { voidOpenLinks } from './void-open-links.ts';

/** What the mail tells the owner about where the temporary password went. */
export const ownerNotice: Readonly<Record<DeliveryMode, string>> = {
  spoken: 'A temporary password was given to the person who called.',
  sealed: 'A temporary password was sent to you; the help desk has not seen it.',
  split: 'Half of a temporary password was given to the person who called, the other half was sent to you.',
};

export const maskDestination = ({ channel, to }: Destination) =>
  channel === 'mail' ? maskEmail(to) : maskPhone(to);

/** The message and its destination, as far as the log may contain them. */
const sentFacts = (destination: Destination | null, messageId: string) =>
  destination === null
    ? {}
    : {
        sentBy: destination.channel,
        sentTo: maskDestination(destination),
        [destination.channel]: messageId,
      };

/** A temporary password that its directory has accepted. */
export interface AcceptedPassword {
  readonly account: AccountRow;
  readonly reset: ResetsTable;
  readonly policy: PolicyVersion;
  readonly plan: DeliveryPlan;
  /** Null for a pass, which the directory generates. */
  readonly generated: Pick<GeneratedPassword, 'bits' | 'style'> | null;
  /** The part that is sent; null for a spoken password. */
  readonly sent: Secret | null;
  readonly messageId: string;
  readonly outcome: TemporaryPasswordOutcome;
  readonly tellOwner: (tx: Transaction) => Promise<void>;
}

/** Writes the consequences once a directory has accepted a temporary password: the outcome, and the message to the owner. */
export function createCompleteTemporaryPassword(
  { now }: Pick<ResetCollaborators, 'now'>,
  sendSecret: ReturnType<typeof createSendSecret>,
) {
  return async (tx: Transaction, record: RecordEvent, accepted: AcceptedPassword): Promise<void> => {
    const { account, reset, policy, plan, sent, messageId, outcome } = accepted;
    const { id: accountId } = account;
    const isPass = plan.credential === 'access-pass';
    const { id: resetId, case_id: caseId } = reset;
    await voidOpenLinks(tx, record, accountId, now(), 'reset');
    await sendSecret.withdrawOlder(tx, record, accountId, resetId);
    if (sent !== null || !(await ownerIsTold(tx, reset, now()))) await accepted.tellOwner(tx);
    if (sent !== null && plan.destination !== null) {
      await sendSecret.enqueue(tx, {
        resetId,
        messageId,
        account,
        destination: plan.destination,
        secret: sent,
        half: plan.mode === 'split',
        validUntil: reset.valid_until ?? now(),
        caseId,
      });
    }
    await tx
      .updateTable('resets')
      .set({
        // A reset that sends a message is done when the message has left.
        state: sent === null ? 'done' : 'intended',
        settled_at: sent === null ? now() : null,
        secret_bits: accepted.generated?.bits ?? null,
        secret_style: accepted.generated?.style ?? 'access-pass',
        delivery_mode: plan.mode,
        old_password: plan.fate,
        sessions_ended: outcome.sessionsEnded,
        unlocked: outcome.unlocked ? 1 : 0,
        ...(plan.destination !== null && {
          // A text has a table of its own, where the audit log refers to it.
          mail_id: plan.destination.channel === 'mail' ? messageId : null,
          sent_by: plan.destination.channel,
          sent_to: maskDestination(plan.destination),
        }),
      })
      .where('id', '=', resetId)
      .execute();
    const facts = {
      action: reset.action,
      ...(isPass && { credential: plan.credential }),
      reset: resetId,
      deliveryMode: plan.mode,
      oldPassword: plan.fate,
      ...outcome,
    };
    const about = { accountId, caseId, policyVersion: policy.version };
    if (sent === null) await record({ action: 'reset.done', ...about, facts });
    else
      await record({
        action: 'reset.secret-sent',
        ...about,
        facts: { ...facts, ...sentFacts(plan.destination, messageId) },
      });
  };
}
