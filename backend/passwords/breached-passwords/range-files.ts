import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRange, type RangeSource } from './breached-passwords.ts';

/** A folder with a file for each prefix (`5BAA6.txt`), as the downloaders of the public list write it. Needs no network. */
export const createRangeFiles = (folder: string): RangeSource => ({
  kind: 'files',
  suffixesOf: async (prefix, within) =>
    readRange(await readFile(join(folder, `${prefix}.txt`), { encoding: 'utf8', signal: within })),
});
