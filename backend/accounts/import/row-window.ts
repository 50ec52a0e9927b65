const [quote, lineFeed, carriageReturn] = [0x22, 0x0a, 0x0d];

/** The byte that ends a line: CR in files from old Macs, otherwise LF (also after a CR). */
export const lineEndOf = (head: Buffer): number =>
  head.includes(lineFeed) || !head.includes(carriageReturn) ? lineFeed : carriageReturn;

/**
 * The end of the last complete row within `reach` bytes, or else of the first one beyond; 0 if no row is complete. A row ends with a line that has an
 * even number of quotes before its end.
 */
export function endOfWholeRows(bytes: Buffer, reach: number, lineEnd: number): number {
  let [last, quotes] = [0, 0];
  let nextQuote = bytes.indexOf(quote);
  for (let at = bytes.indexOf(lineEnd); at !== -1; at = bytes.indexOf(lineEnd, at + 1)) {
    while (nextQuote !== -1 && nextQuote < at) {
      quotes += 1;
      nextQuote = bytes.indexOf(quote, nextQuote + 1);
    }
    if (quotes % 2 === 1) continue;
    if (last > 0 && at >= reach) break;
    last = at + 1;
  }
  return last;
}

/** The number of line ends in the bytes. */
export function countLines(bytes: Buffer, lineEnd: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(lineEnd); at !== -1; at = bytes.indexOf(lineEnd, at + 1)) lines += 1;
  return lines;
}

/** The length of the empty lines at the beginning, in bytes. */
export function lengthOfEmptyLines(bytes: Buffer): number {
  let length = 0;
  while (bytes[length] === lineFeed || bytes[length] === carriageReturn) length += 1;
  return length;
}
