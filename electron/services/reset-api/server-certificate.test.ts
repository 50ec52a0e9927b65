import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endpoints } from '../../../shared/api/endpoints.ts';
import { about, api, ask, endServersAfterEach, json, listen } from './serve-for-test.ts';

endServersAfterEach();

const run = promisify(execFile);

describe('a server with a certificate', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reset-desk-tls-'));
    await make('good', 'IP:127.0.0.1');
    await make('expired', 'IP:127.0.0.1');
    await expire('expired');
    await make('other-name', 'DNS:desk.example.com');
  });
  afterAll(() => rm(folder, { recursive: true }));

  const file = (name: string) => join(folder, name);
  async function make(name: string, names: string): Promise<void> {
    const key = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      file(`${name}.key`),
    ];
    const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=${names}`, '-days', '2'];
    await run('openssl', ['req', '-x509', ...key, '-out', file(`${name}.pem`), ...subject]);
  }
  /** Signs again with an end date in the past, which `req` refuses. */
  async function expire(name: string): Promise<void> {
    const signed = ['-in', file(`${name}.pem`), '-signkey', file(`${name}.key`), '-days', '-1'];
    await run('openssl', ['x509', ...signed, '-out', file(`${name}.pem`)]);
  }
  async function serveWith(name: string): Promise<string> {
    const [key, cert] = await Promise.all([readFile(file(`${name}.key`)), readFile(file(`${name}.pem`))]);
    return `https://127.0.0.1:${await listen(https.createServer({ key, cert }, json(about)))}`;
  }
  const trusting = (...names: string[]) =>
    api(() => tls.createSecureContext({ ca: [] })) &&
    Promise.all(names.map((name) => readFile(file(`${name}.pem`))));

  it('is refused if no authority vouches for it', async () => {
    await expect(ask(await serveWith('good'))).rejects.toMatchObject({
      failure: { code: 'server.certificate-untrusted', detail: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
  });

  it.each([
    ['expired', 'server.certificate-expired'],
    ['other-name', 'server.certificate-name'],
  ])('is refused with its own code if it is trusted but %s', async (name, code) => {
    const ca = await trusting(name);
    const base = await serveWith(name);
    const call = api(() => tls.createSecureContext({ ca })).call(base, endpoints.getAbout, {});
    await expect(call).rejects.toThrow(code);
  });

  it('is accepted if the system trusts it', async () => {
    const ca = await trusting('good');
    const base = await serveWith('good');
    const call = api(() => tls.createSecureContext({ ca })).call(base, endpoints.getAbout, {});
    await expect(call).resolves.toMatchObject({ product: 'Reset Desk' });
  });
});
