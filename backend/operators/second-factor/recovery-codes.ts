import { randomInt, randomUUID } from 'node:crypto';
import { Secret } from '../../../shared/secret/secret.ts';
import { readLettersAndDigits } from '../../../shared/typed/code.ts';
import type { KeyedHash } from '../../store/keyed-hash.ts';
import type { Transaction } from '../../store/store.ts';

/** Letters and digits that do not look alike: 30 characters, so ten of them hold 49 bits. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';
const [codes, length] = [10, 10] as const;

const newCode = (): Secret => {
  const text = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
  return new Secret(`${text.slice(0, 5)}-${text.slice(5)}`);
};

/** Whether a typed code looks like a recovery code rather than a code from an authenticator app. */
export function isRecoveryCodeShape(typed: string): boolean {
  const code = readLettersAndDigits(typed);
  // The words around a pasted code have letters that recovery codes do not have.
  return code.length === length && [...code].every((character) => alphabet.includes(character));
}

const hashOf = (keyed: KeyedHash, operatorId: string, code: string): string =>
  keyed.hash('operator-recovery-code', `${operatorId} ${readLettersAndDigits(code)}`);

/** Replaces the operator's recovery codes by ten new ones and returns them; they cannot be read again. */
export async function replaceRecoveryCodes(
  tx: Transaction,
  keyed: KeyedHash,
  operatorId: string,
  now: number,
): Promise<Secret[]> {
  const fresh = Array.from({ length: codes }, newCode);
  await tx.deleteFrom('operator_recovery_codes').where('operator_id', '=', operatorId).execute();
  await tx
    .insertInto('operator_recovery_codes')
    .values(
      fresh.map((code) => ({
        id: randomUUID(),
        operator_id: operatorId,
        code_hash: hashOf(keyed, operatorId, code.expose()),
        created_at: now,
        used_at: null,
      })),
    )
    .execute();
  return fresh;
}

/** Uses a recovery code; false if it is wrong or was used. Of two concurrent uses, exactly one succeeds. */
export async function useRecoveryCode(
  tx: Transaction,
  keyed: KeyedHash,
  operatorId: string,
  typed: string,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('operator_recovery_codes')
    .set({ used_at: now })
    .where('code_hash', '=', hashOf(keyed, operatorId, typed))
    .where('operator_id', '=', operatorId)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
