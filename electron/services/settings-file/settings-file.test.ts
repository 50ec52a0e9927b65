import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSettingsFile, type SettingsFault } from './settings-file.ts';

describe('the settings file', () => {
  let folder: string;
  let path: string;
  let faults: SettingsFault[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reset-desk-settings-'));
    path = join(folder, 'settings.json');
    faults = [];
  });
  afterEach(() => rm(folder, { recursive: true }));

  const open = (onUnwritable: (thrown: unknown) => void = (thrown) => expect.fail(String(thrown))) =>
    openSettingsFile({ path, onFault: (fault) => faults.push(fault), onUnwritable });

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

  it.each([
    ['', 'damaged'],
    ['{', 'damaged'],
    ['null', 'damaged'],
    ['\u0000\u0000', 'damaged'],
    ['{"version":1,"scheme":"pink"}', 'damaged'],
    ['{"version":0}', 'damaged'],
    ['{"version":"2"}', 'damaged'],
    ['{"version":2}', 'newer'],
    ['{"version":17,"somethingNew":[]}', 'newer'],
  ] as const)('keeps a file that it cannot use (%j) as %s and starts with defaults', async (text, kind) => {
    await writeFile(path, text);
    const file = open();
    expect(file.read()).toMatchObject({ current: null, scheme: 'system' });
    const keptAs = `${path}.${kind}`;
    expect(faults).toEqual([{ kind, keptAs }]);
    expect(await readFile(keptAs, 'utf8')).toBe(text);
    await file.flush();
  });

  it('never replaces a file that it kept before', async () => {
    for (const text of ['first', 'second', 'third']) {
      await writeFile(path, text);
      await open().flush();
    }
    const kept = ['damaged', 'damaged-2', 'damaged-3'].map((ending) => readFile(`${path}.${ending}`, 'utf8'));
    expect(await Promise.all(kept)).toEqual(['first', 'second', 'third']);
  });

  it('does not overwrite a file that it cannot read', async () => {
    await mkdir(path);
    const file = open();
    expect(faults).toMatchObject([{ kind: 'unreadable', thrown: { code: 'EISDIR' } }]);
    file.update((before) => ({ ...before, scheme: 'dark' }));
    await file.flush();
    expect(file.read().scheme).toBe('dark');
    expect(await readdir(folder)).toEqual(['settings.json']);
    expect((await stat(path)).isDirectory()).toBe(true);
  });

  it('keeps a change in memory until a failed write succeeds', async () => {
    const failures: unknown[] = [];
    await mkdir(join(folder, 'settings.json.new'));
    const file = open((thrown) => failures.push(thrown));
    file.update((before) => ({ ...before, scheme: 'light' }));
    await file.flush();
    expect(file.read().scheme).toBe('light');
    expect(failures).toMatchObject([{ code: 'EISDIR' }]);
    file.update((before) => ({ ...before, scheme: 'dark' }));
    await file.flush();
    expect(failures).toHaveLength(1);
    await rm(join(folder, 'settings.json.new'), { recursive: true });
    file.update((before) => ({ ...before, scheme: 'system' }));
    await file.flush();
    expect(open().read().scheme).toBe('system');
  });
});
