import { execFile } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const main = join(import.meta.dirname, '../../main.ts');
const isRoot = process.getuid?.() === 0;
/** Root without its privileges may do what other users may, and still reads this project. */
const unprivileged = isRoot ? ['setpriv', '--bounding-set=-all'] : [];
/** A user who runs no test. */
const other = 65_534;

describe.runIf(process.platform === 'linux')('a command that another user runs', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'reset-desk-user-'));
  });
  afterEach(() => {
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true, force: true });
  });
  /** Makes a file or folder one that only another user can open. */
  const close = (path: string) => {
    if (isRoot) chownSync(path, other, other);
    chmodSync(path, isRoot ? 0o700 : 0);
  };
  const backend = async (...args: readonly string[]) => {
    const [program, ...rest] = [...unprivileged, process.execPath, main, ...args, '--data', folder];
    return run(program, rest).then(
      ({ stdout }) => ({ code: 0, out: stdout }),
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
        code,
        out: stdout + stderr,
      }),
    );
  };

  it.each([
    ['backup', '/nowhere'],
    ['audit', 'verify'],
    ['audit', 'resume'],
    ['operator', 'unlock', 'ann'],
    ['mail', 'bounce'],
    ['doctor'],
  ])('says so instead of missing the files of the data folder: %j', async (...args) => {
    close(folder);
    const { code, out } = await backend(...args);
    expect(code).not.toBe(0);
    expect(out).toContain(`This user cannot open ${folder}. Run the command as the backend's user`);
  });

  it('finds the date of a backup that root has made', async () => {
    const note = join(folder, 'last-backup');
    writeFileSync(note, 'written by another user');
    const at = new Date(Date.now() - 60_000);
    utimesSync(note, at, at);
    close(note);
    expect((await backend('doctor')).out).toContain(`Backup: The last one was made at ${at.toISOString()}.`);
  });
});
