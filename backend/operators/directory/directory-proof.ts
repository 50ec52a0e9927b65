import { DirectoryFault } from '../../directories/external/directory-fault.ts';
import { Refusal } from '../../refusal.ts';
import type { Origin } from '../../store/append-event.ts';
import type { OperatorsTable } from '../../store/tables.ts';
import { admitFromDirectory, readPersonIn, type DirectoryOperators } from './admit-from-directory.ts';
import {
  createDirectoryPasswords,
  type DirectoryClaim,
  type DirectoryPasswords,
} from './directory-passwords.ts';
import { createDirectoryTries } from './directory-tries.ts';
import { signInDirectory } from './sign-in-settings.ts';

export interface DirectoryProof extends Pick<DirectoryPasswords, 'claim'> {
  /**
   * Verifies the password at the directory and answers the operator, with the roles of their groups: `wrong`, or a refusal that says why a right
   * password, or a directory that does not answer, keeps the operator out. Throws `session.operator-locked`.
   */
  prove(
    claim: DirectoryClaim,
    password: string,
    from: { readonly name: string; readonly isKnown: boolean; readonly origin: Omit<Origin, 'actor'> },
  ): Promise<OperatorsTable | 'wrong' | Refusal>;
}

const unavailable = () => new Refusal('directory-sign-in.unavailable');

/** Proves operators by the password of their account in the directory. */
export function createDirectoryProof({ store, registry, live, now }: DirectoryOperators): DirectoryProof {
  const tries = createDirectoryTries({ store, now });
  const passwords = createDirectoryPasswords({ store, registry, tries });
  /** Reads the account as it is now, and admits its owner. */
  const admit = async (claim: DirectoryClaim, origin: Omit<Origin, 'actor'>) => {
    const settings = await signInDirectory(store.db);
    const { account } = claim;
    if (settings === null || account === null) return 'wrong';
    const { external } = await registry.open(claim.directoryId);
    const person = await readPersonIn(external, account.source_id ?? '', settings);
    if (person === null) return 'wrong';
    return admitFromDirectory({ store, live, now }, settings, account, person, origin);
  };

  return {
    claim: passwords.claim,
    async prove(claim, password, { name, isKnown, origin }) {
      const verdict = await passwords.tryPassword(claim, password, { name, isKnown });
      if (verdict === 'wrong') return 'wrong';
      if (verdict === 'unavailable') return unavailable();
      if (verdict !== 'right')
        return new Refusal('directory-sign-in.not-now', { detail: refusedTexts[verdict] });
      try {
        return await admit(claim, origin);
      } catch (thrown) {
        // As with a password of this backend, a refusal of its own would tell a disabled operator that the password is right.
        if (thrown instanceof Refusal && thrown.code === 'operator.disabled') return 'wrong';
        if (thrown instanceof Refusal) return thrown.code.startsWith('directory.') ? unavailable() : thrown;
        if (thrown instanceof DirectoryFault) return thrown.code === 'account-gone' ? 'wrong' : unavailable();
        throw thrown;
      }
    },
  };
}

const refusedTexts = {
  'password-expired':
    'The directory demands a new password first. Change it where you sign in to your computer.',
  'not-now': 'The directory does not allow this account to sign in now, or from here.',
  frozen: 'This account was frozen, because someone reported that it may be in the wrong hands.',
} as const;
