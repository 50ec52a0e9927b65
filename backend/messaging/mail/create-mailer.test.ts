import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outboundForTest } from '../../outbound/outbound-for-test.ts';
import { createSealed } from '../../store/sealed.ts';
import { openSqlite } from '../../store/open-sqlite.ts';
import { createStore, type Store } from '../../store/store.ts';
import { createMailer } from './create-mailer.ts';
import { createMailSettings } from './mail-settings.ts';

const origin = {
  actor: { kind: 'operator', id: 'op-1', name: 'Ann' },
  clientAddress: null,
  client: null,
} as const;
const code = {
  kind: 'code',
  to: 'marlene.okafor@example.com',
  subject: 'Your code',
  text: 'Größe: 123 456',
  accountId: null,
  caseId: null,
} as const;
const now = () => 1000;

describe('a mail', () => {
  let store: Store;
  let folder: string;
  let server: SMTPServer | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reset-desk-'));
    store = createStore(await openSqlite(':memory:'), now);
  });
  afterEach(async () => {
    if (server) await new Promise<void>((resolve) => server?.close(resolve));
    server = undefined;
    await store.close();
    await rm(folder, { recursive: true });
  });
  const post = () => {
    const sealed = createSealed(new Uint8Array(32));
    const settings = createMailSettings({ store, sealed, now });
    const mailer = createMailer({
      store,
      settings,
      sealed,
      ...outboundForTest(),
      outboxFolder: join(folder, 'outbox'),
      now,
    });
    return { settings, mailer };
  };
  const events = () => store.db.selectFrom('audit_events').select(['action', 'facts']).execute();
  async function listen(options: ConstructorParameters<typeof SMTPServer>[0]): Promise<number> {
    server = new SMTPServer({ disabledCommands: ['STARTTLS'], ...options });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    return (server.server.address() as AddressInfo).port;
  }
  const smtp = (port: number) =>
    ({
      transport: 'smtp',
      host: '127.0.0.1',
      port,
      security: 'none',
      userName: 'desk',
      from: 'desk@example.com',
    }) as const;

  it('is kept in the outbox for its owner alone when no mail server is set', async () => {
    const { mailer } = post();
    const { mailId, state } = await mailer.send(code);
    expect(state).toBe('kept-in-outbox');
    const file = join(folder, 'outbox', `${mailId}.eml`);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await simpleParser(await readFile(file))).toMatchObject({
      subject: 'Your code',
      text: 'Größe: 123 456\n',
    });
  });

  it('is sent with the user name and password of the mail server', async () => {
    const seen: { mail?: ParsedMail; password?: string | null | undefined } = {};
    const port = await listen({
      onAuth: ({ password }, _session, done) => {
        seen.password = password;
        done(null, { user: 'desk' });
      },
      onData: (stream, _session, done) => {
        void simpleParser(stream).then((mail) => {
          seen.mail = mail;
          done();
        });
      },
    });
    const { settings, mailer } = post();
    await settings.change(smtp(port), 'a mail password', origin);
    expect(await mailer.send(code)).toMatchObject({
      state: 'accepted',
      answer: expect.stringContaining('250') as string,
    });
    expect(seen.password).toBe('a mail password');
    expect(seen.mail?.text).toContain('123 456');
  });

  it('is sent in ASCII to a server that takes seven bits only', async () => {
    const pieces: Buffer[] = [];
    const port = await listen({
      authOptional: true,
      hide8BITMIME: true,
      hideSMTPUTF8: true,
      onData: (stream, _session, done) => {
        stream.on('data', (piece: Buffer) => pieces.push(piece)).on('end', () => done());
      },
    });
    const { settings, mailer } = post();
    const from = 'Büro für Hilfe <hilfe@bücher.example>';
    await settings.change({ ...smtp(port), userName: '', from }, undefined, origin);
    expect(await mailer.send(code)).toMatchObject({ state: 'accepted' });
    const raw = Buffer.concat(pieces);
    expect(raw.every((byte) => byte < 0x80)).toBe(true);
    const { text, from: sender, messageId } = await simpleParser(raw);
    expect([text?.trim(), sender?.value[0]?.name]).toEqual(['Größe: 123 456', 'Büro für Hilfe']);
    expect(messageId).toMatch(/@xn--bcher-kva\.example>$/u);
  });

  it('that the server refuses resolves to a failure with the server’s answer', async () => {
    const port = await listen({
      authOptional: true,
      onRcptTo: (_address, _session, done) => {
        done(Object.assign(new Error('No such mailbox'), { responseCode: 550 }));
      },
    });
    const { settings, mailer } = post();
    await settings.change({ ...smtp(port), userName: '' }, undefined, origin);
    expect(await mailer.send(code)).toMatchObject({
      state: 'failed',
      answer: expect.stringContaining('550') as string,
    });
    expect((await events()).map(({ action }) => action)).toEqual(['mail.settings-changed', 'mail.failed']);
  });

  it('is not sent in clear when the settings ask for STARTTLS and the server has none', async () => {
    const port = await listen({ authOptional: true });
    const { settings, mailer } = post();
    await settings.change({ ...smtp(port), userName: '', security: 'starttls' }, undefined, origin);
    expect(await mailer.send(code)).toMatchObject({ state: 'failed' });
  });

  it('leaves neither its text nor the password in the database', async () => {
    const { settings, mailer } = post();
    await settings.change({ ...smtp(1), transport: 'outbox' }, 'a mail password', origin);
    await mailer.send(code);
    const tables = await Promise.all([
      store.db.selectFrom('mails').selectAll().execute(),
      store.db.selectFrom('settings').selectAll().execute(),
      events(),
    ]);
    expect(JSON.stringify(tables)).not.toMatch(/123 456|a mail password/);
  });

  it.each([
    ['keeps its password with another sender', { from: 'Other <other@example.com>' }, 'a mail password'],
    ['keeps its password with as much encryption', { security: 'tls' }, 'a mail password'],
    ['loses its password with another host', { host: 'elsewhere.example.com' }, null],
    ['loses its password with another port', { port: 26 }, null],
    ['loses its password with another user', { userName: 'another' }, null],
    ['loses its password with less encryption', { security: 'none' }, null],
  ] as const)('%s', async (_what, change, kept) => {
    const { settings } = post();
    const before = { ...smtp(25), security: 'starttls' } as const;
    await settings.change(before, 'a mail password', origin);
    await settings.change({ ...before, ...change }, undefined, origin);
    expect((await settings.read()).password).toBe(kept);
  });
});
