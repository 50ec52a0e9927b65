import { z } from 'zod';
import { actionErrors, grantErrors, ownCaseErrors } from './case-errors.ts';
import {
  byCase,
  caseAction,
  caseFilter,
  caseReason,
  caseRow,
  caseView,
  grantView,
  refusalReasons,
} from './case.ts';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { typedLine, typedNote } from './typed-text.ts';

const ticket = typedLine(limits.ticket);
const note = typedNote(limits.note);

export const openCase = endpoint({
  id: 'openCase',
  method: 'POST',
  path: '/cases',
  summary: "Open a case about an account, or get the operator's own open one",
  right: 'cases.work',
  scope: { by: 'account', refusal: 'case.opened' },
  bridge: 'cases.open',
  practised: true,
  body: z.object({
    accountId: z.string().min(1).max(200),
    ticket: ticket.optional(),
    reason: caseReason.optional(),
  }),
  answer: caseView,
  errors: ['account.not-found', 'account.own', 'directory.unavailable'],
});

export const getCase = endpoint({
  id: 'getCase',
  method: 'GET',
  path: '/cases/:caseId',
  summary: 'Get a case',
  right: 'cases.work',
  scope: { by: 'case' },
  bridge: 'cases.get',
  practised: true,
  params: byCase,
  answer: caseView,
  errors: ['case.not-found', 'case.not-yours', 'directory.unavailable'],
});

export const listCases = endpoint({
  id: 'listCases',
  method: 'GET',
  path: '/cases',
  summary: 'List recent cases, newest first',
  right: 'cases.work',
  scope: { by: 'rows' },
  bridge: 'cases.list',
  practised: true,
  query: caseFilter.extend({
    before: z.coerce.number().int().optional(),
    limit: z.coerce.number().int().min(1).max(100).default(25),
  }),
  answer: z.object({ cases: z.array(caseRow), more: z.boolean() }),
  errors: [],
});

export const exportCases = endpoint({
  id: 'exportCases',
  method: 'GET',
  path: '/cases/export',
  summary: 'Export the cases that match a filter as CSV, newest first; recorded in the log',
  right: 'cases.work',
  scope: { by: 'rows' },
  query: caseFilter,
  file: ['text/csv'],
  answer: z.never(),
  errors: [],
});

export const changeCase = endpoint({
  id: 'changeCase',
  method: 'PATCH',
  path: '/cases/:caseId',
  summary: 'Set the ticket reference or the reason of a case',
  right: 'cases.work',
  scope: { by: 'case' },
  bridge: 'cases.change',
  practised: true,
  params: byCase,
  body: z.object({ ticket: ticket.nullable().optional(), reason: caseReason.nullable().optional() }),
  answer: caseView,
  errors: [...ownCaseErrors],
});

export const openLinkedCase = endpoint({
  id: 'openLinkedCase',
  method: 'POST',
  path: '/cases/:caseId/linked-cases',
  summary:
    'Open a case about another account of the same person, which takes over the evidence that counts there',
  right: 'cases.work',
  scope: { by: 'case' },
  bridge: 'cases.openLinked',
  practised: true,
  params: byCase,
  body: z.object({ accountId: z.string().min(1).max(200) }),
  answer: caseView,
  errors: [
    ...ownCaseErrors,
    'account.not-found',
    'account.not-linked',
    'account.out-of-scope',
    'account.own',
    'directory.unavailable',
  ],
});

export const refuseCase = endpoint({
  id: 'refuseCase',
  method: 'POST',
  path: '/cases/:caseId/refuse',
  summary: 'End a case as refused, because the caller could not be verified',
  right: 'cases.work',
  scope: { by: 'case' },
  bridge: 'cases.refuse',
  practised: true,
  params: byCase,
  body: z.object({ reason: z.enum(refusalReasons), note: note.optional() }),
  answer: caseView,
  errors: [...ownCaseErrors],
});

export const closeCase = endpoint({
  id: 'closeCase',
  method: 'POST',
  path: '/cases/:caseId/close',
  summary: 'Close a case, after the handover or without a reset',
  right: 'cases.work',
  scope: { by: 'case' },
  bridge: 'cases.close',
  practised: true,
  params: byCase,
  answer: caseView,
  errors: [...ownCaseErrors],
});

export const mintGrant = endpoint({
  id: 'mintGrant',
  method: 'POST',
  path: '/cases/:caseId/grants',
  summary: 'Mint the grant for one action, if the case has enough assurance and approval',
  right: 'cases.work',
  scope: { by: 'case' },
  proof: 'in-decision',
  bridge: 'cases.mintGrant',
  practised: true,
  params: byCase,
  body: z.object({
    action: caseAction,
    /** An unused reset of the case, which is revoked when the grant is spent. */
    insteadOf: z.string().min(1).max(100).optional(),
  }),
  answer: grantView,
  errors: [...actionErrors, 'approval.needed', 'account.not-locked', 'reset.not-found', 'reset.settled'],
});

export const unlockAccount = endpoint({
  id: 'unlockAccount',
  method: 'POST',
  path: '/cases/:caseId/unlock',
  summary: "Spend a grant: unlock the case's account; its password stays as it is",
  right: 'cases.work',
  scope: { by: 'case' },
  proof: 'in-decision',
  bridge: 'cases.unlock',
  practised: true,
  params: byCase,
  body: z.object({ grantId: z.string().min(1).max(100) }),
  answer: caseView,
  errors: [
    ...actionErrors,
    ...grantErrors,
    'approval.needed',
    'account.not-locked',
    'directory.unavailable',
    'directory.not-trusted',
    'directory.service-account',
    'directory.right-missing',
    'directory.account-gone',
    'directory.not-found',
  ],
});

/** Words that prove the help desk to the caller: both see the same ones, valid for a few minutes. */
export const sendPhrase = endpoint({
  id: 'sendPhrase',
  method: 'POST',
  path: '/cases/:caseId/phrase',
  summary:
    'Prove the help desk to the caller: show three words to the operator and the signed-in owner, and mail them',
  right: 'cases.work',
  scope: { by: 'case' },
  bridge: 'cases.sendPhrase',
  practised: true,
  params: byCase,
  answer: z.object({
    words: z.array(z.string()).length(3),
    /** Null where no address may receive the mail: then only the signed-in owner's page shows the words. */
    sentTo: z.string().nullable(),
    expiresAt: z.iso.datetime(),
  }),
  secret: true,
  errors: [...ownCaseErrors, 'request.rate-limited', 'mail.failed'],
});
