import { z } from 'zod';
import { getAccount, getTimeline, searchAccounts, unmaskContact } from './account.ts';
import { askApproval } from './approval.ts';
import {
  changeCase,
  closeCase,
  getCase,
  listCases,
  mintGrant,
  openCase,
  refuseCase,
  sendPhrase,
} from './case.ts';
import { answerCheck, startCheck } from './check-calls.ts';
import { byDrill } from './drill.ts';
import type { Endpoint } from './endpoint.ts';
import { getDeliveryChoices, handOver, recordReveal, resendResetLink, reset, revokeReset } from './reset.ts';

/** The calls that a drill has a double of: everything that a case's screen needs, and nothing that reaches further. */
export const practised = {
  searchAccounts,
  getAccount,
  unmaskContact,
  getTimeline,
  openCase,
  getCase,
  listCases,
  changeCase,
  refuseCase,
  closeCase,
  startCheck,
  answerCheck,
  mintGrant,
  sendPhrase,
  askApproval,
  getDeliveryChoices,
  reset,
  recordReveal,
  handOver,
  resendResetLink,
  revokeReset,
} as const satisfies Record<string, Endpoint>;
export type PractisedName = keyof typeof practised;

/** The double of a call below its drill: the same input, the same answer, another store behind it. */
export const inDrill = (endpoint: Endpoint): Endpoint => ({
  ...endpoint,
  id: `practise-${endpoint.id}`,
  path: `/drills/:drillId/desk${endpoint.path}`,
  summary: `In a drill: ${endpoint.summary}`,
  params: z.object({ ...endpoint.params?.shape, ...byDrill.shape }),
  errors: [...endpoint.errors, 'drill.not-found'],
});
