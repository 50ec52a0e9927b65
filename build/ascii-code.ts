import type { Plugin } from 'vite';

/** The same code in ASCII. V8 keeps other code in memory with two bytes for each character. Throws where an escape would change the meaning. */
export function toAscii(code: string): string {
  // Also half of a pair, since a pair of escapes means the same in strings and in regular expressions.
  const other = /[^\0-\x7F]/g;
  const escaped = /(?<!\\)(?:\\\\)*\\[^\0-\x7F]/.exec(code);
  if (escaped !== null) throw new Error(`A backslash before a character that is not ASCII: ${escaped[0]}`);
  const raw = /String\.raw`[^`]*[^\0-\x7F`][^`]*`/.exec(code);
  if (raw !== null) throw new Error(`A raw text that is not ASCII: ${raw[0]}`);
  return code.replaceAll(other, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Writes a bundle in ASCII. */
export const asciiCode: Plugin = {
  name: 'ascii-code',
  generateBundle(_options, bundle) {
    for (const output of Object.values(bundle))
      if (output.type === 'chunk') output.code = toAscii(output.code);
  },
};
