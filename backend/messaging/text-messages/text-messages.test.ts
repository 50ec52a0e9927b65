import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TextSettings } from '../../../shared/api/text.ts';
import { outboundForTest } from '../../outbound/outbound-for-test.ts';
import { openSqlite } from '../../store/open-sqlite.ts';
import { createSealed } from '../../store/sealed.ts';
import { createStore, type Store } from '../../store/store.ts';
import { createChannelHealth } from '../channel-health.ts';
import { createTextServices } from './create-text-services.ts';
import { gatewayRequest, findGatewayFaults } from './text-template.ts';

const origin = {
  actor: { kind: 'operator', id: 'o', name: 'Ann' },
  clientAddress: null,
  client: null,
} as const;
const gateway: TextSettings = {
  transport: 'gateway',
  method: 'POST',
  url: 'https://sms.example.com/send/{{id}}',
  headers: [{ name: 'Authorization', value: 'Bearer {{secret}}' }],
  bodyFormat: 'json',
  body: '{ "to": "{{to}}", "text": "{{text}}" }',
  accepted: { when: 'status' },
  country: '',
};
const message = {
  kind: 'code',
  to: '+49 555 0100 318',
  text: 'Code: 419 203',
  accountId: null,
  caseId: null,
} as const;
const values = {
  to: '+491',
  toDigits: '491',
  text: 'Hi',
  id: 'x1',
  secret: 'key',
  secretBase64: 'a2V5',
};

describe('the templates of a gateway', () => {
  it('carry any text in JSON as it is', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (to, text) => {
        const { body = '' } = gatewayRequest(gateway, { ...values, to, text });
        expect(JSON.parse(body)).toEqual({ to, text });
      }),
    );
  });

  it('carry any text in a form and in an address as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const form = { ...gateway, bodyFormat: 'form', body: 'a={{to}}&b={{text}}' } as const;
        expect(new URLSearchParams(gatewayRequest(form, { ...values, text }).body).get('b')).toBe(text);
        const address = { ...gateway, url: 'https://sms.example.com/?t={{text}}' };
        const { url } = gatewayRequest(address, { ...values, text });
        expect(new URL(url).hostname).toBe('sms.example.com');
        expect(new URL(url).searchParams.get('t')).toBe(text);
      }),
    );
  });

  it.each<[string, Partial<TextSettings>]>([
    ['an address that is none', { url: 'sms' }],
    ['an address without TLS', { url: 'http://sms.example.com/' }],
    ['a password in the address', { url: 'https://a:b@sms.example.com/' }],
    ['a host that is filled in', { url: 'https://{{to}}.example.com/' }],
    ['a body without the number', { body: '{ "text": "{{text}}" }' }],
    ['a body without the text', { body: '{ "to": "{{to}}" }' }],
    ['an unknown placeholder', { body: '{ "to": "{{to}}", "text": "{{text}}{{name}}" }' }],
    ['a body that is no JSON', { body: '{ to: {{to}}, {{text}} }' }],
    ['a text in a header', { headers: [{ name: 'X-Text', value: '{{text}}' }] }],
    ['a header in two lines', { headers: [{ name: 'X', value: 'a\r\nHost: b' }] }],
    ['a header that is the client’s', { headers: [{ name: 'Host', value: 'b' }] }],
    ['a name of a header that is none', { headers: [{ name: 'a b', value: 'c' }] }],
    ['GET with a body', { method: 'GET' }],
  ])('are refused for %s', (_what, part) => {
    expect(findGatewayFaults({ ...gateway, ...part })).not.toEqual([]);
  });

  it('are accepted when they are valid', () => {
    expect(findGatewayFaults(gateway)).toEqual([]);
    expect(findGatewayFaults({ ...gateway, url: 'http://127.0.0.1:8080/' })).toEqual([]);
  });
});

describe('a text', () => {
  let store: Store;
  let folder: string;
  let server: Server | undefined;
  let texts: ReturnType<typeof createTextServices>;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reset-desk-'));
    const now = () => 1000;
    store = createStore(await openSqlite(':memory:'), now);
    texts = createTextServices({
      health: createChannelHealth(() => 1000),
      store,
      sealed: createSealed(new Uint8Array(32)),
      ...outboundForTest(),
      outboxFolder: folder,
      now,
    });
  });
  afterEach(async () => {
    const running = server;
    server = undefined;
    if (running) await new Promise((resolve) => running.close(resolve));
    await store.close();
    await rm(folder, { recursive: true });
  });
  async function listen(
    status: number,
    headers: Record<string, string> = {},
    more: Partial<TextSettings> = {},
    answer?: string,
  ) {
    const seen: { authorization?: string | undefined; body?: string; path?: string | undefined } = {};
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        Object.assign(seen, { authorization: request.headers.authorization, body, path: request.url });
        response.writeHead(status, headers).end(answer ?? body);
      });
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/send/{{id}}`;
    await texts.settings.change({ ...gateway, ...more, url }, 'a gateway secret', origin);
    return seen;
  }
  const everything = async () =>
    JSON.stringify([
      await store.db.selectFrom('text_messages').selectAll().execute(),
      await store.db.selectFrom('settings').selectAll().execute(),
      await store.db.selectFrom('audit_events').selectAll().execute(),
    ]);

  it('is kept for its owner when no gateway is set', async () => {
    const { textId, state } = await texts.sender.send(message);
    expect(state).toBe('kept-in-outbox');
    const file = join(folder, 'texts', `${textId}.txt`);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).toContain('419 203');
    expect(await texts.outbox.read(textId, origin)).toMatchObject({ text: 'Code: 419 203' });
    expect(await everything()).toContain('outbox.read');
    expect(await everything()).not.toContain('419 203');
  });

  it('goes to the gateway without a trace of its secrets in the database', async () => {
    const seen = await listen(202);
    const { textId, state, answer } = await texts.sender.send(message);
    expect({ state, answer }).toEqual({ state: 'accepted', answer: 'HTTP 202' });
    expect(seen.authorization).toBe('Bearer a gateway secret');
    expect(seen.path).toBe(`/send/${textId}`);
    expect(JSON.parse(seen.body ?? '')).toEqual({ to: '+495550100318', text: 'Code: 419 203' });
    expect(await everything()).not.toMatch(/419 203|a gateway secret/u);
  });

  it.each<[string, TextSettings['accepted'], string, string]>([
    ['any answer at status 200', { when: 'status' }, 'anything', 'accepted'],
    [
      'a text in the answer',
      { when: 'contains', text: '0: Accepted' },
      '0: Accepted for delivery',
      'accepted',
    ],
    ['a text in the answer', { when: 'contains', text: '0: Accepted' }, '3: Queued', 'failed'],
    [
      'a value',
      { when: 'json', path: 'messages.0.status', value: '0' },
      '{"messages":[{"status":"0"}]}',
      'accepted',
    ],
    [
      'a value',
      { when: 'json', path: 'messages.0.status', value: '0' },
      '{"messages":[{"status":0}]}',
      'accepted',
    ],
    [
      'a value',
      { when: 'json', path: 'messages.0.status', value: '0' },
      '{"messages":[{"status":"9"}]}',
      'failed',
    ],
    ['a value', { when: 'json', path: 'messages.0.status', value: '0' }, '{"messages":[]}', 'failed'],
    ['a value', { when: 'json', path: 'messages.0.status', value: '0' }, '<html>Sign in</html>', 'failed'],
    ['a value', { when: 'json', path: '__proto__.x', value: 'undefined' }, '{}', 'failed'],
  ])('accepted by %s is judged by the gateway’s answer', async (_by, accepted, body, state) => {
    await listen(200, {}, { accepted }, body);
    expect((await texts.sender.send(message)).state).toBe(state);
  });

  it('repeats the gateway’s answer without the secret only for a test', async () => {
    await listen(400, {}, {}, '{"error":"Sender a gateway secret is not allowed"}');
    const { answer: said } = await texts.sender.send({ ...message, kind: 'test', text: 'A test' });
    expect(said).toBe('The gateway answered 400. It said: {"error":"Sender [secret] is not allowed"}');
    expect((await texts.sender.send(message)).answer).toBe('The gateway answered 400.');
  });

  it.each([
    ['DE', '0151 23456789', '+4915123456789'],
    ['DE', '+43 660 1234567', '+436601234567'],
    ['GB', '07400 123456', '+447400123456'],
    ['', '0151 23456789', '015123456789'],
  ])('to a desk in %s goes to %s as %s', async (country, to, dialled) => {
    const seen = await listen(200, {}, { country });
    await texts.sender.send({ ...message, to });
    expect(JSON.parse(seen.body ?? '')).toMatchObject({ to: dialled });
  });

  it('is not sent to a number that is invalid in its country', async () => {
    const seen = await listen(200, {}, { country: 'DE' });
    expect(await texts.sender.send({ ...message, to: '12' })).toMatchObject({
      state: 'failed',
      answer: expect.stringContaining('not a phone number') as string,
    });
    expect(seen.body).toBeUndefined();
  });

  it.each([
    ['refuses', 403, {}, 'The gateway answered 403.'],
    ['leads elsewhere', 302, { location: 'http://127.0.0.1:1/' }, 'The gateway answered 302.'],
  ])('is a failure without the gateway’s words when it %s', async (_what, status, headers, answer) => {
    await listen(status, headers);
    expect(await texts.sender.send(message)).toMatchObject({ state: 'failed', answer });
  });

  it('does not send the secret to another address', async () => {
    await texts.settings.change(gateway, 'a gateway secret', origin);
    await texts.settings.change({ ...gateway, body: '{"a":"{{to}}","b":"{{text}}"}' }, undefined, origin);
    expect((await texts.settings.read()).secret).toBe('a gateway secret');
    const elsewhere = { ...gateway, url: 'https://elsewhere.example.com/' };
    await texts.settings.change(elsewhere, undefined, origin);
    expect((await texts.settings.read()).secret).toBeNull();
  });
});
