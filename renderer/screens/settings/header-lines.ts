import type { TextSettings } from '../../../shared/api/text.ts';

type Headers = TextSettings['headers'];

/** HTTP headers as editable text: one `Name: value` per line. */
export const headerLines = (headers: Headers): string =>
  headers.map(({ name, value }) => `${name}: ${value}`).join('\n');

/** Parses `headerLines`. Empty lines are skipped; a line without a colon becomes a name with an empty value, which the backend refuses. */
export const headersOf = (lines: string): Headers =>
  lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const colon = line.indexOf(':');
      return colon < 0
        ? { name: line.trim(), value: '' }
        : { name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() };
    });
