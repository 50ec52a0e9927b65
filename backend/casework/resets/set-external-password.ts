import type { Secret } from '../../../shared/secret/secret.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { DirectoryFault } from '../../directories/external/directory-fault.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { ExternalDirectory, PreparedReset } from '../../directories/external/external-directory.ts';
import { refusalOfFault } from '../../directories/configured/refusal-of-fault.ts';
import { Refusal } from '../../refusal.ts';
import type { GeneratedPassword } from '../../passwords/temporary-passwords/generate-temporary-password.ts';
import { NoPasswordPossible } from '../../passwords/temporary-passwords/no-password-possible.ts';
import type { Origin } from '../../store/append-event.ts';
import type { ResetsTable } from '../../store/tables.ts';
import type { BeginReset } from './begin-reset.ts';
import { ownerNotice, type createCompleteTemporaryPassword } from './complete-temporary-password.ts';
import { generateForReset } from './generate-for-reset.ts';
import { planDelivery, type DeliveryMeans, type Destination } from './plan-delivery.ts';
import type { ResetPreflight } from './preflight-reset.ts';
import { rememberPass, rememberTemporary } from './remember-temporary.ts';
import type { ResetCollaborators, ResetRequest } from './reset-collaborators.ts';
import {
  demandsIn,
  issuePassIn,
  prepareIn,
  setFirstAccepted,
  setPasswordIn,
} from './password-in-directory.ts';
import { partsOf } from './split-secret.ts';

/** One call that sets a temporary password. */
export interface PasswordAttempt {
  readonly request: ResetRequest;
  readonly session: OperatorSession;
  readonly origin: Origin;
  readonly predicted: ResetPreflight;
  readonly resetId: string;
  readonly messageId: string;
  readonly means: DeliveryMeans;
}

/** A temporary password that was set: what to show and what to send. */
export interface PasswordSet {
  readonly account: AccountRow;
  /** Milliseconds. */
  readonly validUntil: number;
  readonly destination: Destination | null;
  readonly spoken: Secret | null;
  readonly sent: Secret | null;
}

interface Collaborators extends ResetCollaborators {
  readonly complete: ReturnType<typeof createCompleteTemporaryPassword>;
  readonly beginReset: BeginReset;
}

/** What the directory is given: a generated password for the account that was read for it, or null for a pass. */
type Given = {
  readonly generated: GeneratedPassword;
  /** Generates another one, by the same rules. */
  readonly another: () => Promise<GeneratedPassword>;
  readonly prepared: PreparedReset | DirectoryFault;
} | null;

type Before = Pick<ResetsTable, 'directory_server' | 'directory_set_at'>;

/** What is stored of the account before the write, to settle a reset whose answer is lost. */
const beforeOf = (given: Given): Before =>
  given === null || given.prepared instanceof DirectoryFault
    ? { directory_server: null, directory_set_at: null }
    : { directory_server: given.prepared.server, directory_set_at: given.prepared.account.passwordSetAt };

/** Sets the generated password, or issues a pass. */
async function giveIn(external: ExternalDirectory, key: string, given: Given, validFor: number) {
  if (given !== null) {
    const { generated, another, prepared } = given;
    const { accepted, answer } = await setFirstAccepted(generated, another, ({ password }) =>
      setPasswordIn(external, prepared, password),
    );
    return { secret: accepted.password, made: accepted, ...answer };
  }
  const secret = await issuePassIn(external, key, validFor);
  return { secret, made: null, passwordSetAt: null, outcome: { unlocked: false, sessionsEnded: 0 } };
}

/**
 * Reads the account in its directory once, and generates a password that its rules accept. If there is none, the fault is thrown when the password is to
 * be set, so that the intent is recorded first.
 */
async function prepareGiven(external: ExternalDirectory, key: string, predicted: ResetPreflight) {
  const prepared = await prepareIn(external, key);
  const another = () => generateForReset(predicted, demandsIn(prepared));
  try {
    return { prepared, another, generated: await another() };
  } catch (thrown) {
    if (!(thrown instanceof NoPasswordPossible)) throw thrown;
    const conflict = new DirectoryFault('password-refused', { detail: 'rules-conflict' });
    return { prepared: conflict, another, generated: await generateForReset(predicted) };
  }
}

/**
 * Sets a temporary password in an external directory. The intent is committed and the grant spent before the directory is called, which happens
 * outside the writer lock; the outcome is committed afterwards. A failure in between leaves an intent that {@link SettleReset} settles.
 */
export function createSetExternalPassword(collaborators: Collaborators) {
  const { store, directory, notifications, complete, beginReset, now } = collaborators;

  /** Commits the intent with the operator's choices. */
  const intend = ({ request, session, origin, predicted, resetId, means }: PasswordAttempt, before: Before) =>
    store.change(origin, async (tx, record) => {
      const { context, reset } = await beginReset(tx, record, request, session, resetId);
      const plan = planDelivery(context, request, means);
      if (plan.mode !== predicted.mode) throw new Refusal('request.conflict');
      const isPass = plan.credential === 'access-pass';
      const chosen = {
        delivery_mode: plan.mode,
        old_password: plan.fate,
        ...before,
        ...(isPass && { secret_style: 'access-pass' }),
      };
      await tx.updateTable('resets').set(chosen).where('id', '=', resetId).execute();
      return {
        account: context.found.account,
        policy: context.policy,
        reset: { ...reset, ...chosen },
        plan,
      };
    });

  /** Settles a reset without a password: `failed` if its directory refused it and changed nothing, `unknown` if the answer was lost. */
  const settleWithout = (
    { request, origin, resetId, predicted }: PasswordAttempt,
    state: 'failed' | 'unknown',
    fault: string,
  ) =>
    store.change(origin, async (tx, record) => {
      await tx
        .updateTable('resets')
        .set({ state, settled_at: now(), failure: fault })
        .where('id', '=', resetId)
        .execute();
      await record({
        action: state === 'failed' ? 'reset.failed' : 'reset.outcome-unknown',
        outcome: 'failed',
        accountId: predicted.account.id,
        caseId: request.caseId,
        facts: { action: request.action, reset: resetId, fault },
      });
    });

  return async (attempt: PasswordAttempt): Promise<PasswordSet> => {
    const { request, origin, predicted, resetId, messageId } = attempt;
    const configured = await directory.externalOf(predicted.account);
    if (configured === null) throw new Refusal('request.conflict');
    const { external } = configured;
    const key = predicted.account.source_id ?? '';
    const isPass = request.credential === 'access-pass';
    const given = isPass ? null : await prepareGiven(external, key, predicted);
    const owner = { accountId: predicted.account.id, caseId: request.caseId };
    const tellOwner = await (isPass
      ? notifications.prepareAccessPass(owner)
      : notifications.preparePasswordReset(owner, ownerNotice[predicted.mode]));
    const { account, policy, reset, plan } = await intend(attempt, beforeOf(given));
    const giving = giveIn(external, key, given, (reset.valid_until ?? now()) - reset.intended_at);
    const { secret, made, passwordSetAt, outcome } = await giving.catch(async (thrown: unknown) => {
      if (!(thrown instanceof DirectoryFault)) throw thrown;
      if (thrown.code === 'outcome-unknown') {
        await settleWithout(attempt, 'unknown', thrown.code);
        throw new Refusal('reset.outcome-unknown', {}, { isRecorded: true });
      }
      await settleWithout(attempt, 'failed', thrown.code);
      const { code, help } = refusalOfFault(thrown);
      throw new Refusal(code, help, { isRecorded: true });
    });
    const { spoken, sent } = partsOf(secret, predicted.mode);
    await store.change(origin, async (tx, record) => {
      await complete(tx, record, {
        account,
        reset,
        policy,
        plan,
        generated: made,
        sent,
        messageId,
        outcome,
        tellOwner,
      });
      const stored = { account, resetId, setAt: passwordSetAt, until: reset.valid_until ?? now(), at: now() };
      await (isPass ? rememberPass(tx, stored) : rememberTemporary(tx, stored));
    });
    return {
      account,
      validUntil: reset.valid_until ?? now(),
      destination: plan.destination,
      spoken,
      sent,
    };
  };
}
