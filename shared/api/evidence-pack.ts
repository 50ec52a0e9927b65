import { z } from 'zod';
import { endpoint } from './endpoint.ts';

export const packFormats = ['pdf', 'json'] as const;

export const getEvidencePack = endpoint({
  id: 'getEvidencePack',
  method: 'GET',
  path: '/cases/:caseId/evidence-pack',
  summary:
    'Export the evidence of a case as PDF or signed JSON; recorded in the log. Cases of other operators need `cases.see-all`',
  right: 'session',
  scope: { by: 'case', others: 'cases.see-all' },
  params: z.object({ caseId: z.string().min(1).max(100) }),
  query: z.object({ format: z.enum(packFormats).default('pdf') }),
  file: ['application/pdf', 'application/json'],
  answer: z.never(),
  errors: ['case.not-found', 'case.not-yours', 'request.rate-limited', 'evidence-pack.timed-out'],
});
