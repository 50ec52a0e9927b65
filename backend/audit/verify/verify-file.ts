import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { AuditEventsTable } from '../../store/tables.ts';
import { eventHash } from '../../store/append-event.ts';
import { keyIdOf, isSignedBy } from '../../store/audit-key.ts';
import type { Checkpoint } from '../../store/checkpoint.ts';
import { checkpointOf, endText, eventOf, exportLine, type ExportLine } from '../export/json-lines.ts';
import { fault, type ChainSource, type Position, type Verdict } from './verdict.ts';
import { verifyChain } from './verify-chain.ts';

export interface FileVerdict extends Verdict {
  /** The key that signed the file, as the file says: compare it with the one that the console shows. */
  readonly keyId: string;
  /** Whether the file contains the whole log instead of a part. */
  readonly whole: boolean;
}

/** The file is not an export. */
export class NotAnExport extends Error {}

async function* linesOf(path: string): AsyncGenerator<string> {
  const stream = createReadStream(path, 'utf8');
  try {
    yield* createInterface({ input: stream, crlfDelay: Infinity });
  } finally {
    stream.destroy();
  }
}

/** Marks a line that is not part of the export's format. */
function parse(text: string): ExportLine | null {
  try {
    return exportLine.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * Verifies an exported file with nothing but the file, or against a public key or a head that are known from elsewhere. Throws
 * {@link NotAnExport}.
 */
export async function verifyFile(
  path: string,
  expected: { readonly publicKey?: string | null; readonly head?: Position | null } = {},
): Promise<FileVerdict> {
  const digest = createHash('sha256');
  const checkpoints: Checkpoint[] = [];
  let header: (ExportLine & { type: 'header' }) | null = null;
  let end: (ExportLine & { type: 'end' }) | null = null;
  /** The expected number of the event on a line that cannot be read. */
  let unreadable: number | null = null;
  let last = 0;
  for await (const text of linesOf(path)) {
    const line = parse(text);
    if (header === null) {
      if (line?.type !== 'header') throw new NotAnExport('The file does not begin as an exported audit log.');
      header = line;
    } else if (line === null) unreadable ??= last + 1;
    else if (line.type === 'checkpoint') checkpoints.push(checkpointOf(line));
    else if (line.type === 'event') last = line.seq;
    if (line?.type === 'end') end = line;
    else digest.update(`${text}\n`);
  }
  if (header === null) throw new NotAnExport('The file is empty.');

  const publicKey = expected.publicKey ?? header.publicKey;
  const source: ChainSource = {
    async *events() {
      for await (const text of linesOf(path)) {
        const line = parse(text);
        if (line?.type === 'event') yield eventOf(line);
      }
    },
    // A file is always read from its first event.
    faultAt: () => Promise.resolve(null),
    checkpoints: async () => checkpoints,
  };
  const whole = header.filter === null;
  const verdict = whole
    ? await verifyChain(source, { publicKey, heads: expected.head ? [expected.head] : [] })
    : await verifyPart(source);
  const about = { keyId: keyIdOf(publicKey), whole };
  if (unreadable !== null && (verdict.fault === null || verdict.fault.seq >= unreadable)) {
    return { ...verdict, ...about, fault: fault('altered', unreadable) };
  }
  if (verdict.fault !== null) return { ...verdict, ...about };
  const after = last + 1;
  if (end === null) return { ...verdict, ...about, fault: fault('cut-off', after) };
  const sum = digest.digest('hex');
  const signed = sum === end.digest && isSignedBy(publicKey, endText(sum), end.signature);
  if (signed) return { ...verdict, signedUpTo: verdict.head?.seq ?? null, ...about };
  // The chain is intact, so either the end is wrong, or the file is a part without a chain.
  const missing = end.events !== verdict.events;
  return { ...verdict, ...about, fault: fault(missing ? (whole ? 'cut-off' : 'removed') : 'file', after) };
}

/** Verifies a part of the log: each event by itself, and their order. */
async function verifyPart(source: ChainSource): Promise<Verdict> {
  let head: Position | null = null;
  let events = 0;
  const seen = (found: Verdict['fault']): Verdict => ({
    events,
    head,
    signedUpTo: null,
    gaps: [],
    fault: found,
  });
  for await (const event of source.events(0)) {
    if (eventHash(event) !== event.hash) return seen(fault('altered', event.seq));
    if (head !== null && event.seq <= head.seq) {
      return seen(fault(event.hash === head.hash ? 'inserted' : 'reordered', event.seq));
    }
    head = positionOf(event);
    events += 1;
  }
  return seen(null);
}

const positionOf = ({ seq, hash }: AuditEventsTable): Position => ({ seq, hash });
