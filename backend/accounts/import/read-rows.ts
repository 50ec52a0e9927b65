import type { Readable } from 'node:stream';
import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import type { ImportMapping, ImportRefusal } from '../../../shared/api/import.ts';
import { limits } from '../../../shared/api/limits.ts';
import { countLines, endOfWholeRows, lengthOfEmptyLines, lineEndOf } from './row-window.ts';

/** A row of the file, or a line that cannot be read as one. `line` is its first line, counted from 1. */
export type RawRow =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly refused: ImportRefusal['reason'] };

/** Thrown when the upload ends before the file does. */
export class FileInterrupted extends Error {}

/** Bytes that are parsed at once; fewer after a fault, so that a file full of faults is not parsed repeatedly. */
const fullWindow = 64 * 1024;
const smallWindow = 1024;

/** Milliseconds in which the next part of a file has to arrive. */
const idleLimitMs = 60_000;

interface Parsed {
  readonly rows: RawRow[];
  /** The length of the rows that could be read. */
  readonly bytes: number;
  readonly fault: ImportRefusal['reason'] | null;
}

function parseWhole(window: Buffer, firstLine: number, lineEnd: number, delimiter: string): Parsed {
  const rows: RawRow[] = [];
  let [bytes, line] = [0, firstLine];
  try {
    parse(window, {
      delimiter,
      record_delimiter: lineEnd === 0x0a ? ['\r\n', '\n'] : ['\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: limits.importRow,
      on_record: (cells: string[], { bytes: end }: { bytes: number }) => {
        const text = window.subarray(bytes, end);
        // The parser skips empty lines before a row.
        const empty = text.subarray(0, lengthOfEmptyLines(text));
        rows.push({ line: line + countLines(empty, lineEnd), cells });
        line += countLines(text, lineEnd);
        bytes = end;
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { rows, bytes, fault: error.code === 'CSV_MAX_RECORD_SIZE' ? 'row-too-long' : 'bad-quotes' };
  }
  return { rows, bytes: window.length, fault: null };
}

/** The fault if no row ends within the maximum length: the line is too long, or a quote is not closed. */
function faultWithoutEnd(held: Buffer, lineEnd: number): Parsed {
  const end = held.indexOf(lineEnd);
  const tooLong = end === -1 || end > limits.importRow;
  return { rows: [], bytes: 0, fault: tooLong ? 'row-too-long' : 'bad-quotes' };
}

/**
 * Reads a file row by row as it arrives, including the header; calls `count` with each chunk's bytes. If a row cannot be read (a misplaced or unclosed
 * quote, too long), its first line is refused and reading continues with the next line, so that a mistake costs one row and no line is lost silently.
 */
export async function* readRows(
  bytes: Readable,
  mapping: ImportMapping,
  count: (bytes: number) => void,
): AsyncGenerator<RawRow> {
  const chunks = decodedChunks(bytes, mapping.encoding, count);
  let held = Buffer.alloc(0);
  let [line, reach, ended] = [1, fullWindow, false];
  let lineEnd: number | null = null;
  // Skips the rest of a refused line.
  let dropping = false;
  try {
    for (;;) {
      if (!ended && (held.length < reach || dropping)) {
        const next = await chunks.next();
        if (next.done) ended = true;
        else
          held = held.length === 0 ? Buffer.from(next.value) : Buffer.concat([held, Buffer.from(next.value)]);
      }
      // A CR at the end may be the first half of a CR LF.
      if (lineEnd === null && !ended && held.length < reach && !held.includes(0x0a)) continue;
      lineEnd ??= lineEndOf(held);
      if (dropping) {
        const end = held.indexOf(lineEnd);
        dropping = end === -1 && !ended;
        held = end === -1 ? Buffer.alloc(0) : held.subarray(end + 1);
        if (dropping) continue;
        line += 1;
      }
      if (held.length === 0 && ended) return;
      const whole = endOfWholeRows(held.subarray(0, limits.importRow + 1), reach, lineEnd);
      const windowEnd = whole === 0 && ended ? held.length : whole;
      if (windowEnd === 0 && held.length <= limits.importRow) {
        reach = Math.max(reach, held.length + 1);
        continue;
      }
      const parsed =
        windowEnd === 0
          ? faultWithoutEnd(held, lineEnd)
          : parseWhole(held.subarray(0, windowEnd), line, lineEnd, mapping.delimiter);
      yield* parsed.rows;
      line += countLines(held.subarray(0, parsed.bytes), lineEnd);
      held = held.subarray(parsed.bytes);
      if (parsed.fault === null) {
        reach = Math.min(fullWindow, reach * 2);
        continue;
      }
      const empty = lengthOfEmptyLines(held);
      line += countLines(held.subarray(0, empty), lineEnd);
      held = held.subarray(empty);
      yield { line, refused: parsed.fault };
      dropping = true;
      reach = smallWindow;
      const end = held.indexOf(lineEnd);
      if (end !== -1 || ended) {
        held = end === -1 ? Buffer.alloc(0) : held.subarray(end + 1);
        dropping = false;
        line += 1;
      }
    }
  } finally {
    await chunks.return();
  }
}

/** Rejects if no more of the file arrives in time: a client whose computer was switched off never closes its connection. */
async function withinIdleLimit<T>(next: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`nothing arrived for ${idleLimitMs} ms`));
    }, idleLimitMs);
  });
  try {
    return await Promise.race([next, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function* decodedChunks(
  bytes: Readable,
  encoding: ImportMapping['encoding'],
  count: (bytes: number) => void,
): AsyncGenerator<string, void> {
  const decoder = new TextDecoder(encoding);
  try {
    // An import that stops early must not destroy the request, which still has to be answered.
    const chunks = bytes.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
    for (;;) {
      const { done, value } = await withinIdleLimit(chunks.next());
      if (done === true) break;
      count(value.length);
      yield decoder.decode(value, { stream: true });
    }
  } catch (error) {
    throw new FileInterrupted('The file stopped arriving', { cause: error });
  }
  yield decoder.decode();
}
