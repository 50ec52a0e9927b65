import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readLicences } from './read-licences.ts';

test('the licences are read from a package that has them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'resources-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  expect(await readLicences(folder)).toBeNull();
  await writeFile(join(folder, 'third-party-licences.txt'), 'Components of Reset Desk');
  expect(await readLicences(folder)).toBe('Components of Reset Desk');
});

test('licences that cannot be read are not taken for missing ones', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'resources-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'third-party-licences.txt'));
  await expect(readLicences(folder)).rejects.toThrow('EISDIR');
});
