import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { AuditAction } from '../../shared/api/timeline.ts';
import type { AuditEventsTable, Tables } from './tables.ts';
import type { AuditKey } from './audit-key.ts';
import { checkpointEvery, writeCheckpoint } from './checkpoint.ts';

/** On whose behalf something happens, and from where. */
export interface Origin {
  readonly actor:
    | { readonly kind: 'operator'; readonly id: string; readonly name: string }
    | { readonly kind: 'user'; readonly id: string; readonly name: string }
    | { readonly kind: 'system' };
  readonly clientAddress: string | null;
  /** Console version and platform. */
  readonly client: string | null;
}

/** The origin of what the backend does without a request: sweeps, the mail queue, settling after a crash. */
export const systemOrigin: Origin = { actor: { kind: 'system' }, clientAddress: null, client: null };

/** Plain values alone: what a sentence needs to say what happened, never a secret. */
export type Facts = Readonly<{ [name: string]: string | number | boolean | null }>;

export interface AuditEvent {
  readonly action: AuditAction;
  readonly outcome?: 'done' | 'refused' | 'failed';
  readonly accountId?: string | null;
  readonly caseId?: string | null;
  readonly facts?: Facts;
  /** Of the policy that was acted on, where it is not simply the one in force. */
  readonly policyVersion?: number;
}

/** The hash before the first event. */
export const chainStart = '0'.repeat(64);

/** SHA-256, hex, over the event and the hash of the one before, in this fixed order. */
export function eventHash(event: Omit<AuditEventsTable, 'hash'>): string {
  const canonical = JSON.stringify([
    event.seq,
    event.at,
    event.actor_kind,
    event.actor_id,
    event.actor_name,
    event.account_id,
    event.case_id,
    event.action,
    event.outcome,
    event.facts,
    event.policy_version,
    event.client_address,
    event.client,
    event.previous_hash,
  ]);
  return createHash('sha256').update(canonical).digest('hex');
}

/** The version that is in force; the product's own default is version 1 and has no row. */
async function policyInForce(tx: Transaction<Tables>): Promise<number> {
  const newest = await tx
    .selectFrom('policies')
    .select('version')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return newest?.version ?? 1;
}

/** Where the chain ends. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

async function headOf(tx: Transaction<Tables>): Promise<ChainHead> {
  const last = await tx
    .selectFrom('audit_events')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last ?? { seq: 0, hash: chainStart };
}

/**
 * Appends to the chain, and signs it every {@link checkpointEvery} events where a key is given. The transaction's write lock keeps two events
 * from following the same one. `after` is the event that this transaction appended before, if it did; answers the chain's new head.
 */
export async function appendEvent(
  tx: Transaction<Tables>,
  origin: Origin,
  event: AuditEvent,
  at: number,
  key: AuditKey | null = null,
  after?: ChainHead,
): Promise<ChainHead> {
  const last = after ?? (await headOf(tx));
  const { actor } = origin;
  const facts = Object.fromEntries(
    Object.entries(event.facts ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
  const row = {
    seq: last.seq + 1,
    at,
    actor_kind: actor.kind,
    actor_id: actor.kind === 'system' ? null : actor.id,
    actor_name: actor.kind === 'system' ? null : actor.name,
    account_id: event.accountId ?? null,
    case_id: event.caseId ?? null,
    action: event.action,
    outcome: event.outcome ?? 'done',
    facts: JSON.stringify(facts),
    policy_version: event.policyVersion ?? (await policyInForce(tx)),
    client_address: origin.clientAddress,
    client: origin.client,
    previous_hash: last.hash,
  } satisfies Omit<AuditEventsTable, 'hash'>;
  const hash = eventHash(row);
  await tx
    .insertInto('audit_events')
    .values({ ...row, hash })
    .execute();
  if (key !== null && row.seq % checkpointEvery === 0)
    await writeCheckpoint(tx, key, { seq: row.seq, hash }, at);
  return { seq: row.seq, hash };
}
