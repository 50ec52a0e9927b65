import { z } from 'zod';
import { exportLine } from '../export/json-lines.ts';

export const packFormat = 'reset-desk-evidence/1';

const instant = z.iso.datetime();
const maybe = z.string().nullable();
const event = exportLine.options[1];
const position = z.object({ seq: z.int(), hash: z.string() });

/** Everything that happened in a case, readable without the product. Contains no secrets; addresses are masked. */
export const caseReport = z.object({
  format: z.literal(packFormat),
  product: z.string(),
  issuedAt: instant,
  issuedBy: z.string(),
  /** The organisation of the help desk; null or absent if the policy does not name it. */
  organisation: maybe.optional(),
  /** The desk's time zone for displayed times. Packs without it use UTC. */
  zone: z.string().optional(),
  keyId: z.string(),
  publicKey: z.string(),
  case: z.object({
    id: z.string(),
    number: z.int(),
    state: z.string(),
    ticket: maybe,
    reason: maybe,
    openedAt: instant,
    endedAt: instant.nullable(),
    refusalReason: maybe,
    refusalNote: maybe,
  }),
  account: z.object({
    id: z.string(),
    userName: z.string(),
    displayName: z.string(),
    tier: z.string(),
    department: maybe,
    directory: z.string(),
  }),
  operator: z.object({ id: z.string(), displayName: z.string() }),
  checks: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      /** passed, failed or expired; `pending` until the check is settled. */
      outcome: z.string(),
      destination: maybe,
      note: maybe,
      startedAt: instant,
      settledAt: instant.nullable(),
      /** Operators who read the code in the outbox before the check was settled. They could have answered instead of the caller. */
      readInOutbox: z.array(z.object({ at: instant, by: z.string() })).optional(),
    }),
  ),
  approvals: z.array(
    z.object({
      action: z.string(),
      needed: z.array(z.string()),
      state: z.string(),
      askedBy: z.string(),
      askedAt: instant,
      note: maybe,
      decidedBy: maybe,
      decidedAt: instant.nullable(),
      reason: maybe,
    }),
  ),
  grants: z.array(
    z.object({
      action: z.string(),
      policyVersion: z.int(),
      mintedAt: instant,
      spentAt: instant.nullable(),
    }),
  ),
  issued: z.array(
    z.object({
      id: z.string(),
      action: z.string(),
      delivery: z.string(),
      state: z.string(),
      at: instant,
      validUntil: instant.nullable(),
      sentTo: maybe,
      sessionsEnded: z.int(),
      unlocked: z.boolean(),
      handedOverAt: instant.nullable(),
      usedAt: instant.nullable(),
      passwordSetAt: instant.nullable(),
      voidedAt: instant.nullable(),
    }),
  ),
  reveals: z.array(z.object({ at: instant, way: z.string(), by: z.string() })),
  notifications: z.array(
    z.object({
      by: z.enum(['mail', 'text']),
      kind: z.string(),
      to: maybe,
      state: z.string(),
      at: instant,
      settledAt: instant.nullable(),
      answer: maybe,
    }),
  ),
  /** The case's events and the changes of its account in the 90 days before, as in the audit log, with their hashes. */
  events: z.array(event),
  /** The log's last event and its last signed one. */
  chain: z.object({ head: position.nullable(), signed: position.nullable() }),
});
export type CaseReport = z.infer<typeof caseReport>;
