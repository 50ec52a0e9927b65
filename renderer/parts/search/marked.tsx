/** A text with its matches marked. The ranges are half-open, sorted and do not overlap. */
export function Marked({
  text,
  marks,
}: {
  readonly text: string;
  readonly marks: readonly (readonly [number, number])[];
}) {
  const parts: { key: number; text: string; marked: boolean }[] = [];
  let at = 0;
  for (const [from, to] of marks) {
    if (from < at || to <= from) continue;
    if (from > at) parts.push({ key: at, text: text.slice(at, from), marked: false });
    parts.push({ key: from, text: text.slice(from, to), marked: true });
    at = to;
  }
  parts.push({ key: at, text: text.slice(at), marked: false });
  return (
    <bdi>
      {parts.map((part) =>
        part.marked ? <mark key={part.key}>{part.text}</mark> : <span key={`s${part.key}`}>{part.text}</span>,
      )}
    </bdi>
  );
}
