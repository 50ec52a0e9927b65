import type { PolicyDocument } from '../../shared/api/policy.ts';
import { isDisabled, isFrozen, lockedUntil } from '../accounts/statuses.ts';
import { readRequirement } from '../casework/decision/read-requirement.ts';
import { dropTemporaryPassword } from '../directories/built-in/old-password.ts';
import type { AccountRow } from '../directories/directory.ts';
import type { RecordEvent, Transaction } from '../store/store.ts';
import { completeSignIn } from './complete-sign-in.ts';
import type { UserSignInOutcome } from './sign-in.ts';

/**
 * What a correct password leads to, decided on the rows as they are in the transaction: signed in, the second factor, or a refusal that is
 * recorded. `matchedHash` is the hash that the password matched, `viaOld` that it is the previous one beside a temporary password.
 */
export async function admitUser(
  tx: Transaction,
  record: RecordEvent,
  {
    account,
    matchedHash,
    viaOld,
    policy: { signIn, requiredReset },
    at,
  }: {
    readonly account: AccountRow;
    readonly matchedHash: string;
    readonly viaOld: boolean;
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
  const credentials = await tx
    .selectFrom('account_credentials')
    .selectAll()
    .where('account_id', '=', account.id)
    .executeTakeFirst();
  const state = await tx
    .selectFrom('accounts')
    .select(['failed_sign_ins', 'locked_since', 'disabled', 'frozen_at'])
    .where('id', '=', account.id)
    .executeTakeFirstOrThrow();
  // The password was replaced, or the account locked or disabled, during the comparison.
  if (
    (viaOld ? credentials?.old_hash : credentials?.password_hash) !== matchedHash ||
    isDisabled(state) ||
    isFrozen(state) ||
    lockedUntil(state, at, signIn.lockFor) !== null
  )
    return refuse('wrong');
  if (!viaOld && (credentials?.temporary_until ?? Infinity) <= at) {
    await dropTemporaryPassword(tx, account.id, credentials?.reset_id ?? null);
    return refuse('temporary-expired');
  }
  const temporary = !viaOld && credentials?.must_change === 1;
  const required = await readRequirement(tx, account.id);
  // A temporary password from the help desk overrides the due date.
  if (!temporary && required && required.dueAt <= at && requiredReset.afterDue === 'block')
    return refuse('required-overdue');
  // Before the second factor the count of failures is kept.
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
  const { mustChange } = await completeSignIn(tx, record, account.id, { viaOld, at });
  return { kind: mustChange ? 'must-change' : 'ok', account };
}
