import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { recoveryCodes, secondFactorOffer } from './own-account.ts';
import { sessionTokens } from './session.ts';

const ticket = z.string().min(1).max(limits.password);

export const answerSecondFactor = endpoint({
  id: 'answerSecondFactor',
  method: 'POST',
  path: '/session/code',
  summary: 'Give the second factor of a sign-in: an authenticator code or a recovery code',
  right: null,
  scope: { by: 'nothing', because: 'there is no session yet' },
  body: z.object({ ticket, code: z.string().trim().min(1).max(100) }),
  answer: sessionTokens,
  secret: true,
  errors: ['session.ticket-gone', 'session.code-wrong', 'session.code-replayed', 'session.operator-locked'],
});

export const offerEnrolment = endpoint({
  id: 'offerEnrolment',
  method: 'POST',
  path: '/session/enrolment',
  summary: 'Begin to enrol a second factor during a sign-in that needs one',
  right: null,
  scope: { by: 'nothing', because: 'there is no session yet' },
  body: z.object({ ticket }),
  answer: secondFactorOffer,
  secret: true,
  errors: ['session.ticket-gone'],
});

export const confirmEnrolment = endpoint({
  id: 'confirmEnrolment',
  method: 'POST',
  path: '/session/enrolment/confirm',
  summary:
    'Confirm the new authenticator with its first code: opens the session and answers the recovery codes',
  right: null,
  scope: { by: 'nothing', because: 'there is no session yet' },
  body: z.object({ ticket, code: z.string().trim().min(1).max(100) }),
  answer: sessionTokens.extend(recoveryCodes.shape),
  secret: true,
  errors: ['session.ticket-gone', 'session.code-wrong', 'session.operator-locked'],
});
