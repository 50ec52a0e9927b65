import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../shared/api/policy.ts';
import { openSqlite } from '../../store/open-sqlite.ts';
import { createStore, type Store } from '../../store/store.ts';
import { outboundForTest } from '../../outbound/outbound-for-test.ts';
import { openBreachedPasswords } from './open-breached-passwords.ts';

const { http } = outboundForTest();

import { createScreenPassword } from './screen-password.ts';
import { systemOrigin } from '../../store/append-event.ts';

const hashOf = (password: string) => createHash('sha1').update(password).digest('hex').toUpperCase();
const stolen = 'Quiet+Harbour7';
const prefix = hashOf(stolen).slice(0, 5);
const range = [`${'0'.repeat(34)}A:12`, `${hashOf(stolen).slice(5)}:3`, `${'F'.repeat(35)}:0`].join('\r\n');

describe('looking a password up among stolen ones', () => {
  let store: Store;
  let server: Server;
  let answer: RequestListener;
  let seen: { url: string; padding: string | undefined }[];
  let address: string;
  beforeEach(async () => {
    store = createStore(await openSqlite(':memory:'), () => 1000);
    seen = [];
    server = createServer((request, response) => {
      seen.push({ url: request.url ?? '', padding: request.headers['add-padding']?.toString() });
      answer(request, response);
    });
    await new Promise<void>((listening) => {
      server.listen(0, '127.0.0.1', listening);
    });
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/range/`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    await store.close();
  });

  const screen = (place: string | undefined, timeout = 5000) => {
    const document = {
      ...defaultPolicy,
      passwords: { ...defaultPolicy.passwords, breached: { refuse: true, timeout } },
    };
    return createScreenPassword({
      store,
      policy: { current: () => Promise.resolve({ version: 1, document }) },
      source: openBreachedPasswords(place, http),
    });
  };
  const skipped = async () => {
    const events = await store.db.selectFrom('audit_events').select(['action', 'outcome', 'facts']).execute();
    return events.map(({ action, outcome, facts }) => `${action} ${outcome} ${facts}`);
  };

  it('finds it by the first five digits of its hash alone, asking for padding', async () => {
    answer = (_request, response) => response.end(range);
    expect(await screen(address).isBreached(stolen, systemOrigin, null)).toBe(true);
    expect(seen).toEqual([{ url: `/range/${prefix}`, padding: 'true' }]);
    expect(await skipped()).toEqual([]);
  });

  it('finds nothing where the list has it only as padding', async () => {
    answer = (_request, response) => response.end(range.replace(':3', ':0'));
    expect(await screen(address).isBreached(stolen, systemOrigin, null)).toBe(false);
    expect(await skipped()).toEqual([]);
  });

  it.each<[string, string, RequestListener]>([
    ['is slow', 'timeout', () => undefined],
    ['stops in the middle', 'timeout', (_request, response) => void response.write(range)],
    ['fails', 'broken', (_request, response) => void response.writeHead(503).end()],
    ['hangs up', 'broken', ({ socket }) => void socket.destroy()],
    ['answers with a page', 'broken', (_request, response) => void response.end('<html>Sign in</html>')],
    ['answers nothing', 'broken', (_request, response) => void response.end()],
    ['answers without end', 'broken', (_request, response) => void response.end('A'.repeat(600_000))],
    [
      'sends elsewhere',
      'broken',
      (_request, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    ],
  ])('lets it pass and says so in the audit log when the list %s', async (_how, why, how) => {
    answer = how;
    expect(await screen(address, why === 'timeout' ? 60 : 5000).isBreached(stolen, systemOrigin, null)).toBe(
      false,
    );
    expect(await skipped()).toEqual([`password.breach-check-skipped failed {"why":"${why}"}`]);
  });

  it('reads a folder of range files, in which it reports a missing range', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ranges-'));
    await writeFile(join(folder, `${prefix}.txt`), range);
    expect(await screen(folder).isBreached(stolen, systemOrigin, null)).toBe(true);
    expect(await skipped()).toEqual([]);
    expect(await screen(folder).isBreached('Another+Harbour7', systemOrigin, null)).toBe(false);
    expect(await skipped()).toEqual(['password.breach-check-skipped failed {"why":"broken"}']);
    await rm(folder, { recursive: true });
  });

  it('reports that no list is configured', async () => {
    expect(await screen(undefined).isBreached(stolen, systemOrigin, null)).toBe(false);
    expect(await skipped()).toEqual(['password.breach-check-skipped failed {"why":"no-list"}']);
  });

  it('refuses a list that is reached without TLS outside this computer', () => {
    expect(() => openBreachedPasswords('http://ranges.example.com/range', http)).toThrow('https');
  });
});
