import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../shared/secret/secret.ts';
import { openFileLog } from './file-log.ts';

describe('a secret', () => {
  const secret = new Secret('Kestrel-42-lantern');

  it.each([
    ['a template', String(secret)],
    ['JSON', JSON.stringify({ secret, nested: [{ secret }] })],
    ['inspect', inspect({ secret }, { showHidden: true, depth: 5 })],
    ['a format', format('%s %o %O %j', secret, secret, { secret }, secret)],
    ['a stack', String(new Error('with '.concat(String(secret))).stack)],
    ['inspect of an error that carries it', inspect(Object.assign(new Error('failed'), { secret }))],
    ['a table', inspect(new Map([['reset', { secret }]]), { depth: 5 })],
    ['what was made of it', inspect(secret.map((value) => `https://desk.example.com/reset/${value}`))],
  ])('prints redacted in %s', (_where, printed) => {
    expect(printed).toContain('[redacted]');
    expect(printed).not.toContain('Kestrel');
  });

  it('has no property that holds its value', () => {
    expect(Reflect.ownKeys(secret)).toEqual([]);
    expect({ ...secret }).toEqual({});
    expect(structuredClone(secret)).toEqual({});
  });

  it('is not written to the log file even inside what was thrown', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'reset-desk-log-'));
    try {
      const log = openFileLog({ folder, alsoToConsole: false });
      log.info(`shown: ${String(secret)}`);
      log.unexpected('failed', { secret });
      log.unexpected('failed', Object.assign(new Error(`no reset with ${String(secret)}`), { secret }));
      const written = await readFile(join(folder, 'reset-desk.log'), 'utf8');
      expect(written).toContain('[redacted]');
      expect(written).not.toContain('Kestrel');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('exposes its value only explicitly', () => {
    expect(secret.expose()).toBe('Kestrel-42-lantern');
    expect(secret.map((value) => value.toLowerCase()).expose()).toBe('kestrel-42-lantern');
  });
});
