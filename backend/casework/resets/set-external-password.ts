import type { Secret } from '../../../shared/secret/secret.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { DirectoryFault } from '../../directories/external/directory-fault.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { ExternalDirectory, PreparedReset } from '../../directories/external/external-directory.ts';
import { dropExpiry, queueTask } from '../../directories/configured/directory-tasks.ts';
import { refusalOfFault } from '../../directories/configured/refusal-of-fault.ts';
import { Refusal } from '../../refusal.ts';
import type { Origin } from '../../store/append-event.ts';
import type { Transaction } from '../../store/store.ts';
import type { BeginReset } from './begin-reset.ts';
import { ownerNotice, type createCompleteTemporaryPassword } from './complete-temporary-password.ts';
import { generateForReset } from './generate-for-reset.ts';
import { planDelivery, type DeliveryMeans, type Destination } from './plan-delivery.ts';
import type { ResetPreflight } from './preflight-reset.ts';
import type { ResetCollaborators, ResetRequest } from './reset-collaborators.ts';
import { issuePassIn, prepareIn, setPasswordIn, shortestIn } from './password-in-directory.ts';
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

/** A temporary password as its directory stores it; in milliseconds, `setAt` by the directory's clock. */
interface TemporaryInDirectory {
  readonly account: AccountRow;
  readonly resetId: string;
  readonly setAt: number | null;
  readonly until: number;
  readonly at: number;
}

/** Records that the account has a pass that can be withdrawn. The directory lets it expire. */
async function rememberPass(
  tx: Transaction,
  { account, resetId, at }: Pick<TemporaryInDirectory, 'account' | 'resetId' | 'at'>,
): Promise<void> {
  const pass = { temporary_reset_id: resetId, temporary_set_at: null, temporary_until: null };
  await tx
    .insertInto('directory_accounts')
    .values({
      account_id: account.id,
      directory_id: account.directory_id ?? '',
      read_at: at,
      password_set_at: null,
      must_change: 0,
      locked_until: null,
      locked_at: null,
      ...pass,
    })
    .onConflict((on) => on.column('account_id').doUpdateSet(pass))
    .execute();
}

/** Stores which password it was, and queues its replacement in case the user does not use it in time. */
async function rememberTemporary(
  tx: Transaction,
  { account, resetId, setAt, until, at }: TemporaryInDirectory,
): Promise<void> {
  const directoryId = account.directory_id ?? '';
  const temporary = {
    must_change: 1 as const,
    password_set_at: setAt,
    temporary_reset_id: resetId,
    temporary_set_at: setAt,
    temporary_until: until,
  };
  await tx
    .insertInto('directory_accounts')
    .values({
      account_id: account.id,
      directory_id: directoryId,
      read_at: at,
      locked_until: null,
      locked_at: null,
      ...temporary,
    })
    .onConflict((on) => on.column('account_id').doUpdateSet(temporary))
    .execute();
  // Another temporary password of this account is replaced by this one.
  await dropExpiry(tx, account.id, at);
  await queueTask(tx, {
    directoryId,
    accountId: account.id,
    kind: 'replace-password',
    reason: 'expired',
    resetId,
    passwordSetAt: setAt,
    dueAt: until,
  });
}

/** What the directory is given: a generated password for the account that was read for it, or null for a pass. */
type Given = {
  readonly generated: { readonly password: Secret };
  readonly prepared: PreparedReset | DirectoryFault;
} | null;

/** Sets the generated password, or issues a pass. */
async function giveIn(external: ExternalDirectory, key: string, given: Given, validFor: number) {
  if (given !== null) {
    const { password } = given.generated;
    return { secret: password, ...(await setPasswordIn(external, given.prepared, password)) };
  }
  const secret = await issuePassIn(external, key, validFor);
  return { secret, passwordSetAt: null, outcome: { unlocked: false, sessionsEnded: 0 } };
}

/** Reads the account in its directory once, and generates a password that its rules accept. */
async function prepareGiven(external: ExternalDirectory, key: string, predicted: ResetPreflight) {
  const prepared = await prepareIn(external, key);
  return { prepared, generated: await generateForReset(predicted, shortestIn(prepared)) };
}

/**
 * Sets a temporary password in an external directory. The intent is committed and the grant spent before the directory is called, which happens
 * outside the writer lock; the outcome is committed afterwards. A failure in between leaves an intent that {@link SettleReset} settles.
 */
export function createSetExternalPassword(collaborators: Collaborators) {
  const { store, directory, notifications, complete, beginReset, now } = collaborators;

  /** Commits the intent with the operator's choices. */
  const intend = ({ request, session, origin, predicted, resetId, means }: PasswordAttempt) =>
    store.change(origin, async (tx, record) => {
      const { context, reset } = await beginReset(tx, record, request, session, resetId);
      const plan = planDelivery(context, request, means);
      if (plan.mode !== predicted.mode) throw new Refusal('request.conflict');
      const isPass = plan.credential === 'access-pass';
      const chosen = {
        delivery_mode: plan.mode,
        old_password: plan.fate,
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
    const { account, policy, reset, plan } = await intend(attempt);
    const giving = giveIn(external, key, given, (reset.valid_until ?? now()) - reset.intended_at);
    const { secret, passwordSetAt, outcome } = await giving.catch(async (thrown: unknown) => {
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
        bits: given?.generated.bits ?? null,
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
