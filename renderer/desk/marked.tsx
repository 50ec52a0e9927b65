/** A text with the matched characters marked; ranges that overlap or lie outside are harmless. */
export function Marked({
  text,
  ranges,
}: {
  readonly text: string;
  readonly ranges: readonly (readonly [number, number])[];
}) {
  const parts: { from: number; text: string; hit: boolean }[] = [];
  let at = 0;
  for (const [from, to] of ranges.toSorted(([a], [b]) => a - b)) {
    const start = Math.max(at, from);
    const end = Math.min(text.length, to);
    if (end <= start) continue;
    if (start > at) parts.push({ from: at, text: text.slice(at, start), hit: false });
    parts.push({ from: start, text: text.slice(start, end), hit: true });
    at = end;
  }
  if (at < text.length) parts.push({ from: at, text: text.slice(at), hit: false });
  return <bdi>{parts.map((part) => (part.hit ? <mark key={part.from}>{part.text}</mark> : part.text))}</bdi>;
}
