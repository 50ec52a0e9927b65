import { chainStart, eventHash } from '../../store/append-event.ts';
import { keyIdOf } from '../../store/audit-key.ts';
import { checkpointEvery, isCheckpointSigned, type Checkpoint } from '../../store/checkpoint.ts';
import { diagnose } from './diagnose.ts';
import { fault, type ChainSource, type Fault, type Position, type Verdict } from './verdict.ts';

export interface Expectations {
  /** The last event that is known to be good; by default the beginning of the log. */
  readonly after?: Position;
  /** The public key (base64url) of the checkpoints; null skips them. */
  readonly publicKey: string | null;
  /** An event that the log must contain, known from a source that an attacker on the log cannot change. */
  readonly head?: Position | null;
  /** Called every 10,000 events with the last good one's number. */
  readonly onProgress?: (seq: number) => void;
}

const beginning: Position = { seq: 0, hash: chainStart };
const progressEvery = 10_000;

/** Verifies the chain event by event and checkpoint by checkpoint, up to the first fault. */
export async function verifyChain(source: ChainSource, expected: Expectations): Promise<Verdict> {
  const { after = beginning, publicKey, head: stated = null, onProgress } = expected;
  const checkpoints = publicKey === null ? [] : await source.checkpoints(after.seq);
  let next = 0;
  let events = 0;
  let good = after;
  let signedUpTo: number | null = null;

  const verdict = (found: Fault | null): Verdict => ({
    events,
    head: good.seq === 0 ? null : good,
    signedUpTo,
    fault: found,
  });
  const faultAt = (seq: number, hash: string): Fault | null => {
    if (publicKey === null) return null;
    const checkpoint = checkpoints[next];
    if (checkpoint?.seq !== seq) {
      return seq % checkpointEvery === 0 ? fault('checkpoint', seq) : null;
    }
    next += 1;
    if (!isSigned(checkpoint, publicKey)) return fault('checkpoint', seq);
    if (checkpoint.hash !== hash) return fault('rewritten', (signedUpTo ?? after.seq) + 1, seq);
    signedUpTo = seq;
    return null;
  };

  for await (const event of source.events(after.seq)) {
    const follows = event.seq === good.seq + 1 && event.previous_hash === good.hash;
    if (!follows || eventHash(event) !== event.hash) {
      return verdict(await diagnose(source, after.seq, good, event));
    }
    const wrong = faultAt(event.seq, event.hash);
    if (wrong) return verdict(wrong);
    if (stated?.seq === event.seq && stated.hash !== event.hash) {
      return verdict(fault('rewritten', (signedUpTo ?? after.seq) + 1, event.seq));
    }
    good = { seq: event.seq, hash: event.hash };
    events += 1;
    if (events % progressEvery === 0) onProgress?.(event.seq);
  }
  const lastKnown = Math.max(stated?.seq ?? 0, checkpoints.at(-1)?.seq ?? 0);
  return verdict(lastKnown > good.seq ? fault('cut-off', good.seq + 1, lastKnown) : null);
}

const isSigned = (checkpoint: Checkpoint, publicKey: string): boolean =>
  checkpoint.key_id === keyIdOf(publicKey) && isCheckpointSigned(checkpoint, publicKey);
