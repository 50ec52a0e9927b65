import { describe, expect } from 'vitest';
import { makeCertificateAuthority } from '../../fixtures/certificate-authority.ts';
import { newBackendTest } from '../../fixtures/api.ts';

const it = newBackendTest.extend('issued', { scope: 'file' }, () => makeCertificateAuthority());
type Refused = { code: string; fields: { path: string; message: string }[] };
const nothing = { authorities: '', clientCertificate: '' };

describe('the certificates for outgoing connections', () => {
  it('are shown by their subject without their key', async ({ desk, issued, backend }) => {
    const { body } = await desk.call<object>('PUT', '/settings/trust', {
      authorities: `${issued.authority}\n${issued.server.cert}`,
      clientCertificate: issued.client.cert,
      clientKey: issued.client.key,
    });
    expect(body).toMatchObject({
      clientKeyStored: true,
      certificates: {
        authorities: [{ subject: 'CN=Example House Authority' }, { issuer: 'CN=Example House Authority' }],
        client: { subject: 'CN=reset-desk.example.com' },
      },
    });
    expect(JSON.stringify(body)).not.toContain('PRIVATE KEY');
    const events = await backend.readAudit();
    expect(events.map(({ action }) => action)).toContain('trust.settings-changed');
    expect(JSON.stringify(events)).not.toContain('PRIVATE KEY');
  });

  it('keep the key as long as it fits the certificate', async ({ desk, issued }) => {
    const { cert, key } = issued.client;
    await desk.call('PUT', '/settings/trust', { ...nothing, clientCertificate: cert, clientKey: key });
    const kept = await desk.call('PUT', '/settings/trust', { ...nothing, clientCertificate: cert });
    expect(kept).toMatchObject({ status: 200, body: { clientKeyStored: true } });
    const other = await desk.call('PUT', '/settings/trust', {
      ...nothing,
      clientCertificate: issued.server.cert,
    });
    expect(other).toMatchObject({ status: 400, body: { fields: [{ path: 'body.clientKey' }] } });
    expect(await desk.call('PUT', '/settings/trust', nothing)).toMatchObject({
      status: 200,
      body: { clientKeyStored: false },
    });
  });

  it('are refused field by field when they are something else', async ({ desk, issued }) => {
    const { cert, key } = issued.client;
    const rows: [object, string, RegExp][] = [
      [{ authorities: 'Corp Root CA' }, 'authorities', /BEGIN CERTIFICATE/],
      [{ authorities: key }, 'authorities', /private key/],
      [{ authorities: cert.replace('\nMII', '\nAAA') }, 'authorities', /cannot be read/],
      [
        { authorities: cert.replaceAll('CERTIFICATE', 'CERTIFICATE REQUEST') },
        'authorities',
        /not a certificate/,
      ],
      [{ clientCertificate: cert }, 'clientKey', /Enter the key/],
      [{ clientCertificate: cert, clientKey: 'key' }, 'clientKey', /cannot be read/],
      [{ clientCertificate: cert, clientKey: issued.server.key }, 'clientKey', /does not belong/],
      [
        { clientCertificate: cert, clientKey: key.replaceAll('PRIVATE', 'ENCRYPTED PRIVATE') },
        'clientKey',
        /passphrase/,
      ],
      [{ clientKey: key }, 'clientCertificate', /certificate of this key/],
    ];
    for (const [change, field, words] of rows) {
      const { status, body } = await desk.call<Refused>('PUT', '/settings/trust', { ...nothing, ...change });
      expect([status, body.code, body.fields[0]?.path]).toEqual([400, 'request.invalid', `body.${field}`]);
      expect(body.fields[0]?.message).toMatch(words);
    }
  });
});
