import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPolicyFile } from './policy-file.ts';

const me = process.getuid?.() ?? 0;

describe('a policy file', () => {
  let parent: string;
  let folder: string;
  let path: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'reset-desk-policy-'));
    folder = join(parent, 'reset-desk');
    mkdirSync(folder, { mode: 0o755 });
    path = join(folder, 'policy.json');
  });
  afterEach(() => {
    rmSync(parent, { recursive: true });
  });
  const write = (text: string, mode = 0o644) => {
    writeFileSync(path, text);
    chmodSync(path, mode);
  };
  const read = () => readPolicyFile(path, [me]);

  it('gives its values', () => {
    write('\uFEFF{"$schema": "policy.schema.json", "SignIn": "password", "Other": {"a": [1]}}');
    expect(read()).toEqual({ place: path, values: { SignIn: 'password', Other: { a: [1] } } });
  });

  it('need not exist', () => {
    expect(read()).toBeNull();
    rmSync(folder, { recursive: true });
    expect(read()).toBeNull();
    writeFileSync(folder, '');
    expect(read()).toBeNull();
  });

  it.each([
    ['the group', 0o664],
    ['others', 0o646],
    ['everyone', 0o666],
  ])('is refused if %s can write to it', (_who, mode) => {
    write('{}', mode);
    expect(read()).toEqual({ place: path, problem: 'writable' });
  });

  it.each([0o775, 0o757, 0o777, 0o1777])('is refused if others can write to its folder (%o)', (mode) => {
    write('{}');
    chmodSync(folder, mode);
    expect(read()).toEqual({ place: path, problem: 'writable' });
  });

  it('is refused unless it and its folder belong to root', () => {
    write('{}');
    expect(readPolicyFile(path, [me + 1])).toEqual({ place: path, problem: 'not-root' });
    // Only root can give a file away.
    if (me !== 0) return;
    chownSync(path, 12_345, 0);
    expect(readPolicyFile(path)).toEqual({ place: path, problem: 'not-root' });
    chownSync(path, 0, 0);
    expect(readPolicyFile(path)).toMatchObject({ values: {} });
    chownSync(folder, 12_345, 0);
    expect(readPolicyFile(path)).toEqual({ place: path, problem: 'not-root' });
  });

  it('is judged by the file and folder that a link leads to', () => {
    const elsewhere = join(parent, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'policy.json'), '{"SignIn":"any"}', { mode: 0o644 });
    symlinkSync(join(elsewhere, 'policy.json'), path);
    expect(read()).toMatchObject({ values: { SignIn: 'any' } });
    chmodSync(elsewhere, 0o777);
    expect(read()).toEqual({ place: path, problem: 'writable' });
  });

  it('is unreadable, not missing, if it is a link to a file that is gone', () => {
    symlinkSync(join(parent, 'gone', 'policy.json'), path);
    expect(read()).toEqual({ place: path, problem: 'unreadable' });
    rmSync(path);
    expect(read()).toBeNull();
  });

  it.each(['', 'SignIn=password', '[]', '"x"', 'null', '{"SignIn":}', '{} {}'])(
    'is refused if it holds %j',
    (text) => {
      write(text);
      expect(read()).toEqual({ place: path, problem: 'not-json' });
    },
  );

  it('is refused, without waiting, if it is too large or no file', () => {
    write(JSON.stringify({ SignIn: 'x'.repeat(65_536) }));
    expect(read()).toEqual({ place: path, problem: 'unreadable' });
    rmSync(path);
    mkdirSync(path);
    expect(read()).toEqual({ place: path, problem: 'unreadable' });
    rmSync(path, { recursive: true });
    execFileSync('mkfifo', ['-m', '644', path]);
    expect(read()).toEqual({ place: path, problem: 'unreadable' });
  });
});
