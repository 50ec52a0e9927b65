const [quote, lineFeed, carriageReturn] = [0x22, 0x0a, 0x0d];

/** The byte that ends a line: CR in files of old Macs, LF (with or without a CR before it) in all others. */
export const lineEndOf = (head: Buffer): number =>
  head.includes(lineFeed) || !head.includes(carriageReturn) ? lineFeed : carriageReturn;

/**
 * Where the last whole row within `reach` bytes ends, or the first one beyond it; 0 when none ends. A row ends at the end of
 * a line with an even number of quotes before it.
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

/** How many lines end in the bytes. */
export function countLines(bytes: Buffer, lineEnd: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(lineEnd); at !== -1; at = bytes.indexOf(lineEnd, at + 1)) lines += 1;
  return lines;
}

/** How many bytes of empty lines the bytes begin with. */
export function lengthOfEmptyLines(bytes: Buffer): number {
  let length = 0;
  while (bytes[length] === lineFeed || bytes[length] === carriageReturn) length += 1;
  return length;
}
