import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect } from 'vitest';
import { newBackendTest as it } from '../../fixtures/api.ts';
import type { Endpoint } from '../../../shared/api/endpoint.ts';
import { endpoints } from '../../../shared/api/endpoints.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

describe('an answer of the Reset API', { timeout: 60_000 }, () => {
  it('is problem details for every path below /api, whatever the method', async ({ backend }) => {
    for (const path of [
      '/api',
      '/api/',
      '/api/v1',
      '/api/v1/no-such-thing',
      '/api/v2/about',
      `/api/${'x'.repeat(8000)}`,
    ])
      for (const method of methods) {
        const answer = await backend.ask(method, path);
        expect([method, path, answer.status]).toEqual([method, path, 404]);
        expect([method, path, answer.headers.get('content-type')]).toEqual([
          method,
          path,
          expect.stringMatching(/^application\/problem\+json/),
        ]);
      }
  });

  it('is problem details for an address, headers or a text that Node cannot read', async ({ backend }) => {
    const { port } = new URL(backend.address());
    const long = 'x'.repeat(20_000);
    for (const [head, detail] of [
      [`GET /api/v1/about?q=${long} HTTP/1.1\r\nHost: a\r\n\r\n`, 'longer than 16 kB'],
      [`GET / HTTP/1.1\r\nHost: a\r\nCookie: ${long}\r\n\r\n`, 'longer than 16 kB'],
      ['no request at all\r\n\r\n', 'not valid HTTP'],
    ] as const) {
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(head);
      const answer = await text(socket);
      expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json\r\n/);
      expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({
        code: 'request.invalid',
        detail: expect.stringContaining(detail) as string,
      });
    }
  });

  it('is problem details for every endpoint with a path parameter of any length or encoding', async ({
    backend,
    desk,
  }) => {
    const headers = { authorization: `Bearer ${desk.token}` };
    const odd = ['x'.repeat(101), 'x'.repeat(5000), '%00', '%FF', '%', '%2F..%2F', '__proto__'];
    for (const { method, path, id, events } of Object.values<Endpoint>(endpoints)) {
      if (!path.includes(':') || events === true) continue;
      const answers = await Promise.all(
        odd.map(async (value) => {
          const address = `/api/v1${path.replaceAll(/:\w+/g, value)}`;
          const answer = await backend.ask(method, address, method === 'GET' ? undefined : {}, headers);
          const [type] = (answer.headers.get('content-type') ?? '').split(';');
          await answer.arrayBuffer();
          return { value: value.slice(0, 9), status: answer.status, type };
        }),
      );
      const wrong = answers.filter(
        ({ status, type }) => status >= 500 || (status >= 400 && type !== 'application/problem+json'),
      );
      expect([id, wrong]).toEqual([id, []]);
    }
    expect(backend.lines.filter((line) => line.includes('"unexpected"'))).toEqual([]);
  });

  it.for([
    [101, 'account.not-found'],
    [5000, 'request.invalid'],
  ] as const)(
    'to a path parameter of %i characters is the endpoint’s own: %s',
    async ([length, code], { desk }) => {
      const { body } = await desk.call<{ code: string }>('GET', `/accounts/${'x'.repeat(length)}`);
      expect(body.code).toBe(code);
    },
  );

  it('to HEAD names GET instead', async ({ backend }) => {
    for (const path of ['/api/v1/live', '/api/v1/about', '/api/v1/cases']) {
      const answer = await backend.ask('HEAD', path);
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET']);
    }
  });
});
