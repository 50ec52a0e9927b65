import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { describeImport } from './describe-import.ts';

const folder = new URL('files/', import.meta.url);

/** Files of real organisations, each beside the expected result: how it is recognised, its people, its warnings, and lines that are not rows. */
describe('a file as people have it', () => {
  it.each(readdirSync(folder).toSorted())('is read as expected: %s', async (name) => {
    const text = await describeImport(readFileSync(new URL(name, folder)));
    await expect(text).toMatchFileSnapshot(fileURLToPath(new URL(`expected/${name}.txt`, import.meta.url)));
  });
});
