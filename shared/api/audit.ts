import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { timelineEntry } from './timeline.ts';

/**
 * What was done to an audit log. `altered`: the content of an event was changed. `removed`, `inserted`, `reordered`: events were removed, inserted or
 * reordered. `cut-off`: the end is missing. `rewritten`: events were changed and all later hashes recomputed, which only a checkpoint reveals.
 * `checkpoint`: a checkpoint is missing or its signature is wrong. `other-key`: the chain is intact, but another key signed it. `file`: the exported
 * file was changed, not its events.
 */
export const faultKinds = [
  'altered',
  'removed',
  'inserted',
  'reordered',
  'cut-off',
  'rewritten',
  'checkpoint',
  'other-key',
  'file',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Selects events by time, account, case, action or actor. An event must match every given field. */
export const auditFilter = z.object({
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  /** The account's id or its exact user name. */
  account: z.string().trim().min(1).max(200).optional(),
  case: z.coerce.number().int().min(1).optional(),
  /** An action such as `reset.done`, or a group of actions such as `reset`. */
  action: z
    .string()
    .regex(/^[a-z-]+(?:\.[a-z-]+)?$/)
    .max(80)
    .optional(),
  outcome: z.enum(['done', 'refused', 'failed']).optional(),
  /** Part of the actor's name. */
  actor: z.string().trim().min(1).max(limits.displayName).optional(),
});
export type AuditFilter = z.infer<typeof auditFilter>;

/** One event with all its fields. */
export const auditEntry = timelineEntry.extend({
  seq: z.int(),
  account: z.object({ id: z.string(), displayName: z.string().nullable() }).nullable(),
  caseId: z.string().nullable(),
  policyVersion: z.int().nullable(),
  clientAddress: z.string().nullable(),
  client: z.string().nullable(),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

export const listAudit = endpoint({
  id: 'listAudit',
  method: 'GET',
  path: '/audit/events',
  summary: 'List the events of the audit log, newest first',
  right: 'audit.read',
  scope: { by: 'rows' },
  bridge: 'audit.events',
  query: auditFilter.extend({
    /** Lists events older than this one. */
    before: z.coerce.number().int().min(1).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  answer: z.object({ events: z.array(auditEntry), more: z.boolean() }),
  errors: [],
});

export const exportFormats = ['jsonl', 'cef'] as const;

export const exportAudit = endpoint({
  id: 'exportAudit',
  method: 'GET',
  path: '/audit/export',
  summary: 'Export the audit log as JSON Lines that can be verified offline, or as CEF; recorded in the log',
  right: 'audit.read',
  scope: { by: 'rows' },
  query: auditFilter.extend({ format: z.enum(exportFormats).default('jsonl') }),
  file: ['application/x-ndjson', 'text/plain'],
  answer: z.never(),
  errors: [],
});

const position = z.object({ seq: z.int(), hash: z.string(), at: z.iso.datetime() });

/** The result of checking the hash chain so far. */
export const chainState = z.object({
  head: position.nullable(),
  /** The last signed event. */
  signed: position.nullable(),
  check: z.object({
    state: z.enum(['checking', 'unbroken', 'broken']),
    upTo: z.int(),
    /** When the last check ended. */
    at: z.iso.datetime().nullable(),
    fault: z
      .object({
        kind: z.enum(faultKinds),
        seq: z.int(),
        to: z.int(),
      })
      .nullable(),
  }),
  /** The public key that verifies an exported file. */
  publicKey: z.string(),
  keyId: z.string(),
});
export type ChainState = z.infer<typeof chainState>;

export const getChain = endpoint({
  id: 'getChain',
  method: 'GET',
  path: '/audit/chain',
  summary: "Get the state of the audit log's hash chain, and the key that verifies its signatures",
  right: 'audit.read',
  scope: { by: 'nothing', because: 'it shows and changes no account' },
  bridge: 'audit.chain',
  answer: chainState,
  errors: [],
});

export const checkChain = endpoint({
  id: 'checkChain',
  method: 'POST',
  path: '/audit/chain/check',
  summary: 'Check the hash chain again from its first event; recorded in the log',
  right: 'audit.read',
  scope: { by: 'nothing', because: 'it shows and changes no account' },
  bridge: 'audit.check',
  answer: chainState,
  errors: [],
});
