import { randomInt } from 'node:crypto';
import { Secret } from '../../../shared/secret/secret.ts';
import { readLettersAndDigits } from '../../../shared/typed/code.ts';
import type { Origin } from '../../store/append-event.ts';
import type { KeyedHash } from '../../store/keyed-hash.ts';
import type { OwnChangeOutcome, OwnChanges } from '../own-changes/own-changes.ts';
import type { Transaction } from '../../store/store.ts';
import type { EnrolledAccount } from './enrolment.ts';

/** Codes in a set. */
export const recoveryCodeCount = 10;

/** Letters and digits that are not confused with each other on paper or on the phone. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
/** Ten of 31 characters: 49 bits. */
const length = 10;

export interface RecoveryCodes {
  /** Creates a set of codes and returns them in clear text, once. They replace the previous set, unless they are held for an approver. */
  create(
    account: EnrolledAccount,
    origin: Origin,
  ): Promise<{ readonly codes: readonly Secret[]; readonly outcome: OwnChangeOutcome }>;
  /** Uses a code in the transaction that acts on it. Returns whether it was an unused code of the account. */
  use(accountId: string, code: string, tx: Transaction): Promise<boolean>;
}

/** Normalises a typed code; null if it cannot be a recovery code. */
export function readRecoveryCode(typed: string): string | null {
  const plain = readLettersAndDigits(typed);
  return plain.length === length && [...plain].every((character) => alphabet.includes(character))
    ? plain
    : null;
}

const newRecoveryCode = (): Secret =>
  new Secret(Array.from({ length }, () => alphabet[randomInt(alphabet.length)] ?? '').join(''));

/** In two halves, as users see it. */
const printed = (code: string): string => `${code.slice(0, length / 2)}-${code.slice(length / 2)}`;

interface Collaborators {
  readonly keyed: KeyedHash;
  readonly changes: OwnChanges;
  readonly now: () => number;
}

/** Codes for users who have lost their phone; each works once. */
export function createRecoveryCodes({ keyed, changes, now }: Collaborators): RecoveryCodes {
  const hashed = (accountId: string, code: string) => keyed.hash('recovery-code', `${accountId} ${code}`);
  return {
    async create(account, origin) {
      const codes = Array.from({ length: recoveryCodeCount }, newRecoveryCode);
      const hashes = codes.map((code) => hashed(account.id, code.expose()));
      const outcome = await changes.make(account, { kind: 'recovery-codes', hashes }, origin);
      return { codes: codes.map((code) => code.map(printed)), outcome };
    },

    async use(accountId, code, tx) {
      const unused = await tx
        .selectFrom('account_recovery_codes')
        .select(['id', 'code_hash'])
        .where('account_id', '=', accountId)
        .where('used_at', 'is', null)
        .execute();
      // All are compared, so that the timing does not reveal which one matched.
      const matches = unused.map(({ code_hash }) =>
        keyed.matches('recovery-code', `${accountId} ${code}`, code_hash),
      );
      const found = unused[matches.indexOf(true)];
      if (!found) return false;
      const { numUpdatedRows } = await tx
        .updateTable('account_recovery_codes')
        .set({ used_at: now() })
        .where('id', '=', found.id)
        .where('used_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}
