import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Passes whole lines on: in one of two halves, a secret would not be recognised. */
export function forEachLine(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => {
    if (line.trim() !== '') onLine(line);
  });
}
