import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeImport } from './describe-import.ts';

const folder = new URL('files/', import.meta.url);

/** Files as people have them, with what is expected of each beside it: how it is recognised, its people, warnings, and lines that are none. */
describe('a file as people have it', () => {
  it.each(readdirSync(folder).toSorted())('is read as expected: %s', async (name) => {
    const text = await describeImport(readFileSync(new URL(name, folder)));
    await expect(text).toMatchFileSnapshot(new URL(`expected/${name}.txt`, import.meta.url).pathname);
  });
});
