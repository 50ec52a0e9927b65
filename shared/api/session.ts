import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { operatorView } from './operator.ts';
import { typedLine, typedName } from './typed-text.ts';

const newUserName = typedName(limits.userName);
const secretText = z.string().min(1).max(limits.password);

/** An operator's session. Times are ISO 8601, durations in seconds. */
export const sessionView = z.object({
  id: z.string(),
  operator: operatorView,
  /** When the operator last authenticated. */
  authenticatedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  idleLockSeconds: z.int(),
  reauthenticateAfterSeconds: z.int(),
  /** Until when the operator can postpone enrolling a second factor; null if there is one or none is required. */
  secondFactorBy: z.iso.datetime().nullable(),
  /** The ways in which the operator can re-authenticate, the usual one first; `code` is an authenticator code or a recovery code. */
  proofs: z.array(z.enum(['password', 'provider', 'code'])),
  serverTime: z.iso.datetime(),
});
export type SessionView = z.infer<typeof sessionView>;

/** A session with its tokens, which only the console's main process holds. */
export const sessionTokens = z.object({
  session: sessionView,
  accessToken: z.string(),
  accessExpiresAt: z.iso.datetime(),
  refreshToken: z.string(),
});
export type SessionTokens = z.infer<typeof sessionTokens>;

/** The next step of a sign-in. The ticket proves the step before and expires after ten minutes. */
export const nextStep = z.object({
  /** `code`: give the second factor · `enrol`: set one up, since the operator has none yet. */
  step: z.enum(['code', 'enrol']),
  ticket: z.string(),
  expiresAt: z.iso.datetime(),
});
export type NextStep = z.infer<typeof nextStep>;

export const firstAdministrator = z.object({
  displayName: typedName(limits.displayName),
  userName: newUserName,
  password: secretText,
});

export const setUp = endpoint({
  id: 'setUp',
  method: 'POST',
  path: '/setup',
  summary: 'Create the first administrator, with the setup code that the backend showed when it started',
  right: null,
  scope: { by: 'nothing', because: 'there is no session yet' },
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
  scope: { by: 'nothing', because: 'there is no session yet' },
  body: z.object({
    /** The user name, or the email address. */
    userName: typedLine(limits.identifier).min(1),
    password: secretText,
    /** Console version and platform, for the audit log. */
    client: typedLine(200).optional(),
  }),
  answer: z.union([sessionTokens, nextStep]),
  secret: true,
  errors: [
    'session.credentials-wrong',
    'session.operator-locked',
    'operator.disabled',
    'setup.required',
    'directory-sign-in.unavailable',
    'directory-sign-in.not-now',
    'directory-sign-in.no-role',
    'directory-sign-in.not-linked',
  ],
});

export const refreshSession = endpoint({
  id: 'refreshSession',
  method: 'POST',
  path: '/session/refresh',
  summary: 'Exchange a refresh token for new tokens; the old ones stop working',
  right: null,
  scope: { by: 'nothing', because: 'there is no session yet' },
  body: z.object({ refreshToken: secretText }),
  answer: sessionTokens,
  secret: true,
  errors: ['session.expired', 'session.idle-locked'],
});

/** Takes the refresh token, so that it works for a locked session, too. */
export const reauthenticate = endpoint({
  id: 'reauthenticate',
  method: 'POST',
  path: '/session/reauthenticate',
  summary: 'Re-authenticate the operator; unlocks a session that was locked while idle',
  right: null,
  scope: { by: 'nothing', because: 'there is no session yet' },
  body: z.union([
    z.object({ refreshToken: secretText, password: secretText }),
    z.object({ refreshToken: secretText, code: z.string().trim().min(1).max(100) }),
  ]),
  answer: sessionTokens,
  secret: true,
  errors: [
    'session.credentials-wrong',
    'session.code-wrong',
    'session.code-replayed',
    'session.operator-locked',
    'session.expired',
    'operator.disabled',
    'directory-sign-in.unavailable',
    'directory-sign-in.not-now',
    'directory-sign-in.no-role',
    'directory-sign-in.not-linked',
  ],
});

export const getSession = endpoint({
  id: 'getSession',
  method: 'GET',
  path: '/session',
  summary: 'Get the session of this request',
  right: 'session',
  scope: { by: 'nothing', because: 'it concerns the session itself' },
  answer: sessionView,
  errors: [],
});

export const signOut = endpoint({
  id: 'signOut',
  method: 'DELETE',
  path: '/session',
  summary: 'Sign the operator out',
  right: 'session',
  scope: { by: 'nothing', because: 'it concerns the session itself' },
  answer: z.object({}),
  errors: [],
});
