import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startUnreliableMailServer, type Whim } from '../../fixtures/unreliable-mail-server.ts';
import { outboundForTest } from '../../../backend/outbound/outbound-for-test.ts';
import { createSealed } from '../../../backend/store/sealed.ts';
import { openDatabaseForTest } from '../../../backend/app/configuration/open-database-for-test.ts';
import { createMailer } from '../../../backend/messaging/mail/create-mailer.ts';
import { createMailSettings } from '../../../backend/messaging/mail/mail-settings.ts';
import type { Mail } from '../../../backend/messaging/mail/mailer.ts';

const minute = 60_000;
const link: Mail = {
  kind: 'reset-link',
  to: 'marlene.okafor@example.com',
  subject: 'Set a new password',
  text: 'https://desk.example.com/reset/the-secret-token',
  accountId: 'a-1',
  caseId: 'c-1',
};

/** Tests of the mail queue itself on a store of its own, without an API in front of it. */
const it = test
  .extend('clock', () => ({ at: 1_000_000 }))
  .extend('database', async ({ clock }, { onCleanup }) => {
    const database = await openDatabaseForTest(() => clock.at);
    onCleanup(() => database.close());
    return database;
  })
  // oxlint-disable-next-line no-empty-pattern -- vitest reads a fixture's needs from the pattern.
  .extend('server', async ({}, { onCleanup }) => {
    const server = await startUnreliableMailServer();
    onCleanup(() => server.stop());
    return server;
  })
  // A mailer as after a start of the backend.
  .extend(
    'newMailer',
    ({ clock, database, server }) =>
      (options: { readonly busy?: () => boolean; readonly timeoutMs?: number } = {}) => {
        const { store, dataFolder } = database;
        const now = () => clock.at;
        const sealed = createSealed(new Uint8Array(32));
        const settings = createMailSettings({
          store,
          sealed,
          fixed: {
            settings: {
              transport: 'smtp',
              host: '127.0.0.1',
              port: server.port,
              security: 'none',
              userName: '',
              from: 'Desk <desk@example.com>',
            },
            password: null,
          },
          now,
        });
        return createMailer({
          ...outboundForTest(),
          store,
          settings,
          sealed,
          outboxFolder: join(dataFolder, 'outbox'),
          ...options,
          now,
        });
      },
  )
  .extend(
    'rowOf',
    ({ database }) =>
      (id: string) =>
        database.store.db
          .selectFrom('mails')
          .select(['state', 'answer', 'attempts', 'next_attempt_at'])
          .where('id', '=', id)
          .executeTakeFirstOrThrow(),
  )
  .extend(
    'queued',
    ({ database }) =>
      () =>
        database.store.db.selectFrom('mail_queue').selectAll().execute(),
  )
  // Delivers the due mails after this many milliseconds.
  .extend('later', ({ clock }) => async (mailer: ReturnType<typeof createMailer>, time = 31 * minute) => {
    clock.at += time;
    await mailer.deliverDue();
  });

describe('a mail to an unreliable mail server', () => {
  it.for<[string, Whim[]]>([
    ['says "not now"', [451, 421]],
    ['drops the connection in the middle of the mail', ['drop-in-the-middle']],
    ['drops the connection before it has acknowledged the mail', ['drop-before-the-answer']],
  ])(
    'is sent exactly once when the server first %s',
    async ([_name, whims], { later, newMailer, queued, rowOf, server }) => {
      const mailer = newMailer();
      server.next(...whims);
      const { mailId, state } = await mailer.send(link);
      expect(state).toBe('queued');
      expect(await rowOf(mailId)).toMatchObject({ state: 'queued', attempts: 1 });
      for (let more = whims.length; more > 0; more -= 1) await later(mailer);
      expect(server.accepted.map(({ messageId }) => messageId)).toEqual([`<${mailId}@example.com>`]);
      expect(await rowOf(mailId)).toMatchObject({
        state: 'accepted',
        answer: expect.stringContaining('Taken as number 1') as string,
        attempts: whims.length + 1,
        next_attempt_at: null,
      });
      expect(await queued()).toEqual([]);
    },
  );

  it('that must not be sent twice is in doubt when the server received all of it without an answer', async ({
    later,
    newMailer,
    queued,
    rowOf,
    server,
  }) => {
    const mailer = newMailer();
    server.next('drop-before-the-answer');
    const { mailId, state } = await mailer.send({ ...link, neverTwice: true });
    expect(state).toBe('in-doubt');
    await later(mailer);
    expect(server.accepted).toEqual([]);
    expect(await rowOf(mailId)).toMatchObject({ state: 'in-doubt', attempts: 1 });
    expect(await queued()).toEqual([]);
  });

  it('that must not be sent twice is tried again when the server defers it', async ({
    later,
    newMailer,
    rowOf,
    server,
  }) => {
    const mailer = newMailer();
    server.next(451);
    const { mailId, state } = await mailer.send({ ...link, neverTwice: true });
    expect(state).toBe('queued');
    await later(mailer);
    expect(server.accepted).toHaveLength(1);
    expect(await rowOf(mailId)).toMatchObject({ state: 'accepted' });
  });

  it('that must not be sent twice is in doubt after a crash in the middle of an attempt', async ({
    later,
    newMailer,
    rowOf,
    server,
  }) => {
    const mailer = newMailer();
    server.next('hold');
    await mailer.enqueue({ ...link, neverTwice: true }, 'm-1');
    // The process of this attempt dies without a trace.
    const lost = mailer.deliverDue();
    await server.met(1);
    await later(newMailer(), 61_000);
    expect(await rowOf('m-1')).toMatchObject({ state: 'in-doubt', attempts: 2 });
    server.letGo();
    await lost;
    expect(server.accepted).toHaveLength(1);
  });

  it('is not sent again when the connection drops after it was acknowledged', async ({
    later,
    newMailer,
    server,
  }) => {
    const mailer = newMailer();
    server.next('drop-after-the-answer');
    expect(await mailer.send(link)).toMatchObject({ state: 'accepted' });
    await later(mailer);
    expect(server.accepted).toHaveLength(1);
  });

  it('fails at once on a 5xx, with the server’s answer but without the address', async ({
    later,
    newMailer,
    queued,
    rowOf,
    server,
  }) => {
    const mailer = newMailer();
    server.next(550);
    const { mailId, state } = await mailer.send(link);
    expect(state).toBe('failed');
    await later(mailer);
    expect(server.accepted).toEqual([]);
    const { answer } = await rowOf(mailId);
    expect(answer).toContain('550');
    expect(answer).not.toContain('marlene');
    expect(await queued()).toEqual([]);
  });

  it('waits longer from one attempt to the next up to half an hour', async ({
    clock,
    newMailer,
    rowOf,
    server,
  }) => {
    const mailer = newMailer();
    server.next(...Array.from({ length: 9 }, () => 451));
    const { mailId } = await mailer.send(link);
    const waits: number[] = [];
    for (let attempt = 1; attempt < 9; attempt += 1) {
      const next = (await rowOf(mailId)).next_attempt_at ?? 0;
      waits.push(next - clock.at);
      clock.at = next - 1;
      await mailer.deliverDue();
      expect(await rowOf(mailId)).toMatchObject({ attempts: attempt });
      clock.at = next;
      await mailer.deliverDue();
    }
    expect(waits[0]).toBeLessThanOrEqual(10_000);
    expect(waits.slice(1, 5).every((wait, index) => wait > (waits[index] ?? 0) * 2)).toBe(true);
    expect(Math.max(...waits)).toBeLessThanOrEqual(30 * minute);
  });

  it('is encrypted in the database until after a restart', async ({ later, newMailer, queued, server }) => {
    server.next(451);
    const { mailId } = await newMailer().send(link);
    const [row] = await queued();
    expect(row?.mail_id).toBe(mailId);
    expect(JSON.stringify(row)).not.toContain('the-secret-token');
    const restarted = newMailer();
    await later(restarted);
    expect(server.accepted.map(({ text }) => text)).toEqual([expect.stringContaining('the-secret-token')]);
    expect(await queued()).toEqual([]);
  });

  it('is tried again after its claim when the backend died in the middle of an attempt', async ({
    later,
    newMailer,
    server,
  }) => {
    server.next('hold');
    const dying = newMailer();
    const sending = dying.send(link);
    await server.met(1);
    const restarted = newMailer();
    await later(restarted, minute / 2);
    expect(server.accepted).toEqual([]);
    await later(restarted, minute);
    expect(server.accepted).toHaveLength(1);
    server.letGo();
    await sending;
    await dying.settled();
    // The server received both. Their Message-ID shows that they are the same mail.
    expect(new Set(server.accepted.map(({ messageId }) => messageId)).size).toBe(1);
  });

  it('settles by itself after a slow server’s answer', async ({ later, newMailer, rowOf, server }) => {
    server.next('hold');
    const slow = newMailer({ timeoutMs: 1 });
    const { mailId, state } = await slow.send(link);
    expect(state).toBe('sending');
    expect(await rowOf(mailId)).toMatchObject({ state: 'sending' });
    await server.met(1);
    server.letGo();
    await slow.settled();
    expect(await rowOf(mailId)).toMatchObject({ state: 'accepted' });
    await later(slow);
    expect(server.accepted).toHaveLength(1);
  });

  it('with a code is withdrawn and wiped once the code is void', async ({
    clock,
    later,
    newMailer,
    queued,
    rowOf,
    server,
  }) => {
    const mailer = newMailer();
    server.next(451, 451, 451, 451);
    const code: Mail = { ...link, kind: 'code', goodUntil: clock.at + 5 * minute };
    const { mailId } = await mailer.send(code);
    await later(mailer, 5 * minute - 1);
    expect(await rowOf(mailId)).toMatchObject({ state: 'queued' });
    await later(mailer, 1);
    await later(mailer);
    expect(await rowOf(mailId)).toMatchObject({ state: 'withdrawn' });
    expect(await queued()).toEqual([]);
    expect(server.accepted).toEqual([]);
  });

  it('is sent more slowly while password hashing is saturated', async ({ clock, newMailer, server }) => {
    let busy = true;
    const mailer = newMailer({ busy: () => busy });
    server.next(...Array.from({ length: 12 }, () => 451));
    await Promise.all(Array.from({ length: 12 }, () => mailer.send(link)));
    clock.at += minute;
    await mailer.deliverDue();
    expect(server.accepted).toHaveLength(4);
    busy = false;
    await mailer.deliverDue();
    expect(server.accepted).toHaveLength(12);
  });

  it('leaves in its turn with many others, each exactly once', async ({ clock, newMailer, server }) => {
    const mailer = newMailer();
    server.next(...Array.from({ length: 30 }, () => 451));
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => mailer.send({ ...link, subject: `Mail ${index}` })),
    );
    clock.at += minute;
    // Three polls at the same time, twice, since one poll sends a limited number.
    for (let look = 0; look < 2; look += 1)
      await Promise.all([mailer.deliverDue(), newMailer().deliverDue(), mailer.deliverDue()]);
    expect(new Set(server.accepted.map(({ subject }) => subject)).size).toBe(30);
    expect(server.accepted).toHaveLength(30);
  });
});
