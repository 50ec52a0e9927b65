import { z } from 'zod';
import { byCase, caseView } from './case.ts';
import { ownCaseErrors } from './case-errors.ts';
import { badgeKinds, checkKind, checkKinds, isAnsweredBy } from './check.ts';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { typedNote } from './typed-text.ts';

const codeKinds = checkKinds.filter(
  (kind) => isAnsweredBy(kind, 'code') || isAnsweredBy(kind, 'recovery-code'),
);
const note = typedNote(limits.note).min(1);

export const startCheck = endpoint({
  id: 'startCheck',
  method: 'POST',
  path: '/cases/:caseId/checks',
  summary: 'Start a check: send the code, ask the manager, or get the number to call',
  right: 'cases.work',
  scope: { by: 'case' },
  bridge: 'cases.startCheck',
  practised: true,
  params: byCase,
  body: z.object({ kind: checkKind }),
  answer: z.object({
    case: caseView,
    /** The registered number, for a call-back; null otherwise. */
    callNumber: z.string().nullable(),
  }),
  secret: true,
  errors: [
    ...ownCaseErrors,
    'check.unavailable',
    'check.locked',
    'check.approver-only',
    'request.rate-limited',
    'mail.failed',
    'text.failed',
  ],
});

export const answerCheck = endpoint({
  id: 'answerCheck',
  method: 'POST',
  path: '/cases/:caseId/checks/:checkId/answer',
  summary: 'Record the answer to a check: the code, the result of the call-back, the document that was shown',
  right: 'cases.work',
  scope: { by: 'case' },
  bridge: 'cases.answerCheck',
  practised: true,
  params: byCase.extend({ checkId: z.string().min(1).max(100) }),
  body: z.discriminatedUnion('kind', [
    z.object({
      kind: z.enum(codeKinds),
      code: z.string().max(100),
    }),
    z.object({
      kind: z.literal('call-back'),
      outcome: z.enum(['confirmed', 'not-reached', 'denied']),
      /** What convinced the operator, or what went wrong; recorded in the audit log. */
      note,
    }),
    z.object({
      kind: z.literal('in-person'),
      outcome: z.enum(['recognised', 'not-recognised']),
      where: z.enum(['in-person', 'live-video']),
      badge: z.enum(badgeKinds),
      /** The last characters of the badge's number: enough to find the badge, too few to copy it. */
      lastCharacters: z
        .string()
        .trim()
        .regex(/^[\p{L}\p{N}]{2,6}$/u),
      note,
    }),
    z.object({
      kind: z.literal('security-questions'),
      answers: z
        .array(z.object({ questionId: z.string().min(1).max(100), answer: z.string().max(200) }))
        .min(1)
        .max(10),
    }),
  ]),
  answer: z.object({ outcome: z.enum(['passed', 'wrong', 'failed', 'locked']), case: caseView }),
  errors: [
    ...ownCaseErrors,
    'check.not-found',
    'check.expired',
    'check.locked',
    'check.settled',
    'check.approver-only',
    'check.other-session',
    'check.unavailable',
  ],
});
