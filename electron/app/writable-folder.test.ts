import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { folderFault } from './writable-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reset-desk-folder-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('a writable folder is created if it is missing', async () => {
  const missing = join(folder, 'a', 'b');
  expect(folderFault(missing)).toBeNull();
  expect(await readdir(missing)).toEqual([]);
});

it('a folder below a file is a fault with what to do', async () => {
  await writeFile(join(folder, 'plain'), '');
  expect(folderFault(join(folder, 'plain', 'data'))).toEqual({
    code: 'ENOTDIR',
    advice: 'A file has the name of a folder on its path. Move that file away, then start Reset Desk again.',
  });
});

it('a folder that the system does not let anyone write to is a fault with what to do', () => {
  expect(folderFault('/proc/reset-desk')).toMatchObject({ advice: expect.stringMatching(/^[A-Z].*\.$/) });
});
