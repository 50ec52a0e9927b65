import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { operatorView } from './operator.ts';

const newUserName = z.string().trim().min(1).max(limits.userName);
const secretText = z.string().min(1).max(limits.password);

/** What a session allows and for how long; times ISO 8601, durations in seconds. */
export const sessionView = z.object({
  id: z.string(),
  operator: operatorView,
  /** When the operator last proved who they are. */
  authenticatedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  idleLockSeconds: z.int(),
  reauthenticateAfterSeconds: z.int(),
  /** Until when the operator may put off enrolling a second factor; null when there is one, or none is asked for. */
  secondFactorBy: z.iso.datetime().nullable(),
  /** How the operator can prove themselves once more, the usual way first; besides a code, which may be set up at any time. */
  proofs: z.array(z.enum(['password', 'provider'])),
  serverTime: z.iso.datetime(),
});
export type SessionView = z.infer<typeof sessionView>;

/** A session with its tokens; only the console's main process ever holds one. */
export const sessionTokens = z.object({
  session: sessionView,
  accessToken: z.string(),
  accessExpiresAt: z.iso.datetime(),
  refreshToken: z.string(),
});
export type SessionTokens = z.infer<typeof sessionTokens>;

/** What is still to do before a session opens. The ticket stands for the step that was passed; it is good for ten minutes. */
export const nextStep = z.object({
  /** `code`: give a second factor · `enrol`: none is there yet, so enrol one. */
  step: z.enum(['code', 'enrol']),
  ticket: z.string(),
  expiresAt: z.iso.datetime(),
});
export type NextStep = z.infer<typeof nextStep>;

export const firstAdministrator = z.object({
  displayName: z.string().trim().min(1).max(limits.displayName),
  userName: newUserName,
  password: secretText,
});

export const setUp = endpoint({
  id: 'setUp',
  method: 'POST',
  path: '/setup',
  summary:
    'Create the first administrator, with the one-time setup code that the backend gave out at its start',
  right: null,
  body: firstAdministrator.extend({ setupCode: z.string().min(1).max(200) }),
  answer: sessionTokens,
  secret: true,
  errors: ['setup.already-done', 'setup.code-wrong', 'password.policy'],
});

export const signIn = endpoint({
  id: 'signIn',
  method: 'POST',
  path: '/session',
  summary: 'Sign an operator in',
  right: null,
  body: z.object({
    userName: z.string().trim().min(1).max(limits.userName),
    password: secretText,
    /** Console version and platform, for the audit log. */
    client: z.string().max(200).optional(),
  }),
  answer: z.union([sessionTokens, nextStep]),
  secret: true,
  errors: ['session.credentials-wrong', 'session.operator-locked', 'setup.required', 'request.rate-limited'],
});

export const refreshSession = endpoint({
  id: 'refreshSession',
  method: 'POST',
  path: '/session/refresh',
  summary: 'Exchange a refresh token for a new pair; the old one is dead afterwards',
  right: null,
  body: z.object({ refreshToken: secretText }),
  answer: sessionTokens,
  secret: true,
  errors: ['session.expired', 'session.idle-locked'],
});

/**
 * Proves the operator once more, with the refresh token, so that it also reopens a session which its idle time has locked.
 */
export const reauthenticate = endpoint({
  id: 'reauthenticate',
  method: 'POST',
  path: '/session/reauthenticate',
  summary: 'Prove the operator again; reopens a session that idleness has locked',
  right: null,
  body: z.union([
    z.object({ refreshToken: secretText, password: secretText }),
    z.object({ refreshToken: secretText, code: z.string().trim().min(1).max(40) }),
  ]),
  answer: sessionTokens,
  secret: true,
  errors: [
    'session.credentials-wrong',
    'session.code-wrong',
    'session.code-replayed',
    'session.operator-locked',
    'session.expired',
  ],
});

export const getSession = endpoint({
  id: 'getSession',
  method: 'GET',
  path: '/session',
  summary: 'The session that the call is made in',
  right: 'session',
  answer: sessionView,
  errors: [],
});

export const signOut = endpoint({
  id: 'signOut',
  method: 'DELETE',
  path: '/session',
  summary: 'End the session',
  right: 'session',
  answer: z.object({}),
  errors: [],
});
