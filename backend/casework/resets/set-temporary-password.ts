import { randomUUID } from 'node:crypto';
import type { Origin } from '../../store/append-event.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { Refusal } from '../../refusal.ts';
import { isOutcomeUnknown } from '../../store/database-fault.ts';
import type { BeginReset } from './begin-reset.ts';
import { createCompleteTemporaryPassword, ownerNotice } from './complete-temporary-password.ts';
import { generateForReset } from './generate-for-reset.ts';
import { planDelivery } from './plan-delivery.ts';
import { createPreflightReset } from './preflight-reset.ts';
import type { ReadResets } from './read-resets.ts';
import type { ResetAnswer, ResetCollaborators, ResetRequest } from './reset-collaborators.ts';
import { createSendSecret } from './send-secret.ts';
import { createSetExternalPassword } from './set-external-password.ts';
import type { SettleReset } from './settle-reset.ts';
import { partsOf } from './split-secret.ts';

type SetTemporaryPassword = (
  request: ResetRequest,
  session: OperatorSession,
  origin: Origin,
) => Promise<ResetAnswer>;

/** A reset by a temporary password: intent, directory, outcome, and the mail with the part that the operator may not see. */
export function createSetTemporaryPassword(
  collaborators: ResetCollaborators,
  beginReset: BeginReset,
  { viewOf }: ReadResets,
  settle: SettleReset,
): SetTemporaryPassword {
  const { store, directory, hashing, secrets, notifications, channels, now } = collaborators;
  const preflight = createPreflightReset(collaborators);
  const sendSecret = createSendSecret(collaborators, settle);
  const complete = createCompleteTemporaryPassword(collaborators, sendSecret);
  const setExternal = createSetExternalPassword({ ...collaborators, complete, beginReset });

  /** Intent, password and outcome in one transaction of the built-in directory. */
  const setHere: typeof setExternal = async (attempt) => {
    const { request, session, origin, predicted, resetId, messageId, means } = attempt;
    const generated = await generateForReset(predicted);
    const { password } = generated;
    const { spoken, sent } = partsOf(password, predicted.mode);
    // Outside the transaction: other writers do not wait for the hash.
    const hash = await hashing.hash(password.expose());
    // Written before the transaction, since it reads; queued with the reset, so that no crash can separate the two.
    const owner = { accountId: predicted.account.id, caseId: request.caseId };
    const tellOwner = await notifications.preparePasswordReset(owner, ownerNotice[predicted.mode]);
    const change = store.change(origin, async (tx, record) => {
      const { context, reset } = await beginReset(tx, record, request, session, resetId);
      const plan = planDelivery(context, request, means);
      // An alert raised since the prediction has changed the delivery mode.
      if (plan.mode !== predicted.mode) throw new Refusal('request.conflict');
      const { account } = context.found;
      const validUntil = reset.valid_until ?? now();
      const outcome = await directory.setTemporaryPassword(
        {
          accountId: account.id,
          hash,
          password,
          validUntil,
          resetId,
          keepOld: plan.fate === 'works-until-used',
        },
        tx,
      );
      const accepted = { account, reset, policy: context.policy, plan, generated, sent, messageId, outcome };
      await complete(tx, record, { ...accepted, tellOwner });
      return { account, validUntil, destination: plan.destination };
    });
    const done = await change.catch((thrown: unknown) => {
      // The password may be set: a retry with the same key finds it here.
      const { validFor } = predicted.policy.document.temporaryPassword;
      if (isOutcomeUnknown(thrown) && spoken !== null) secrets.set(resetId, spoken, now() + validFor * 1000);
      throw thrown;
    });
    return { ...done, spoken, sent };
  };

  return async (request, session, origin) => {
    const resetId = randomUUID();
    const messageId = randomUUID();
    const predicted = await preflight(request, session);
    if (predicted === null) {
      return store.change(origin, async (tx, record) => {
        await beginReset(tx, record, request, session, resetId);
        // The grant allows the reset now but did not at the prediction: the client has to try again.
        throw new Refusal('request.conflict');
      });
    }
    const capabilities = await directory.capabilitiesOf(predicted.account);
    const means = { capabilities, deliversExternally: await channels.deliversExternally() };
    const attempt = { request, session, origin, predicted, resetId, messageId, means };
    const isHere = predicted.account.directory_id === null;
    const { account, validUntil, destination, spoken, sent } = await (isHere ? setHere : setExternal)(
      attempt,
    );
    if (sent !== null && destination !== null) {
      const half = predicted.mode === 'split';
      const { caseId } = request;
      const message = { resetId, messageId, account, destination, secret: sent, half, validUntil, caseId };
      await sendSecret.send({ ...message, origin });
    }
    if (spoken !== null) secrets.set(resetId, spoken, validUntil);
    return { reset: await viewOf(resetId), temporaryPassword: spoken };
  };
}
