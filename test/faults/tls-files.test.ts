import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeLoopbackCertificate } from '../fixtures/loopback-certificate.ts';
import { startExitCodeOf } from '../../backend/app/configuration/start-fault.ts';
import { readTlsFiles } from '../../backend/app/configuration/tls-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reset-desk-tls-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

it('reads a certificate with its key, and when it expires', async () => {
  const { cert, key } = await makeLoopbackCertificate();
  const read = readTlsFiles({ cert: write('cert.pem', cert), key: write('key.pem', key) });
  expect(read).toMatchObject({ cert, key });
  expect(read.expiresAt).toBeGreaterThan(Date.now());
});

it('names the variable of the file that is wrong', async () => {
  const [one, other] = [await makeLoopbackCertificate(), await makeLoopbackCertificate()];
  const cert = write('cert.pem', one.cert);
  const missing = join(folder, 'missing');
  expect(() => readTlsFiles({ cert: missing, key: missing })).toThrow(/^RESET_DESK_TLS_CERT: .*ENOENT/);
  expect(() => readTlsFiles({ cert, key: missing })).toThrow(/^RESET_DESK_TLS_KEY: .*ENOENT/);
  expect(() => readTlsFiles({ cert: write('a', 'no PEM'), key: missing })).toThrow(
    'contains no certificate in PEM',
  );
  expect(() => readTlsFiles({ cert, key: cert })).toThrow('contains no private key');
  expect(() => readTlsFiles({ cert, key: write('other.pem', other.key) })).toThrow(
    'is not the key of the certificate',
  );
});

it('lets a supervisor try again while a certificate and its key are replaced one after the other', async () => {
  const [former, renewed] = [await makeLoopbackCertificate(), await makeLoopbackCertificate()];
  const exitCode = (cert: string, key: string) => {
    try {
      readTlsFiles({ cert: write('cert.pem', cert), key: write('key.pem', key) });
    } catch (thrown) {
      return startExitCodeOf(thrown);
    }
    return 0;
  };
  expect(exitCode(renewed.cert, former.key)).toBe(1);
  expect(exitCode(renewed.cert, renewed.key)).toBe(0);
  expect(exitCode('no PEM', renewed.key)).toBe(78);
});
