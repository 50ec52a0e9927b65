import type { Secret } from '../../../shared/secret/secret.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { DirectoryFault } from '../../directories/external/directory-fault.ts';
import type { ExternalAccount, ExternalDirectory } from '../../directories/external/external-directory.ts';
import type { AccountRow } from '../../directories/directory.ts';
import { queueTask } from '../../directories/configured/directory-tasks.ts';
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

/** The shortest password that a directory says it accepts; 0 where it does not say. */
const shortestIn = async (external: ExternalDirectory, key: string): Promise<number> =>
  external.effectivePolicy(key).then(
    ({ minLength }) => minLength ?? 0,
    // The directory judges the password itself.
    () => 0,
  );

/**
 * After a write whose answer was lost: the directory's own date proves that it was done. Throws the fault again where nothing is proved; another server of
 * the directory may be behind, so an unchanged date proves nothing.
 */
async function confirmWrite(
  thrown: unknown,
  external: ExternalDirectory,
  before: ExternalAccount,
): Promise<{ readonly passwordSetAt: number | null }> {
  if (!(thrown instanceof DirectoryFault) || thrown.code !== 'outcome-unknown') throw thrown;
  const now = await external.read(before.key).catch(() => null);
  const isNew =
    now !== null &&
    now.mustChange &&
    (now.passwordSetAt !== before.passwordSetAt || (!before.mustChange && now.passwordSetAt === null));
  if (!isNew) throw thrown;
  return { passwordSetAt: now.passwordSetAt };
}

/**
 * A temporary password in an external directory. The intent is committed and the grant spent before the directory is called, which happens outside of the
 * writers' turn; the outcome is committed after. Whatever breaks in between leaves an intent that {@link SettleReset} settles.
 */
export function createSetExternalPassword(collaborators: Collaborators) {
  const { store, directory, notifications, complete, beginReset, now } = collaborators;

  /** Commits the intent, with what the operator chose. */
  const intend = ({ request, session, origin, predicted, resetId, means }: PasswordAttempt) =>
    store.change(origin, async (tx, record) => {
      const { context, reset } = await beginReset(tx, record, request, session, resetId);
      const plan = planDelivery(context, request, means);
      if (plan.mode !== predicted.mode) throw new Refusal('request.conflict');
      const chosen = { delivery_mode: plan.mode, old_password: plan.fate };
      await tx.updateTable('resets').set(chosen).where('id', '=', resetId).execute();
      return {
        account: context.found.account,
        policy: context.policy,
        reset: { ...reset, ...chosen },
        plan,
      };
    });

  /** Fails a reset that its directory has refused: nothing was changed there. */
  const fail = ({ request, origin, resetId, predicted }: PasswordAttempt, code: string) =>
    store.change(origin, async (tx, record) => {
      await tx
        .updateTable('resets')
        .set({ state: 'failed', settled_at: now(), failure: code })
        .where('id', '=', resetId)
        .execute();
      await record({
        action: 'reset.failed',
        outcome: 'failed',
        accountId: predicted.account.id,
        caseId: request.caseId,
        facts: { action: request.action, reset: resetId, fault: code },
      });
    });

  const unknown = ({ request, origin, resetId, predicted }: PasswordAttempt, code: string) =>
    store.change(origin, async (tx, record) => {
      await tx
        .updateTable('resets')
        .set({ state: 'unknown', settled_at: now(), failure: code })
        .where('id', '=', resetId)
        .execute();
      await record({
        action: 'reset.outcome-unknown',
        outcome: 'failed',
        accountId: predicted.account.id,
        caseId: request.caseId,
        facts: { action: request.action, reset: resetId, fault: code },
      });
    });

  /** Sets the password, and unlocks an account that is locked: its user could not sign in otherwise. */
  const setIn = async (external: ExternalDirectory, key: string, password: Secret) => {
    const before = await external.read(key);
    if (before === null) throw new DirectoryFault('account-gone');
    const { passwordSetAt } = await external
      .setTemporaryPassword(key, password)
      .catch((thrown: unknown) => confirmWrite(thrown, external, before));
    const after = async (isWanted: boolean, work: () => Promise<void>) =>
      isWanted &&
      work().then(
        () => true,
        () => false,
      );
    const { unlock, endSessions } = external.capabilities;
    const unlocked = await after(before.lockedSince !== null && unlock === true, () => external.unlock(key));
    const ended = await after(endSessions === true, () => external.endSessions(key));
    return { passwordSetAt, outcome: { unlocked, sessionsEnded: ended ? 1 : 0 } };
  };

  /** Remembers which password it was, and queues its replacement for the case that the user does not use it in time. */
  const remember = async (
    tx: Transaction,
    account: AccountRow,
    resetId: string,
    setAt: number | null,
    until: number,
  ) => {
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
        read_at: now(),
        locked_until: null,
        locked_at: null,
        ...temporary,
      })
      .onConflict((on) => on.column('account_id').doUpdateSet(temporary))
      .execute();
    await queueTask(tx, {
      directoryId,
      accountId: account.id,
      kind: 'replace-password',
      reason: 'expired',
      resetId,
      passwordSetAt: setAt,
      dueAt: until,
    });
  };

  return async (attempt: PasswordAttempt): Promise<PasswordSet> => {
    const { request, origin, predicted, resetId, messageId } = attempt;
    const configured = await directory.externalOf(predicted.account);
    if (configured === null) throw new Refusal('request.conflict');
    const { external } = configured;
    const key = predicted.account.source_id ?? '';
    const shortest = await shortestIn(external, key);
    const { password, bits } = await generateForReset(predicted, shortest);
    const { spoken, sent } = partsOf(password, predicted.mode);
    const owner = { accountId: predicted.account.id, caseId: request.caseId };
    const tellOwner = await notifications.preparePasswordReset(owner, ownerNotice[predicted.mode]);
    const { account, policy, reset, plan } = await intend(attempt);
    const { passwordSetAt, outcome } = await setIn(external, key, password).catch(async (thrown: unknown) => {
      if (!(thrown instanceof DirectoryFault)) throw thrown;
      if (thrown.code === 'outcome-unknown') {
        await unknown(attempt, thrown.code);
        throw new Refusal('reset.outcome-unknown');
      }
      await fail(attempt, thrown.code);
      throw refusalOfFault(thrown);
    });
    await store.change(origin, async (tx, record) => {
      await complete(tx, record, {
        account,
        reset,
        policy,
        plan,
        bits,
        sent,
        messageId,
        outcome,
        tellOwner,
      });
      await remember(tx, account, resetId, passwordSetAt, reset.valid_until ?? now());
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
