import { randomUUID } from 'node:crypto';
import { policyFor, type PasswordPolicy } from '../../../shared/password-policy/policy.ts';
import { maskEmail, maskPhone } from '../../text/mask.ts';
import type { Origin } from '../../store/append-event.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';

import { loadGenerator } from '../../passwords/password-engine/load-engine.ts';
import { Refusal } from '../../refusal.ts';
import { isOutcomeUnknown } from '../../store/database-fault.ts';
import { createPreflightReset, type ResetPreflight } from './preflight-reset.ts';
import type { BeginReset } from './begin-reset.ts';
import { planDelivery, type Destination } from './plan-delivery.ts';
import type { ReadResets } from './read-resets.ts';
import type { ResetAnswer, ResetCollaborators, ResetRequest } from './reset-collaborators.ts';
import { createSendSecret } from './send-secret.ts';
import type { SettleReset } from './settle-reset.ts';
import { partsOf } from './split-secret.ts';
import { voidOpenLinks } from './void-open-links.ts';

type SetTemporaryPassword = (
  request: ResetRequest,
  session: OperatorSession,
  origin: Origin,
) => Promise<ResetAnswer>;

/** Least characters and bits of a split password: the half that one of its readers does not have must be as hard to guess as a whole one-time code. */
const [shortestSplit, splitBits] = [23, 72];

/** What the owner is told about where the temporary password went. */
const saidOf = {
  spoken: 'A temporary password was given to the person who called.',
  sealed: 'A temporary password was sent to you; the help desk has not seen it.',
  split: 'Half of a temporary password was given to the person who called, the other half was sent to you.',
} as const;

async function generateFor({ policy, account, mode }: ResetPreflight) {
  const { passwords, temporaryPassword } = policy.document;
  const asked = policyFor(passwords, account.directory);
  const long: PasswordPolicy =
    mode === 'split' ? { ...asked, shortest: Math.max(asked.shortest, shortestSplit) } : asked;
  const { generateTemporaryPassword } = await loadGenerator();
  const { style, minBits } = temporaryPassword;
  const rules = { style, minBits: mode === 'split' ? Math.max(minBits, splitBits) : minBits };
  return generateTemporaryPassword(rules, long, {
    userName: account.user_name,
    displayName: account.display_name,
    email: account.email,
  });
}

const masked = ({ channel, to }: Destination) => (channel === 'mail' ? maskEmail(to) : maskPhone(to));
/** Which message it was, and where it went, as far as the log may know. */
const sentFacts = (destination: Destination | null, messageId: string) =>
  destination === null
    ? {}
    : { sentBy: destination.channel, sentTo: masked(destination), [destination.channel]: messageId };

/** A reset by a temporary password: intent, directory and outcome, and the mail of what the operator may not see. */
export function createSetTemporaryPassword(
  collaborators: ResetCollaborators,
  beginReset: BeginReset,
  { viewOf }: ReadResets,
  settle: SettleReset,
): SetTemporaryPassword {
  const { store, directory, hashing, secrets, notifications, deliversExternally, now } = collaborators;
  const preflight = createPreflightReset(collaborators);
  const sendSecret = createSendSecret(collaborators, settle);
  return async (request, session, origin) => {
    const resetId = randomUUID();
    const messageId = randomUUID();
    const predicted = await preflight(request, session);
    if (predicted === null) {
      return store.change(origin, async (tx, record) => {
        await beginReset(tx, record, request, session, resetId);
        // The grant allows the reset now and did not at the prediction: the client tries again.
        throw new Refusal('request.conflict');
      });
    }
    const means = { capabilities: directory.capabilities, deliversExternally: await deliversExternally() };
    const { mode } = predicted;
    const { password, bits } = await generateFor(predicted);
    const { spoken, sent } = partsOf(password, mode);
    // Outside the transaction: other writers do not wait for the hash.
    const hash = await hashing.hash(password.expose());
    // Written before, since it reads; queued with the reset, so that no crash can part the two.
    const owner = { accountId: predicted.account.id, caseId: request.caseId };
    const tellOwner = await notifications.preparePasswordReset(owner, saidOf[mode]);
    const change = store.change(origin, async (tx, record) => {
      const { context, reset } = await beginReset(tx, record, request, session, resetId);
      const plan = planDelivery(context, request, means);
      // An alert raised since the prediction has changed the delivery mode.
      if (plan.mode !== mode) throw new Refusal('request.conflict');
      const accountId = context.found.account.id;
      const until = reset.valid_until ?? now();
      const outcome = await directory.setTemporaryPassword(
        { accountId, hash, password, validUntil: until, resetId, keepOld: plan.fate === 'works-until-used' },
        tx,
      );
      await voidOpenLinks(tx, record, accountId, now(), 'reset');
      await sendSecret.withdrawOlder(tx, record, accountId, resetId);
      await tellOwner(tx);
      const { account: owned } = context.found;
      if (sent !== null && plan.destination !== null) {
        const message = {
          account: owned,
          destination: plan.destination,
          secret: sent,
          half: mode === 'split',
        };
        const { caseId } = request;
        await sendSecret.enqueue(tx, { resetId, messageId, ...message, validUntil: until, caseId });
      }
      const chosen = { deliveryMode: plan.mode, oldPassword: plan.fate };
      await tx
        .updateTable('resets')
        .set({
          // What is sent is done when the mail has left.
          state: sent === null ? 'done' : 'intended',
          settled_at: sent === null ? now() : null,
          secret_bits: bits,
          secret_style: context.policy.document.temporaryPassword.style,
          delivery_mode: plan.mode,
          old_password: plan.fate,
          sessions_ended: outcome.sessionsEnded,
          unlocked: outcome.unlocked ? 1 : 0,
          ...(plan.destination !== null && {
            // A text has its own table, where the audit log names it.
            mail_id: plan.destination.channel === 'mail' ? messageId : null,
            sent_by: plan.destination.channel,
            sent_to: masked(plan.destination),
          }),
        })
        .where('id', '=', resetId)
        .execute();
      const facts = { action: request.action, reset: resetId, ...chosen, ...outcome };
      const about = { accountId, caseId: request.caseId, policyVersion: context.policy.version };
      if (sent === null) await record({ action: 'reset.done', ...about, facts });
      else
        await record({
          action: 'reset.secret-sent',
          ...about,
          facts: { ...facts, ...sentFacts(plan.destination, messageId) },
        });
      return { account: owned, validUntil: until, destination: plan.destination };
    });
    const { account, validUntil, destination } = await change.catch((thrown: unknown) => {
      // The password may be set: a retry with the same key finds it here.
      const { validFor } = predicted.policy.document.temporaryPassword;
      if (isOutcomeUnknown(thrown) && spoken !== null) secrets.set(resetId, spoken, now() + validFor * 1000);
      throw thrown;
    });
    if (sent !== null && destination !== null) {
      await sendSecret.send({
        resetId,
        messageId,
        account,
        destination,
        secret: sent,
        half: mode === 'split',
        validUntil,
        caseId: request.caseId,
        origin,
      });
    }
    if (spoken !== null) secrets.set(resetId, spoken, validUntil);
    return { reset: await viewOf(resetId), temporaryPassword: spoken };
  };
}
