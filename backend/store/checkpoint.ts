import type { Transaction } from 'kysely';
import type { AuditCheckpointsTable, Tables } from './tables.ts';
import { isSignedBy, type AuditKey } from './audit-key.ts';

/**
 * Events between two checkpoints. An attacker who can write to the database can recompute every hash, but cannot change events before a
 * checkpoint without the key.
 */
export const checkpointEvery = 64;

export type Checkpoint = AuditCheckpointsTable;

const textOf = ({ seq, hash, at }: Pick<Checkpoint, 'seq' | 'hash' | 'at'>): string =>
  `reset-desk audit checkpoint 1\n${seq}\n${hash}\n${at}`;

/** Whether the checkpoint was signed by that key. */
export const isCheckpointSigned = (checkpoint: Checkpoint, publicKey: string): boolean =>
  isSignedBy(publicKey, textOf(checkpoint), checkpoint.signature);

/** A signed checkpoint for an event. */
export const signCheckpoint = (key: AuditKey, head: Pick<Checkpoint, 'seq' | 'hash' | 'at'>): Checkpoint => ({
  ...head,
  key_id: key.keyId,
  signature: key.sign(textOf(head)),
});

/** Signs the chain up to an event, in the caller's transaction. */
export async function writeCheckpoint(
  tx: Transaction<Tables>,
  key: AuditKey,
  head: { readonly seq: number; readonly hash: string },
  at: number,
): Promise<void> {
  await tx
    .insertInto('audit_checkpoints')
    .values(signCheckpoint(key, { seq: head.seq, hash: head.hash, at }))
    .execute();
}
