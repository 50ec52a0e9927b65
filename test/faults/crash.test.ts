import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const main = join(import.meta.dirname, '../../backend/main.ts');

/** Runs in the backend's process: fails as a library does, once the backend listens. */
const fault = `
const write = process.stderr.write.bind(process.stderr);
const properties = {
  detail: 'Key (password)=(canary-1) exists.',
  config: { headers: { authorization: 'Bearer canary-2' } },
};
process.stderr.write = (chunk, ...rest) => {
  if (String(chunk).includes('"event":"listening"'))
    setImmediate(() => void Promise.reject(Object.assign(new Error('Something broke'), properties)));
  return write(chunk, ...rest);
};`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reset-desk-crash-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('a backend that crashes ends with 1 and prints what broke without the values that were at hand', async () => {
  const preloaded = join(folder, 'fault.mjs');
  writeFileSync(preloaded, fault);
  const env = { ...process.env, RESET_DESK_DATA: join(folder, 'data'), RESET_DESK_PORT: '0' };
  const ended = await new Promise<{ readonly code: unknown; readonly said: string }>((resolve) => {
    execFile(process.execPath, ['--import', preloaded, main], { env }, (thrown, out, err) => {
      resolve({ code: thrown?.code ?? 0, said: out + err });
    });
  });
  expect(ended.code).toBe(1);
  const crashed = ended.said.split('\n').find((line) => line.includes('"event":"crashed"')) ?? '{}';
  expect(JSON.parse(crashed)).toMatchObject({ stack: expect.stringContaining('Something broke') as unknown });
  expect(ended.said).not.toContain('canary');
});
