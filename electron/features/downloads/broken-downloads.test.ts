import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadHttp } from '../../services/reset-api/load-http.ts';
import { createResetApi } from '../../services/reset-api/reset-api.ts';
import { setTimer } from '../../services/timers/timers.ts';
import { createDownloads } from './downloads.ts';

const log = { info: () => undefined, warn: () => undefined, unexpected: () => 'REF1-REF2' };

describe('a download', () => {
  let folder: string;
  let server: http.Server;
  let answer: http.RequestListener;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reset-desk-download-'));
    server = http.createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  });

  const target = () => join(folder, 'case.pdf');
  const evidence = { caseId: 'c1', caseNumber: 7, format: 'pdf' } as const;
  /** Downloads over a real connection, with the console's limits a hundred times shorter. */
  function downloads(chosen: string | null = target()) {
    const api = createResetApi({
      loadHttp: () => loadHttp(() => undefined),
      userAgent: 'Reset Desk/test',
      log,
      setTimer: (milliseconds, work) => setTimer(milliseconds / 100, work),
    });
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return createDownloads({
      session: { download: (endpoint, input, limits) => api.download(base, endpoint, input, { ...limits }) },
      chooseTarget: async () => chosen,
    });
  }
  const start: http.RequestListener = (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/pdf', 'Content-Length': 100 });
    response.write('%PDF');
  };

  it('is saved under the chosen name when it is complete, for its owner alone', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/pdf' }).end('%PDF-1.7');
    };
    expect(await downloads().saveEvidence(evidence)).toBe('case.pdf');
    expect(await readFile(target(), 'utf8')).toBe('%PDF-1.7');
    expect(await readdir(folder)).toEqual(['case.pdf']);
  });

  it('is not made if the operator cancels the dialog', async () => {
    answer = () => expect.fail('asked');
    expect(await downloads(null).saveEvidence(evidence)).toBeNull();
  });

  it.each<[string, string, http.RequestListener]>([
    [
      'the connection breaks in the middle',
      'server.unreachable',
      (request, response) => {
        start(request, response);
        setImmediate(() => request.socket.destroy());
      },
    ],
    ['nothing more arrives', 'server.timeout', start],
    [
      'it drips without end',
      'server.timeout',
      (request, response) => {
        response.writeHead(200, { 'Content-Type': 'application/pdf' });
        const timer = setInterval(() => response.write('x'), 50);
        response.on('close', () => clearInterval(timer));
      },
    ],
    ['a proxy answers 502', 'proxy.no-server', (_request, response) => response.writeHead(502).end('<html>')],
    [
      'a web page arrives',
      'proxy.web-page',
      (_request, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>'),
    ],
    [
      'the server refuses',
      'case.not-found',
      (_request, response) => {
        const problem = { type: 'about:blank', title: 'No', status: 404, code: 'case.not-found' };
        response.writeHead(404, { 'Content-Type': 'application/problem+json' }).end(JSON.stringify(problem));
      },
    ],
  ])('leaves only the file from before if %s: %s', async (_what, code, listener) => {
    await writeFile(target(), 'the file before');
    answer = listener;
    await expect(downloads().saveEvidence(evidence)).rejects.toThrow(code);
    expect(await readdir(folder)).toEqual(['case.pdf']);
    expect(await readFile(target(), 'utf8')).toBe('the file before');
  });

  it('reports a folder that it cannot write to, not the server', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/pdf' }).end('%PDF-1.7');
    };
    const missing = downloads(join(folder, 'missing', 'case.pdf'));
    await expect(missing.saveEvidence(evidence)).rejects.toThrow('file.unwritable');
  });
});
