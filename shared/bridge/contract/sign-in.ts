import { z } from 'zod';
import { recoveryCodes, secondFactorOffer } from '../../api/own-account.ts';
import { sessionView } from '../../api/session.ts';
import { call, nothing } from './call.ts';

/** What a person types to prove an operator; goes in, never comes back. */
const credentials = z.object({ userName: z.string().max(200), password: z.string().max(2000) });

const codeOnly = z.object({ code: z.string().max(100) });

/** Password or code: what an operator proves themselves with once more. */
const proof = z.union([z.object({ password: z.string().max(2000) }), codeOnly]);

const entered = z.object({
  session: sessionView,
  /** Why the sign-in was not remembered although asked to be; null when it was, or was not asked. */
  notRemembered: z.enum(['keychain.missing', 'keychain.locked', 'keychain.failed']).nullable(),
});
const furtherStep = z.object({ step: z.enum(['code', 'enrol']) });

/** The operator's way in and out. */
export const session = {
  setUp: call(
    z.object({
      displayName: z.string().max(400),
      userName: z.string().max(400),
      password: z.string().max(2000),
      /** Only for a server: the embedded backend's code is known to main. */
      setupCode: z.string().max(200).optional(),
    }),
    sessionView,
  ),
  /** The first step; the second, where there is one, follows with a code. */
  signIn: call(credentials.extend({ remember: z.boolean() }), z.union([entered, furtherStep])),
  answerCode: call(codeOnly, entered),
  /** What an authenticator takes up, for an operator who has none yet. */
  offerEnrolment: call(nothing, secondFactorOffer),
  /** The first code of the new authenticator: signs in, and gives the recovery codes this once. */
  confirmEnrolment: call(codeOnly, entered.extend(recoveryCodes.shape)),
  /** In the system's browser; answers when it has come back. */
  signInWithProvider: call(z.object({ remember: z.boolean() }), z.union([entered, furtherStep])),
  /** The same in the system's browser; answers when it has come back. */
  proveWithProvider: call(nothing, sessionView),
  cancelSignIn: call(nothing, nothing),
  signOut: call(nothing, nothing),
  lock: call(nothing, nothing),
  /** Proves the operator once more, and unlocks a console that is locked. */
  reauthenticate: call(proof, sessionView),
  /** The operator did something: keeps the idle lock away. */
  activity: call(nothing, nothing),
};

/** What operators keep in order themselves. */
export const self = {
  /** To the clipboard, from which they are taken back after a while. */
  copyRecoveryCodes: call(recoveryCodes, z.object({ clearedAt: z.iso.datetime() })),
  /** Asks where to, writes the recovery codes there; null when the dialog was cancelled, else the file's name. */
  saveRecoveryCodes: call(recoveryCodes, z.string().nullable()),
};
