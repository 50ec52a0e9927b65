import { get } from 'node:https';
import { describe, expect } from 'vitest';
import { newBackendTest as it } from '../../fixtures/api.ts';

/** The status of a call whose client trusts only this certificate, or only the system's authorities. */
const statusOf = (url: string, ca?: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    get(url, { ...(ca !== undefined && { ca }) }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on('error', reject);
  });

describe('a backend with a certificate', () => {
  it('answers clients that trust the certificate', async ({ tlsServer }) => {
    expect(await statusOf(`${tlsServer.address}/healthz`, tlsServer.certificate)).toBe(200);
  });

  it('is refused by clients that do not', async ({ tlsServer }) => {
    await expect(statusOf(`${tlsServer.address}/healthz`)).rejects.toMatchObject({
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
  });

  it('does not answer plain HTTP', async ({ tlsServer }) => {
    await expect(fetch(`${tlsServer.address.replace('https:', 'http:')}/healthz`)).rejects.toThrow(
      'fetch failed',
    );
  });
});
