import { randomInt } from 'node:crypto';
import type { Origin } from '../../store/append-event.ts';
import type { KeyedHash } from '../../store/keyed-hash.ts';
import type { OwnChangeOutcome, OwnChanges } from '../own-changes/own-changes.ts';
import type { Transaction } from '../../store/store.ts';
import type { EnrolledAccount } from './enrolment.ts';

/** How many are made at once. */
export const recoveryCodeCount = 10;

/** Letters and digits that are not taken for each other, neither on paper nor on the phone. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
/** 31 signs, ten of them: 49 bits, with few tries. */
const length = 10;

export interface RecoveryCodes {
  /** Ten new codes, in clear for this once; those before are worth nothing any more, unless the new ones are held for four eyes first. */
  create(
    account: EnrolledAccount,
    origin: Origin,
  ): Promise<{ readonly codes: string[]; readonly outcome: OwnChangeOutcome }>;
  /** Whether this is an unused code of the account; if so it is used up, in the transaction that acts on it. */
  use(accountId: string, code: string, tx: Transaction): Promise<boolean>;
}

/** A code as it is compared: signs alone. Null for what cannot be one. */
export function readRecoveryCode(typed: string): string | null {
  const plain = typed.normalize('NFKC').toLowerCase().replaceAll(/[\s-]/gu, '');
  return plain.length === length && [...plain].every((sign) => alphabet.includes(sign)) ? plain : null;
}

const newRecoveryCode = (): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)] ?? '').join('');

/** In two halves, as it is printed. */
const printed = (code: string): string => `${code.slice(0, length / 2)}-${code.slice(length / 2)}`;

interface Collaborators {
  readonly keyed: KeyedHash;
  readonly changes: OwnChanges;
  readonly now: () => number;
}

/** Codes that a user keeps for the day when the phone is gone; each is good once. */
export function createRecoveryCodes({ keyed, changes, now }: Collaborators): RecoveryCodes {
  const hashed = (accountId: string, code: string) => keyed.hash('recovery-code', `${accountId} ${code}`);
  return {
    async create(account, origin) {
      const codes = Array.from({ length: recoveryCodeCount }, newRecoveryCode);
      const hashes = codes.map((code) => hashed(account.id, code));
      const outcome = await changes.make(account, { kind: 'recovery-codes', hashes }, origin);
      return { codes: codes.map(printed), outcome };
    },

    async use(accountId, code, tx) {
      const unused = await tx
        .selectFrom('account_recovery_codes')
        .select(['id', 'code_hash'])
        .where('account_id', '=', accountId)
        .where('used_at', 'is', null)
        .execute();
      // All are compared, so that the time does not say which.
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
