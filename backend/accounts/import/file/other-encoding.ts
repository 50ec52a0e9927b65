import type { ImportMapping } from '../../../../shared/api/import-file.ts';
import { isReadByLine } from '../encoding/line-decoder.ts';
import { plausibility } from '../encoding/plausibility.ts';
import { createDecoder } from '../encoding/text-decoder.ts';
import { isUtf8, judge } from './recognise-encoding.ts';

type Encoding = ImportMapping['encoding'];

/** Bytes of lines that another encoding is judged on. */
const maxSample = 16 * 1024;
/** The share of implausible lines from which it is the encoding of the whole file that is wrong. */
const maxShare = 1 / 3;

function* linesOf(head: Buffer): Generator<Buffer> {
  let start = 0;
  for (let at = 0; at <= head.length; at += 1) {
    if (at < head.length && head[at] !== 0x0a && head[at] !== 0x0d) continue;
    // With an end, which the judge divides by.
    if (at > start) yield head.subarray(start, at + 1);
    start = at + 1;
  }
}

/**
 * The encoding of the lines of a file's head that are no text in its own: in UTF-8 those that are not valid, in a single-byte encoding those whose words
 * are implausible and that are not UTF-8. Undefined if there are none, or no encoding explains them.
 */
export async function otherEncodingOf(
  head: Buffer,
  isWhole: boolean,
  encoding: Encoding,
): Promise<Encoding | undefined> {
  if (!isReadByLine(encoding)) return undefined;
  const decoder = createDecoder(encoding);
  const lines = [...linesOf(head)].filter((line) => line.some((byte) => byte >= 0x80));
  // The last line may end in the middle of a character.
  if (!isWhole) lines.pop();
  const others = lines.filter((line) =>
    encoding === 'utf-8'
      ? !isUtf8(line)
      : !isUtf8(line) && plausibility(decoder.decode(line, { stream: true })) < 0.5,
  );
  if (others.length === 0 || (encoding !== 'utf-8' && others.length > lines.length * maxShare))
    return undefined;
  const sample = Buffer.concat(others).subarray(0, maxSample);
  const found = await judge(sample);
  const isBetter = plausibility(createDecoder(found).decode(sample, { stream: true })) >= 0.5;
  return isBetter && found !== encoding ? found : undefined;
}
