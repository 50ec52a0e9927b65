import { z } from 'zod';
import { recoveryCodes, secondFactorOffer } from '../../api/own-account.ts';
import { sessionView } from '../../api/session.ts';
import { call, nothing } from './call.ts';

/** User name and password as typed. No call answers them. */
const credentials = z.object({ userName: z.string().max(400), password: z.string().max(2000) });

const codeOnly = z.object({ code: z.string().max(100) });

/** The password or the verification code that an operator gives to reauthenticate. */
const proof = z.union([z.object({ password: z.string().max(2000) }), codeOnly]);

const signedIn = z.object({
  session: sessionView,
  /** Why the sign-in could not be remembered; null if it was, or if the operator did not ask for it. */
  notRemembered: z.enum(['keychain.missing', 'keychain.locked', 'keychain.failed']).nullable(),
});
const furtherStep = z.object({ step: z.enum(['code', 'enrol']) });

/** The operator's sign-in, session and sign-out. */
export const session = {
  setUp: call(
    z.object({
      displayName: z.string().max(400),
      userName: z.string().max(400),
      password: z.string().max(2000),
      /** Needed for a server only: main knows the setup code of the embedded backend. */
      setupCode: z.string().max(200).optional(),
    }),
    sessionView,
  ),
  /** The first step of a sign-in. `step` in the answer says that a verification code or an enrolment must follow. */
  signIn: call(credentials.extend({ remember: z.boolean() }), z.union([signedIn, furtherStep])),
  answerCode: call(codeOnly, signedIn),
  /** The secret to add to an authenticator app, for an operator without two-factor authentication. */
  offerEnrolment: call(nothing, secondFactorOffer),
  /** Signs in with the first code of the new authenticator. The recovery codes are answered only here. */
  confirmEnrolment: call(codeOnly, signedIn.extend(recoveryCodes.shape)),
  /** Signs in with the identity provider in the system's browser. Answers once the provider has redirected back. */
  signInWithProvider: call(z.object({ remember: z.boolean() }), z.union([signedIn, furtherStep])),
  /** Reauthenticates with the identity provider in the same way. */
  proveWithProvider: call(nothing, sessionView),
  cancelSignIn: call(nothing, nothing),
  signOut: call(nothing, nothing),
  lock: call(nothing, nothing),
  /** Reauthenticates the operator, which also unlocks a locked console. */
  reauthenticate: call(proof, sessionView),
  /** Reports that the operator is active, which restarts the idle timer. */
  activity: call(nothing, nothing),
};

/** The operator's own recovery codes. */
export const self = {
  /** Copies the recovery codes. The clipboard is cleared at `clearedAt`. */
  copyRecoveryCodes: call(recoveryCodes, z.object({ clearedAt: z.iso.datetime() })),
  /** Saves the recovery codes where the operator chooses. Answers the file's name, or null if the operator cancels. */
  saveRecoveryCodes: call(recoveryCodes, z.string().nullable()),
};
