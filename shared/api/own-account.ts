import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { sessionRow } from './operators.ts';

const secretText = z.string().min(1).max(limits.password);

/** The secret for an authenticator application, as a QR code and as text. */
export const secondFactorOffer = z.object({ secret: z.string(), uri: z.string() });

/** Ten codes, each of which replaces the authenticator once. The server answers them only this once. */
export const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()).length(10) });

export const getSelf = endpoint({
  id: 'getSelf',
  method: 'GET',
  path: '/me',
  summary: 'Get the operator’s own sign-in: password, second factor, recovery codes',
  right: 'session',
  scope: { by: 'nothing', because: 'it concerns the session itself' },
  bridge: 'self.get',
  answer: z.object({
    userName: z.string(),
    displayName: z.string(),
    email: z.string().nullable(),
    /** False for an operator who signs in only with the identity provider, or with a directory. */
    hasPassword: z.boolean(),
    provider: z.boolean(),
    /** The operator signs in with the password of their account in a directory, which is changed there. */
    directory: z.boolean(),
    secondFactorSince: z.iso.datetime().nullable(),
    recoveryCodesLeft: z.int(),
    /** Whether a second factor is required, and until when the operator can postpone it. */
    secondFactor: z.enum(['required', 'optional']),
    secondFactorBy: z.iso.datetime().nullable(),
  }),
  errors: [],
});

export const changeOwnPassword = endpoint({
  id: 'changeOwnPassword',
  method: 'POST',
  path: '/me/password',
  summary: 'Change the operator’s own password; all their other sessions end',
  right: 'session',
  scope: { by: 'nothing', because: 'it concerns the session itself' },
  bridge: 'self.changePassword',
  body: z.object({ current: secretText, password: secretText }),
  answer: z.object({}),
  errors: [
    'session.credentials-wrong',
    'session.operator-locked',
    'password.policy',
    'request.rate-limited',
    'operator.signs-in-with-directory',
  ],
});

export const offerSecondFactor = endpoint({
  id: 'offerSecondFactor',
  method: 'POST',
  path: '/me/second-factor',
  summary: 'Begin to enrol an authenticator; the current one works until the new one is confirmed',
  right: 'session',
  scope: { by: 'nothing', because: 'it concerns the session itself' },
  proof: 'recent',
  bridge: 'self.offerSecondFactor',
  answer: secondFactorOffer.extend({ ticket: z.string() }),
  secret: true,
  errors: [],
});

export const confirmSecondFactor = endpoint({
  id: 'confirmSecondFactor',
  method: 'POST',
  path: '/me/second-factor/confirm',
  summary: 'Turn on the new authenticator with its first code; older recovery codes stop working',
  right: 'session',
  scope: { by: 'nothing', because: 'it concerns the session itself' },
  proof: 'recent',
  bridge: 'self.confirmSecondFactor',
  body: z.object({ ticket: secretText, code: z.string().trim().max(100) }),
  answer: recoveryCodes,
  secret: true,
  errors: ['session.ticket-gone', 'session.code-wrong'],
});

export const renewRecoveryCodes = endpoint({
  id: 'renewRecoveryCodes',
  method: 'POST',
  path: '/me/recovery-codes',
  summary: 'Create ten new recovery codes; older ones stop working',
  right: 'session',
  scope: { by: 'nothing', because: 'it concerns the session itself' },
  proof: 'recent',
  bridge: 'self.renewRecoveryCodes',
  answer: recoveryCodes,
  secret: true,
  errors: ['operator.no-second-factor'],
});

export const listOwnSessions = endpoint({
  id: 'listOwnSessions',
  method: 'GET',
  path: '/me/sessions',
  summary: 'List the operator’s own sessions, most recently used first',
  right: 'session',
  scope: { by: 'nothing', because: 'it concerns the session itself' },
  bridge: 'self.sessions',
  answer: z.object({ sessions: z.array(sessionRow) }),
  errors: [],
});

export const endOwnSessions = endpoint({
  id: 'endOwnSessions',
  method: 'POST',
  path: '/me/sessions/end',
  summary: 'End one of the operator’s other sessions, or all of them',
  right: 'session',
  scope: { by: 'nothing', because: 'it concerns the session itself' },
  bridge: 'self.endSessions',
  body: z.object({ sessionId: z.string().max(100).optional() }),
  answer: z.object({ ended: z.int() }),
  errors: ['session.not-found'],
});
