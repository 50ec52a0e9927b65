import type { ImportMapping } from '../../../../shared/api/import-file.ts';
import { isReadByLine, LineDecoder, type OtherLine } from './line-decoder.ts';
import { createDecoder, type FileDecoder, withoutFilling } from './text-decoder.ts';

type Encoding = ImportMapping['encoding'];

export interface TextOfFile extends FileDecoder {
  /** The lines that were in another encoding, by their number. */
  readonly others: ReadonlyMap<number, OtherLine>;
}

/** The decoder of a whole file. Lines that are not in its encoding are read in `other`, in UTF-8, or in Windows-1252. */
export function createFileDecoder(encoding: Encoding, other?: Encoding): TextOfFile {
  const decoder = isReadByLine(encoding) ? new LineDecoder(encoding, other) : createDecoder(encoding);
  return {
    ...withoutFilling(decoder),
    others: decoder instanceof LineDecoder ? decoder.others : new Map(),
  };
}
