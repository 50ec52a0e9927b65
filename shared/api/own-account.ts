import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { sessionRow } from './operators.ts';

const secretText = z.string().min(1).max(limits.password);
const errors = ['session.reauthentication-required'] as const;

/** What an authenticator application takes up: the same secret as a picture to scan and as letters to type. */
export const secondFactorOffer = z.object({ secret: z.string(), uri: z.string() });

/** Ten codes that each stand in for the authenticator once; shown this one time. */
export const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()).length(10) });

export const getSelf = endpoint({
  id: 'getSelf',
  method: 'GET',
  path: '/me',
  summary: 'The operator’s own sign-in: password, second factor, recovery codes',
  right: 'session',
  bridge: 'self.get',
  answer: z.object({
    userName: z.string(),
    displayName: z.string(),
    email: z.string().nullable(),
    /** False for who signs in with the identity provider alone. */
    hasPassword: z.boolean(),
    provider: z.boolean(),
    secondFactorSince: z.iso.datetime().nullable(),
    recoveryCodesLeft: z.int(),
    /** Whether one has to be enrolled, and until when that may be put off. */
    secondFactor: z.enum(['required', 'optional']),
    secondFactorBy: z.iso.datetime().nullable(),
  }),
  errors: [],
});

export const changeOwnPassword = endpoint({
  id: 'changeOwnPassword',
  method: 'POST',
  path: '/me/password',
  summary: 'Choose another password; all other sessions of the operator end',
  right: 'session',
  bridge: 'self.changePassword',
  body: z.object({ current: secretText, password: secretText }),
  answer: z.object({}),
  errors: ['session.credentials-wrong', 'session.operator-locked', 'password.policy'],
});

export const offerSecondFactor = endpoint({
  id: 'offerSecondFactor',
  method: 'POST',
  path: '/me/second-factor',
  summary: 'Begin to enrol an authenticator; the one in use stays until the new one has given a code',
  right: 'session',
  bridge: 'self.offerSecondFactor',
  answer: secondFactorOffer.extend({ ticket: z.string() }),
  secret: true,
  errors: [...errors],
});

export const confirmSecondFactor = endpoint({
  id: 'confirmSecondFactor',
  method: 'POST',
  path: '/me/second-factor/confirm',
  summary: 'Take the authenticator into use with its first code; older recovery codes are void',
  right: 'session',
  bridge: 'self.confirmSecondFactor',
  body: z.object({ ticket: secretText, code: z.string().trim().max(40) }),
  answer: recoveryCodes,
  secret: true,
  errors: [...errors, 'session.ticket-gone', 'session.code-wrong'],
});

export const renewRecoveryCodes = endpoint({
  id: 'renewRecoveryCodes',
  method: 'POST',
  path: '/me/recovery-codes',
  summary: 'Ten new recovery codes; the older ones are void',
  right: 'session',
  bridge: 'self.renewRecoveryCodes',
  answer: recoveryCodes,
  secret: true,
  errors: [...errors, 'operator.no-second-factor'],
});

export const listOwnSessions = endpoint({
  id: 'listOwnSessions',
  method: 'GET',
  path: '/me/sessions',
  summary: 'The operator’s own live sessions, the last used first',
  right: 'session',
  bridge: 'self.sessions',
  answer: z.object({ sessions: z.array(sessionRow) }),
  errors: [],
});

export const endOwnSessions = endpoint({
  id: 'endOwnSessions',
  method: 'POST',
  path: '/me/sessions/end',
  summary: 'End one other session of one’s own, or all others',
  right: 'session',
  bridge: 'self.endSessions',
  body: z.object({ sessionId: z.string().max(100).optional() }),
  answer: z.object({ ended: z.int() }),
  errors: ['session.not-found'],
});
