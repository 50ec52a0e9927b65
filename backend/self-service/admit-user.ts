import type { PolicyDocument } from '../../shared/api/policy.ts';
import { isDisabled, isFrozen, lockedUntil } from '../accounts/statuses.ts';
import { readRequirement } from '../casework/decision/read-requirement.ts';
import { dropTemporaryPassword } from '../directories/built-in/old-password.ts';
import type { AccountRow } from '../directories/directory.ts';
import type { RecordEvent, Transaction } from '../store/store.ts';
import { completeSignIn } from './complete-sign-in.ts';
import { isSentAstray } from './sent-astray.ts';
import type { UserSignInOutcome } from './sign-in.ts';

/** How a password was verified. */
export type PasswordProof =
  /** `matchedHash` is the hash that it matched, `viaOld` that it is the previous one beside a temporary password. */
  | { readonly by: 'hash'; readonly matchedHash: string; readonly viaOld: boolean }
  /** The account's external directory has accepted it. */
  | { readonly by: 'directory'; readonly mustChange: boolean };

/** The columns that decide about a temporary password are read again in the transaction. */
type SignedIn = Pick<AccountRow, 'id' | 'email_key' | 'email_changed_at' | 'phone_changed_at'>;
type Judged = 'temporary' | 'own' | 'wrong' | 'temporary-expired';

/** Judges the password against the row in the transaction. */
async function judgeHash(
  tx: Transaction,
  account: SignedIn,
  { matchedHash, viaOld }: Extract<PasswordProof, { by: 'hash' }>,
  at: number,
): Promise<Judged> {
  const { id: accountId } = account;
  const credentials = await tx
    .selectFrom('account_credentials')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  if ((viaOld ? credentials?.old_hash : credentials?.password_hash) !== matchedHash) return 'wrong';
  if (viaOld || credentials?.must_change !== 1) return 'own';
  const isOver = (credentials.temporary_until ?? Infinity) <= at;
  if (isOver || (await isSentAstray(tx, account, credentials.reset_id))) {
    await dropTemporaryPassword(tx, accountId, credentials.reset_id);
    return 'temporary-expired';
  }
  return 'temporary';
}

/** Directories keep a temporary password forever, until a task replaces it. */
async function judgeInDirectory(
  tx: Transaction,
  account: SignedIn,
  { mustChange }: Extract<PasswordProof, { by: 'directory' }>,
  at: number,
): Promise<Judged> {
  if (!mustChange) return 'own';
  const record = await tx
    .selectFrom('directory_accounts')
    .select(['temporary_until', 'temporary_reset_id'])
    .where('account_id', '=', account.id)
    .executeTakeFirst();
  const isOver = (record?.temporary_until ?? Infinity) <= at;
  return isOver || (await isSentAstray(tx, account, record?.temporary_reset_id ?? null))
    ? 'temporary-expired'
    : 'temporary';
}

/** Decides what a correct password leads to, on the rows in the transaction: signed in, the second factor, or a recorded refusal. */
export async function admitUser(
  tx: Transaction,
  record: RecordEvent,
  {
    account,
    proof,
    policy: { signIn, requiredReset },
    at,
  }: {
    readonly account: AccountRow;
    readonly proof: PasswordProof;
    readonly policy: Pick<PolicyDocument, 'signIn' | 'requiredReset'>;
    readonly at: number;
  },
): Promise<UserSignInOutcome> {
  const refuse = async <K extends 'wrong' | 'temporary-expired' | 'required-overdue'>(reason: K) => {
    await record({
      action: 'account.sign-in-failed',
      outcome: 'refused',
      accountId: account.id,
      facts: { reason },
    });
    return { kind: reason };
  };
  const viaOld = proof.by === 'hash' && proof.viaOld;
  const state = await tx
    .selectFrom('accounts')
    .select([
      'id',
      'email_key',
      'email_changed_at',
      'phone_changed_at',
      'failed_sign_ins',
      'locked_since',
      'disabled',
      'frozen_at',
    ])
    .where('id', '=', account.id)
    .executeTakeFirstOrThrow();
  // The password was replaced, or the account locked or disabled, during the comparison.
  const isLockedHere = proof.by === 'hash' && lockedUntil(state, at, signIn.lockFor) !== null;
  if (isDisabled(state) || isFrozen(state) || isLockedHere) return refuse('wrong');
  const password = await (proof.by === 'hash'
    ? judgeHash(tx, state, proof, at)
    : judgeInDirectory(tx, state, proof, at));
  if (password === 'wrong' || password === 'temporary-expired') return refuse(password);
  const temporary = password === 'temporary';
  const required = await readRequirement(tx, account.id);
  // A temporary password from the help desk overrides the due date.
  if (!temporary && required && required.dueAt <= at && requiredReset.afterDue === 'block')
    return refuse('required-overdue');
  // The count of failures is kept until the second factor succeeds.
  const enrolled = signIn.userSecondFactor
    ? await tx
        .selectFrom('account_authenticators')
        .select('id')
        .where('account_id', '=', account.id)
        .where('confirmed_at', 'is not', null)
        .executeTakeFirst()
    : undefined;
  if (enrolled) {
    await record({ action: 'self-service.code-asked', accountId: account.id });
    return { kind: 'needs-code', account, mustChange: temporary };
  }
  const { mustChange } = await completeSignIn(tx, record, account.id, { viaOld, temporary, at });
  return { kind: mustChange ? 'must-change' : 'ok', account };
}
