import { describe } from 'vitest';
import { describeAdmission, describeLoss } from './directory-sign-in/admission.ts';
import { describeGuesses, describeRequestsOf } from './directory-sign-in/guesses.ts';
import { describeLinks } from './directory-sign-in/links.ts';
import { signInTestOf } from './directory-sign-in/sign-in-test.ts';
import type { DeskTest } from './desk-test.ts';

/** Operators who sign in with the password of a real directory. */
export function describeDirectorySignIn(deskTest: DeskTest): void {
  const it = signInTestOf(deskTest);
  describe('operators who sign in with the directory', () => {
    describeAdmission(it);
    describeLoss(it);
    describeGuesses(it);
    describeLinks(it);
    describeRequestsOf(it);
  });
}
