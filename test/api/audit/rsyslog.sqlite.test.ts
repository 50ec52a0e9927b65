import { describe, expect } from 'vitest';
import { newBackendTest } from '../../fixtures/api.ts';
import { makeCertificateAuthority } from '../../fixtures/certificate-authority.ts';
import { hasRsyslog, startRsyslog } from '../../fixtures/rsyslog.ts';

const it = newBackendTest
  .extend('issued', { scope: 'file' }, () => makeCertificateAuthority())
  .extend('rsyslog', async ({ issued }, { onCleanup }) => {
    const rsyslog = await startRsyslog({ ...issued, clientName: 'reset-desk.example.com' });
    onCleanup(() => rsyslog.stop());
    return rsyslog;
  });

const numberIn = (message: string) => Number(/\[audit@32473 seq="(\d+)"/.exec(message)?.[1]);

describe.skipIf(!hasRsyslog && process.env['CI'] === undefined)('the audit log in a real rsyslog', () => {
  it('arrives in order without a gap even after rsyslog was killed', async ({ desk, issued, rsyslog }) => {
    const syslog = { enabled: true, host: 'localhost', port: rsyslog.port, tls: true, format: 'jsonl' };
    const trust = { authorities: issued.authority, clientCertificate: '' };
    await desk.call('PUT', '/settings/trust', trust);
    await desk.call('PUT', '/settings/audit-streams/syslog', syslog);
    const refused = await desk.call<{ code: string }>('POST', '/settings/audit-streams/syslog/test');
    expect(refused.body.code).toBe('audit.stream-failed');
    expect(await rsyslog.messages()).toEqual([]);

    const { cert, key } = issued.client;
    await desk.call('PUT', '/settings/trust', { ...trust, clientCertificate: cert, clientKey: key });
    const arrived = async () =>
      [...new Set((await rsyslog.messages()).map(numberIn))].filter(Number.isFinite);
    await expect.poll(arrived).toContain(1);
    await rsyslog.kill();
    await desk.call('PUT', '/settings/trust', { ...trust, clientCertificate: cert });
    await rsyslog.restart();
    const newest = async () => {
      const { body } = await desk.call<{ states: { syslog: { waiting: number } } }>(
        'GET',
        '/settings/audit-streams',
      );
      return body.states.syslog.waiting;
    };
    await expect.poll(newest, { timeout: 40_000 }).toBe(0);
    const numbers = await arrived();
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_item, index) => index + 1));
  }, 60_000);
});
