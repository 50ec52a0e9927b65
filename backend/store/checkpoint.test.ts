import { describe, expect, it } from 'vitest';
import { createAuditKey } from './audit-key.ts';
import { isCheckpointSigned, signCheckpoint, type Checkpoint } from './checkpoint.ts';

describe('a checkpoint', () => {
  const key = createAuditKey(Buffer.alloc(32, 7));
  const checkpoint = signCheckpoint(key, { seq: 64, hash: 'a'.repeat(64), at: 1_700_000_000_000 });
  const isSigned = (change: Partial<Checkpoint> = {}, publicKey = key.publicKey) =>
    isCheckpointSigned({ ...checkpoint, ...change }, publicKey);

  it('is signed by its key', () => {
    expect(isSigned()).toBe(true);
  });
  it('is not signed by another key', () => {
    expect(isSigned({}, createAuditKey(Buffer.alloc(32, 8)).publicKey)).toBe(false);
  });
  it.each<[string, Partial<Checkpoint>]>([
    ['number', { seq: 128 }],
    ['hash', { hash: 'b'.repeat(64) }],
    ['time', { at: checkpoint.at + 1 }],
    ['signature', { signature: `A${checkpoint.signature.slice(1)}` }],
    ['whole signature', { signature: '' }],
  ])('is no longer signed once its %s was altered', (_part, change) => {
    expect(isSigned(change)).toBe(false);
  });
  it('cannot have its parts moved into each other', () => {
    const signed = signCheckpoint(key, { seq: 1, hash: '2', at: 3 });
    expect(isCheckpointSigned({ ...signed, seq: 12, hash: '' }, key.publicKey)).toBe(false);
  });
});
