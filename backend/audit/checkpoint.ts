import type { Transaction } from 'kysely';
import type { AuditCheckpointsTable, Tables } from '../store/tables.ts';
import { signedBy, type AuditKey } from './audit-key.ts';

/**
 * A checkpoint after every so many events. Hashes alone can be made anew by whoever can write the file; what lies before a checkpoint cannot
 * be changed without the key.
 */
export const checkpointEvery = 64;

export type Checkpoint = AuditCheckpointsTable;

const textOf = ({ seq, hash, at }: Pick<Checkpoint, 'seq' | 'hash' | 'at'>): string =>
  `reset-desk audit checkpoint 1\n${seq}\n${hash}\n${at}`;

/** Whether the checkpoint was signed by that key. */
export const checkpointSigned = (checkpoint: Checkpoint, publicKey: string): boolean =>
  signedBy(publicKey, textOf(checkpoint), checkpoint.signature);

/** Signs the chain up to an event, in the transaction given. */
export async function writeCheckpoint(
  tx: Transaction<Tables>,
  key: AuditKey,
  head: { readonly seq: number; readonly hash: string },
  at: number,
): Promise<void> {
  const signed = { seq: head.seq, hash: head.hash, at };
  await tx
    .insertInto('audit_checkpoints')
    .values({ ...signed, key_id: key.keyId, signature: key.sign(textOf(signed)) })
    .execute();
}
