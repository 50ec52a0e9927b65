import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { AuditAction } from '../../shared/api/timeline.ts';
import type { AuditEventsTable, Tables } from './tables.ts';
import type { AuditKey } from './audit-key.ts';
import { checkpointEvery, writeCheckpoint } from './checkpoint.ts';

/** The actor of an event, with their address and client. */
export interface Origin {
  readonly actor:
    | { readonly kind: 'operator'; readonly id: string; readonly name: string }
    | { readonly kind: 'user'; readonly id: string; readonly name: string }
    | { readonly kind: 'system' };
  readonly clientAddress: string | null;
  /** Console version and platform. */
  readonly client: string | null;
  /** The random id that a console keeps, for the counts of wrong passwords; never recorded. */
  readonly device?: string | null;
}

/** The origin of the backend's work without a request: sweeps, the mail queue, settling after a crash. */
export const systemOrigin: Origin = { actor: { kind: 'system' }, clientAddress: null, client: null };

/** Details of an event as plain values; never a secret. */
export type Facts = Readonly<{ [name: string]: string | number | boolean | null }>;

export interface AuditEvent {
  readonly action: AuditAction;
  readonly outcome?: 'done' | 'refused' | 'failed';
  readonly accountId?: string | null;
  readonly caseId?: string | null;
  readonly facts?: Facts;
  /** The policy version that the event is based on; by default the one in force. */
  readonly policyVersion?: number;
}

/** The previous hash of the first event. */
export const chainStart = '0'.repeat(64);

/** SHA-256 in hex over the event and the previous event's hash, in this fixed order. */
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

/** The policy version in force. The built-in default is version 1 and has no row. */
async function policyInForce(tx: Transaction<Tables>): Promise<number> {
  const newest = await tx
    .selectFrom('policies')
    .select('version')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return newest?.version ?? 1;
}

/** The last event of the chain. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/** The last event in the table. */
export async function readHead(tx: Pick<Transaction<Tables>, 'selectFrom'>): Promise<ChainHead> {
  const last = await tx
    .selectFrom('audit_events')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last ?? { seq: 0, hash: chainStart };
}

/**
 * Appends an event and returns the new head; with a key, signs the chain every {@link checkpointEvery} events. The transaction's write lock prevents
 * two events from following the same one. `after` is the event that this transaction appended last, if any. The event's number is at least `minSeq`,
 * so that the number of a deleted event is not used again.
 */
export async function appendEvent(
  tx: Transaction<Tables>,
  origin: Origin,
  event: AuditEvent,
  at: number,
  key: AuditKey | null = null,
  after?: ChainHead,
  minSeq = 1,
): Promise<ChainHead> {
  const last = after ?? (await readHead(tx));
  const { actor } = origin;
  const facts = Object.fromEntries(
    Object.entries(event.facts ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
  const row = {
    seq: Math.max(last.seq + 1, minSeq),
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
