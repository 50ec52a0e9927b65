import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { autostartEntry, setAutostartEntry } from './autostart-entry.ts';

describe('the entry that starts the console with the desktop', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'reset-desk-autostart-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const path = () => join(folder, 'autostart', 'reset-desk.desktop');

  it('follows the setting', () => {
    setAutostartEntry(folder, ['/opt/reset-desk/reset-desk'], true);
    expect(readFileSync(path(), 'utf8')).toContain('Exec="/opt/reset-desk/reset-desk" "--background"\n');
    const written = statSync(path()).mtimeMs;
    setAutostartEntry(folder, ['/opt/reset-desk/reset-desk'], true);
    expect(statSync(path()).mtimeMs).toBe(written);
    setAutostartEntry(folder, ['/home/ann/reset-desk.AppImage'], true);
    expect(readFileSync(path(), 'utf8')).toContain('Exec="/home/ann/reset-desk.AppImage" ');
    setAutostartEntry(folder, [], false);
    expect(existsSync(path())).toBe(false);
    setAutostartEntry(folder, [], false);
  });

  it.each([
    ['/home/ann/my apps/reset desk', '"/home/ann/my apps/reset desk"'],
    ['/home/$USER/`x`', String.raw`"/home/\\$USER/\\${'`'}x\\${'`'}"`],
    ['/home/a"b', String.raw`"/home/a\\"b"`],
    [String.raw`/home/a\b`, String.raw`"/home/a\\\\b"`],
    ['/home/100%f', '"/home/100%%f"'],
  ])('quotes %s', (program, exec) => {
    expect(autostartEntry([program])).toContain(`\nExec=${exec} "--background"\n`);
  });
});
