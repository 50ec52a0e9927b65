import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Script } from 'node:vm';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepCompiled, loadCached } from './load-cached.ts';

describe('a bundle of CommonJS files', () => {
  let folder: string;
  const write = (name: string, text: string | Buffer) => writeFileSync(join(folder, name), text);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'reset-desk-'));
    write('entry.cjs', "exports.sum = require('./part.cjs').two + require('node:path').sep.length;");
    write('part.cjs', "exports.two = 2; exports.entry = require('./entry.cjs');");
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  /** Loads the bundle. Also answers V8's verdict on each file's compiled code. */
  const load = () => {
    const scripts = new Map<string, Script>();
    const exported = loadCached(join(folder, 'entry.cjs'), (file, script) => scripts.set(file, script));
    const rejected = [...scripts.values()].map(({ cachedDataRejected }) => cachedDataRejected);
    return { exported, scripts, rejected };
  };

  it('runs each file once, with files that require each other', () => {
    const { exported, scripts } = load();
    expect(exported).toEqual({ sum: 3 });
    expect(scripts.size).toBe(2);
  });

  it('uses the compiled code beside it', () => {
    for (const [file, script] of load().scripts) keepCompiled(file, script);
    const { exported, rejected } = load();
    expect(exported).toEqual({ sum: 3 });
    expect(rejected).toEqual([false, false]);
  });

  it('compiles a file that V8 would take for another one of the same length', () => {
    for (const [file, script] of load().scripts) keepCompiled(file, script);
    write('part.cjs', "exports.two = 5; exports.entry = require('./entry.cjs');");
    const { exported, rejected } = load();
    expect(exported).toEqual({ sum: 6 });
    expect(rejected).toEqual([false, undefined]);
  });

  it('compiles a file whose compiled code is damaged', () => {
    // Code that V8 has not compiled before, which it would remember.
    const code = 'exports.sum = 7;';
    write('entry.cjs', code);
    const checksum = Buffer.alloc(8);
    checksum.writeUInt32LE(crc32(code));
    write('entry.cjs.cache', Buffer.concat([checksum, Buffer.from('not compiled code')]));
    const { exported, rejected } = load();
    expect(exported).toEqual({ sum: 7 });
    expect(rejected).toEqual([true]);
  });
});
