import { z } from 'zod';
import { auditFilter } from '../../../shared/api/audit.ts';
import type { AuditEventsTable } from '../../store/tables.ts';
import type { Checkpoint } from '../../store/checkpoint.ts';

export const exportFormat = 'reset-desk-audit/1';

const instant = z.iso.datetime();
const count = z.int().min(0);

/** A line of an exported file. */
export const exportLine = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('header'),
    format: z.literal(exportFormat),
    product: z.string(),
    exportedAt: instant,
    /** Null for the whole log, the only case in which the chain can be verified. */
    filter: auditFilter.nullable(),
    keyId: z.string(),
    publicKey: z.string(),
  }),
  z.object({
    type: z.literal('event'),
    seq: z.int(),
    at: instant,
    actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
    account: z.string().nullable(),
    case: z.string().nullable(),
    action: z.string(),
    outcome: z.string(),
    facts: z.record(z.string(), z.unknown()),
    policyVersion: z.int().nullable(),
    clientAddress: z.string().nullable(),
    client: z.string().nullable(),
    previousHash: z.string(),
    hash: z.string(),
  }),
  z.object({
    type: z.literal('checkpoint'),
    seq: z.int(),
    hash: z.string(),
    at: instant,
    keyId: z.string(),
    signature: z.string(),
  }),
  z.object({
    type: z.literal('end'),
    events: count,
    /** SHA-256 in hex over all lines before this one, including their line feeds. */
    digest: z.string(),
    signature: z.string(),
  }),
]);
export type ExportLine = z.infer<typeof exportLine>;

/** The text that the last line's signature covers. */
export const endText = (digest: string): string => `reset-desk audit export 1\n${digest}`;

export const eventLine = (event: AuditEventsTable): ExportLine => ({
  type: 'event',
  seq: event.seq,
  at: new Date(event.at).toISOString(),
  actor: { kind: event.actor_kind, id: event.actor_id, name: event.actor_name },
  account: event.account_id,
  case: event.case_id,
  action: event.action,
  outcome: event.outcome,
  facts: JSON.parse(event.facts) as Record<string, unknown>,
  policyVersion: event.policy_version,
  clientAddress: event.client_address,
  client: event.client,
  previousHash: event.previous_hash,
  hash: event.hash,
});

export const checkpointLine = ({ seq, hash, at, key_id, signature }: Checkpoint): ExportLine => ({
  type: 'checkpoint',
  seq,
  hash,
  at: new Date(at).toISOString(),
  keyId: key_id,
  signature,
});

/** The event behind a line. */
export const eventOf = (line: ExportLine & { type: 'event' }): AuditEventsTable => ({
  seq: line.seq,
  at: Date.parse(line.at),
  actor_kind: line.actor.kind,
  actor_id: line.actor.id,
  actor_name: line.actor.name,
  account_id: line.account,
  case_id: line.case,
  action: line.action as AuditEventsTable['action'],
  outcome: line.outcome,
  facts: JSON.stringify(line.facts),
  policy_version: line.policyVersion,
  client_address: line.clientAddress,
  client: line.client,
  previous_hash: line.previousHash,
  hash: line.hash,
});

export const checkpointOf = (line: ExportLine & { type: 'checkpoint' }): Checkpoint => ({
  seq: line.seq,
  hash: line.hash,
  at: Date.parse(line.at),
  key_id: line.keyId,
  signature: line.signature,
});
