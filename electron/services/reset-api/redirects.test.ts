import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../shared/api/endpoints.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import { about, api, endServersAfterEach, json, serve } from './serve-for-test.ts';

endServersAfterEach();

describe('a redirect to another server', () => {
  it.each([301, 302, 303, 307, 308])('is not followed: %i', async (status) => {
    const reached: unknown[] = [];
    const elsewhere = await serve((request, response) => {
      reached.push([request.url, request.headers]);
      json(about)(request, response);
    });
    const base = await serve((request, response) => {
      request.resume();
      response.writeHead(status, { Location: `${elsewhere}${request.url ?? ''}` }).end();
    });
    const accessToken = new Secret('token-1');
    const attempts = [
      api().call(base, endpoints.listCases, { query: { whose: 'all' } }, { accessToken }),
      api().call(base, endpoints.signIn, { body: { userName: 'ann', password: 'Kestrel-42' } }),
      api().openEventStream(
        base,
        endpoints.followLive,
        {},
        { accessToken, signal: new AbortController().signal },
      ),
      api().download(
        base,
        endpoints.getEvidencePack,
        { params: { caseId: 'c' }, query: { format: 'pdf' } },
        { accessToken },
      ),
    ];
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && String(outcome.reason))).toEqual(
      Array.from({ length: 4 }, () => 'ConsoleFailure: server.redirected'),
    );
    expect(reached).toEqual([]);
  });
});
