import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSettingsFile } from './settings-file.ts';

describe('the settings file', () => {
  let folder: string;
  let path: string;
  let putAside: string[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reset-desk-settings-'));
    path = join(folder, 'settings.json');
    putAside = [];
  });
  afterEach(() => rm(folder, { recursive: true }));

  const open = (onError: (thrown: unknown) => void = (thrown) => expect.fail(String(thrown))) =>
    openSettingsFile({ path, onQuarantined: (name) => putAside.push(name), onError });

  it('stores changes in a file that only its owner can read', async () => {
    const file = open();
    file.update((before) => ({ ...before, scheme: 'dark' }));
    file.update((before) => ({ ...before, current: { kind: 'this-computer' } }));
    await file.flush();

    const again = open().read();
    expect(again).toEqual(file.read());
    expect(again).toMatchObject({ scheme: 'dark', current: { kind: 'this-computer' } });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['settings.json']);
  });

  it('keeps the identity of the installation from the first start', async () => {
    const first = open();
    await first.flush();
    expect(open().read().installation).toBe(first.read().installation);
  });

  it.each(['', '{', 'null', '{"version":2}', '\u0000\u0000', '{"version":1,"scheme":"pink"}'])(
    'renames an invalid file (%j) and starts with defaults',
    async (text) => {
      await writeFile(path, text);
      const file = open();
      expect(file.read()).toMatchObject({ current: null, scheme: 'system' });
      expect(putAside).toEqual([`${path}.broken`]);
      expect(await readFile(`${path}.broken`, 'utf8')).toBe(text);
      await file.flush();
    },
  );

  it('reports a failed write and keeps the change in memory', async () => {
    const failures: unknown[] = [];
    await writeFile(join(folder, 'plain'), '');
    const file = openSettingsFile({
      path: join(folder, 'plain', 'settings.json'),
      onQuarantined: () => undefined,
      onError: (thrown) => failures.push(thrown),
    });
    file.update((before) => ({ ...before, scheme: 'light' }));
    await file.flush();
    expect(file.read().scheme).toBe('light');
    expect(failures.length).toBeGreaterThan(0);
  });
});
