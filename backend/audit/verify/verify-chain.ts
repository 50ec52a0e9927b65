import type { AuditEventsTable } from '../../store/tables.ts';
import { chainStart, eventHash } from '../../store/append-event.ts';
import { keyIdOf } from '../../store/audit-key.ts';
import { checkpointEvery, isCheckpointSigned, type Checkpoint } from '../../store/checkpoint.ts';
import { isKeyReplacement, resumedGap } from '../declared-breaks.ts';
import { diagnose } from './diagnose.ts';
import { fault, type ChainSource, type Fault, type Gap, type Position, type Verdict } from './verdict.ts';

export interface Expectations {
  /** The last event that is known to be good; by default the beginning of the log. */
  readonly after?: Position;
  /** The public key (base64url) of the checkpoints; null skips them. */
  readonly publicKey: string | null;
  /** Events that the log must contain, known from sources that an attacker on the log cannot change. */
  readonly heads?: readonly Position[];
  /** Called every 10,000 events with the last good one's number. */
  readonly onProgress?: (seq: number) => void;
}

const beginning: Position = { seq: 0, hash: chainStart };
const progressEvery = 10_000;

/** Verifies the signatures of a log, event by event in its order. */
function createSignatureCheck(checkpoints: readonly Checkpoint[], publicKey: string, after: number) {
  const keyId = keyIdOf(publicKey);
  let next = 0;
  let signedUpTo: number | null = null;
  /** The first event that another key signed, until an event that this key signed says that it replaced the other. */
  let otherKey: number | null = null;
  return {
    signedUpTo: () => signedUpTo,
    otherKey: () => otherKey,
    /** Whether the key signed exactly at this event. */
    isSignedAt: ({ seq, hash }: Position): boolean =>
      checkpoints.some(
        (checkpoint) => checkpoint.seq === seq && checkpoint.hash === hash && isSigned(checkpoint, publicKey),
      ),
    /** Continues after a declared gap, whose events and signatures are missing. */
    skipTo(seq: number): void {
      while ((checkpoints[next]?.seq ?? seq) < seq) next += 1;
    },
    faultAt({ seq, hash }: Position, event: AuditEventsTable): Fault | null {
      const checkpoint = checkpoints[next];
      if (checkpoint?.seq !== seq) return seq % checkpointEvery === 0 ? fault('checkpoint', seq) : null;
      next += 1;
      if (checkpoint.key_id !== keyId) {
        otherKey ??= seq;
        return null;
      }
      if (!isSigned(checkpoint, publicKey)) return fault('checkpoint', seq);
      if (checkpoint.hash !== hash) return fault('rewritten', (signedUpTo ?? after) + 1, seq);
      signedUpTo = seq;
      if (isKeyReplacement(event, keyId)) otherKey = null;
      return null;
    },
  };
}

/** Verifies the chain event by event and checkpoint by checkpoint, up to the first fault. */
export async function verifyChain(source: ChainSource, expected: Expectations): Promise<Verdict> {
  const { after = beginning, publicKey, heads = [], onProgress } = expected;
  const checkpoints = publicKey === null ? [] : await source.checkpoints(after.seq);
  const signatures = publicKey === null ? null : createSignatureCheck(checkpoints, publicKey, after.seq);
  const known = new Map(heads.map(({ seq, hash }) => [seq, hash]));
  const gaps: Gap[] = [];
  let events = 0;
  let good = after;

  const verdict = (found: Fault | null): Verdict => ({
    events,
    head: good.seq === 0 ? null : good,
    signedUpTo: signatures?.signedUpTo() ?? null,
    gaps,
    fault: found,
  });
  /** Whether a signed event declares that the numbers before it are missing, on behalf of an administrator of the server. */
  const goesOnAfterGap = (event: AuditEventsTable): boolean => {
    const gap = resumedGap(event);
    const isDeclared =
      gap?.from === good.seq + 1 && gap.to === event.seq - 1 && event.previous_hash === good.hash;
    if (!isDeclared || signatures?.isSignedAt(event) === false) return false;
    gaps.push(gap);
    signatures?.skipTo(event.seq);
    return true;
  };
  const unsignedFrom = () => (signatures?.signedUpTo() ?? after.seq) + 1;

  if (after.seq > 0) {
    const lost = await source.faultAt(after);
    if (lost) return verdict(lost);
  }
  for await (const event of source.events(after.seq)) {
    const follows =
      (event.seq === good.seq + 1 && event.previous_hash === good.hash) ||
      (eventHash(event) === event.hash && goesOnAfterGap(event));
    if (!follows || eventHash(event) !== event.hash) {
      return verdict(await diagnose(source, after.seq, good, event));
    }
    const wrong = signatures?.faultAt(event, event) ?? null;
    if (wrong) return verdict(wrong);
    if (known.has(event.seq) && known.get(event.seq) !== event.hash) {
      return verdict(fault('rewritten', unsignedFrom(), event.seq));
    }
    good = { seq: event.seq, hash: event.hash };
    events += 1;
    if (events % progressEvery === 0) onProgress?.(event.seq);
  }
  const isDeclaredLost = (seq: number) => gaps.some(({ from, to }) => from <= seq && seq <= to);
  const lastKnown = Math.max(
    0,
    ...[...known.keys()].filter((seq) => !isDeclaredLost(seq)),
    checkpoints.at(-1)?.seq ?? 0,
  );
  if (lastKnown > good.seq) return verdict(fault('cut-off', good.seq + 1, lastKnown));
  const otherKey = signatures?.otherKey() ?? null;
  return verdict(otherKey === null ? null : fault('other-key', otherKey));
}

const isSigned = (checkpoint: Checkpoint, publicKey: string): boolean =>
  checkpoint.key_id === keyIdOf(publicKey) && isCheckpointSigned(checkpoint, publicKey);
