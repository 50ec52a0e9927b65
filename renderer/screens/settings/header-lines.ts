import type { TextSettings } from '../../../shared/api/text.ts';

type Headers = TextSettings['headers'];

/** Headers as one types them: a line each, name and value with a colon between. */
export const headerLines = (headers: Headers): string =>
  headers.map(({ name, value }) => `${name}: ${value}`).join('\n');

/** The headers that the lines mean; empty lines mean none, and a line without a colon is a name that the backend refuses. */
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
