import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAuditStreams } from '../../../backend/audit/stream/audit-streams.ts';
import { webhookSignature } from '../../../backend/audit/stream/send-webhook.ts';
import { createStreamSettings } from '../../../backend/audit/stream/stream-settings.ts';
import { openAuditForTest, operator } from '../../../backend/audit/open-audit-for-test.ts';
import { outboundForTest } from '../../../backend/outbound/outbound-for-test.ts';
import { appendEvent, readHead } from '../../../backend/store/append-event.ts';
import { writeCheckpoint } from '../../../backend/store/checkpoint.ts';
import { createSealed } from '../../../backend/store/sealed.ts';
import { makeLoopbackCertificate } from '../../fixtures/loopback-certificate.ts';
import { startSyslogReceiver, startWebhookReceiver, type Mood } from '../../fixtures/log-receivers.ts';

const timing = { idle: 5, firstRetry: 5, longestRetry: 20 };
const secret = 'a secret of sixteen and more';

let certificate: { cert: string; key: string };
beforeAll(async () => {
  certificate = await makeLoopbackCertificate();
});

describe('the stream of the audit log', () => {
  let audit: Awaited<ReturnType<typeof openAuditForTest>>;
  let syslog: Awaited<ReturnType<typeof startSyslogReceiver>>;
  let webhook: Awaited<ReturnType<typeof startWebhookReceiver>>;
  let settings: ReturnType<typeof createStreamSettings>;
  let authorities = '';
  let streams: ReturnType<typeof createAuditStreams>;
  const start = () => {
    const now = () => audit.clock.at;
    settings = createStreamSettings({ store: audit.store, sealed: createSealed(new Uint8Array(32)), now });
    streams = createAuditStreams({
      ...outboundForTest({ authorities }),
      store: audit.store,
      settings,
      version: '1.0.0',
      now,
      timing,
    });
  };
  beforeEach(async () => {
    authorities = certificate.cert;
    [audit, syslog, webhook] = await Promise.all([
      openAuditForTest(),
      startSyslogReceiver(certificate),
      startWebhookReceiver(),
    ]);
    start();
  });
  afterEach(async () => {
    await streams.stop();
    await Promise.all([syslog.stop(), webhook.stop()]);
    await audit.close();
  });

  const toSyslog = (more: object = {}, begin: 'first-event' | 'now' = 'first-event') =>
    settings.changeSyslog(
      {
        enabled: true,
        host: '127.0.0.1',
        port: syslog.port,
        tls: true,
        format: 'jsonl',
        ...more,
      },
      begin,
      operator,
    );
  const toWebhook = (begin: 'first-event' | 'now' = 'first-event') =>
    settings.changeWebhook({ enabled: true, url: webhook.url }, secret, begin, operator);
  const headSeq = async () => (await settings.view()).states;
  const seqsOfSyslog = () =>
    syslog.messages
      .filter((message) => !message.includes('audit.checkpoint'))
      .map((message) => Number(/\[audit@32473 seq="(\d+)"/.exec(message)?.[1]));
  const seqsOfWebhook = () =>
    webhook.taken.flatMap(({ body }) =>
      (JSON.parse(body) as { events: { seq: number }[] }).events.map(({ seq }) => seq),
    );
  const upTo = (last: number) => Array.from({ length: last }, (_none, index) => index + 1);

  it('is RFC 5424 over TLS with counted octets, from the first event on', async () => {
    await audit.append(3);
    await toSyslog();
    await expect.poll(() => seqsOfSyslog()).toEqual([1, 2, 3, 4]);
    expect(syslog.messages[0]).toMatch(
      /^<109>1 2026-03-01T09:00:01\.000Z \S+ reset-desk - account\.changed \[audit@32473 seq="1" hash="[0-9a-f]{64}" outcome="done"\] \uFEFF\{"type":"event","seq":1,/,
    );
    expect(syslog.messages[0]).toContain('Zoë');
  });

  it.each(['syslog', 'webhook'] as const)(
    'to %s begins with the next event when it is asked to begin now',
    async (target) => {
      await audit.append(10);
      if (target === 'syslog') await toSyslog({}, 'now');
      else await toWebhook('now');
      const state = async () => (await settings.view()).states[target];
      // The change of the settings is itself an event, the eleventh.
      expect((await state())?.sentSeq).toBeGreaterThanOrEqual(10);
      await audit.append(2);
      const received = target === 'syslog' ? seqsOfSyslog : seqsOfWebhook;
      await expect.poll(received).toEqual([11, 12, 13]);
      await expect.poll(state).toMatchObject({ sentSeq: 13, waiting: 0 });
    },
  );

  it.each(['syslog', 'webhook'] as const)(
    'to %s has the signatures over the log, each once',
    async (target) => {
      await audit.append(70);
      await (target === 'syslog' ? toSyslog() : toWebhook());
      const signatures = () =>
        target === 'syslog'
          ? syslog.messages
              .filter((message) => message.includes(' audit.checkpoint '))
              .map((message) => JSON.parse(message.slice(message.indexOf('{'))) as unknown)
          : webhook.taken
              .map(({ body }) => (JSON.parse(body) as { checkpoint: unknown }).checkpoint)
              .filter((checkpoint) => checkpoint !== null);
      await expect.poll(signatures).toMatchObject([{ type: 'checkpoint', seq: 64, keyId: audit.key.keyId }]);
      // The last event of a quiet period is signed after it was sent.
      const head = await audit.store.db
        .selectFrom('audit_events')
        .select(['seq', 'hash'])
        .orderBy('seq', 'desc')
        .executeTakeFirstOrThrow();
      await audit.store.writeUnaudited((tx) => writeCheckpoint(tx, audit.key, head, audit.clock.at));
      await expect.poll(signatures).toMatchObject([{ seq: 64 }, { seq: head.seq, hash: head.hash }]);
    },
  );

  it('continues behind the gap when the receiver has more than the log', async () => {
    await audit.append(300);
    await toWebhook();
    await expect.poll(() => seqsOfWebhook().length).toBe(301);
    await audit.cutAfter(100);
    // Read from the log: the failure's own event is sent at once, which clears the error of the state.
    const failures = audit.store.db
      .selectFrom('audit_events')
      .select('facts')
      .where('action', '=', 'audit.stream-failed');
    await expect
      .poll(async () => (await failures.executeTakeFirst())?.facts ?? '')
      .toContain('The receiver has events up to 301, but the log ends at event 100');
    // The failure is an event itself, with a number that was not used before and follows those that were sent.
    await expect.poll(() => seqsOfWebhook().at(-1)).toBeGreaterThan(301);
    await expect
      .poll(async () => (await settings.view()).states.webhook)
      .toMatchObject({ lastError: null, waiting: 0 });
  });

  it('continues behind a gap that is longer than a batch', async () => {
    await audit.append(10);
    await toWebhook();
    await expect.poll(() => seqsOfWebhook().length).toBe(11);
    await audit.store.writeUnaudited(async (tx) => {
      const { hash } = await readHead(tx);
      await appendEvent(tx, operator, { action: 'audit.resumed' }, 1000, null, { seq: 5000, hash });
    });
    await expect.poll(() => seqsOfWebhook().at(-1)).toBe(5001);
  });

  it('says that the secret of a webhook is missing or was sealed with another key', async () => {
    await toWebhook();
    await expect.poll(() => seqsOfWebhook().length).toBe(1);
    await audit.store.writeUnaudited((tx) =>
      tx.updateTable('settings').set({ value: 'sealed by another' }).where('sealed', '=', 1).execute(),
    );
    expect((await settings.view()).webhook.secretStored).toBe(false);
    await audit.append(1);
    await expect
      .poll(async () => (await settings.view()).states.webhook?.lastError ?? '')
      .toContain('Enter it again');
    await toWebhook();
    await expect.poll(async () => (await settings.view()).states.webhook?.lastError).toBeNull();
  });

  it('is sent as CEF if it is so configured', async () => {
    await audit.append(1);
    await toSyslog({ format: 'cef' });
    await expect
      .poll(() => syslog.messages[0])
      .toContain('CEF:0|Reset Desk|Reset Desk|1.0.0|account.changed|');
  });

  it('is posted in signed batches', async () => {
    await audit.append(450);
    await toWebhook();
    await expect.poll(() => seqsOfWebhook().length).toBe(451);
    expect(seqsOfWebhook()).toEqual(upTo(451));
    expect(webhook.taken.length).toBe(3);
    for (const { body, signature } of webhook.taken) {
      const [, seconds, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
      expect(mac).toBe(webhookSignature(secret, Number(seconds), body));
    }
  });

  it.each<Mood>(['refuses', 'drops', 'hangs'])(
    'loses no event to receivers that behave as one that %s, even across restarts',
    async (mood) => {
      await audit.append(250);
      syslog.state.mood = mood;
      webhook.state.mood = mood;
      await toSyslog();
      await toWebhook();
      await expect
        .poll(() => Math.min(syslog.state.connections + (mood === 'refuses' ? 9 : 0), webhook.state.calls))
        .toBeGreaterThan(0);
      // A receiver that hangs is noticed only after its timeout, which is longer than this test's.
      const noticed = async () => {
        const { syslog: one, webhook: other } = await headSeq();
        return mood === 'hangs' || (one?.lastError != null && other?.lastError != null);
      };
      await expect.poll(noticed).toBe(true);
      await streams.stop();
      await audit.append(20);
      start();
      syslog.state.mood = 'well';
      webhook.state.mood = 'well';
      await audit.append(5);
      const wanted = async () =>
        (await audit.store.db.selectFrom('audit_events').select('seq').execute()).map(({ seq }) => seq);
      const has = (seqs: number[], all: number[]) => all.every((seq) => seqs.includes(seq));
      await expect.poll(async () => has(seqsOfSyslog(), await wanted()), { timeout: 15_000 }).toBe(true);
      await expect.poll(async () => has(seqsOfWebhook(), await wanted()), { timeout: 15_000 }).toBe(true);
      // The order must be right even if some events arrive twice.
      expect([...new Set(seqsOfSyslog())]).toEqual([...new Set(seqsOfSyslog())].toSorted((a, b) => a - b));
    },
  );

  it('reports a failure and its end once each', async () => {
    webhook.state.mood = 'refuses';
    await audit.append(10);
    await toWebhook();
    await expect.poll(() => webhook.state.calls).toBeGreaterThan(3);
    const failing = (await settings.view()).states.webhook;
    expect(failing).toMatchObject({ sentSeq: 0, lastError: 'The receiver answered 500.' });
    expect(failing?.waiting).toBeGreaterThanOrEqual(11);
    webhook.state.mood = 'well';
    await expect
      .poll(async () => (await settings.view()).states.webhook)
      .toMatchObject({ waiting: 0, lastError: null, failingSince: null });
    const counts = async () => {
      const events = await audit.store.db.selectFrom('audit_events').select('action').execute();
      const count = (action: string) => events.filter((event) => event.action === action).length;
      return [count('audit.stream-failed'), count('audit.stream-recovered')];
    };
    // Recorded right after the position.
    await expect.poll(counts).toEqual([1, 1]);
  });

  it('does not trust a receiver whose certificate has no trusted issuer', async () => {
    await audit.append(1);
    await streams.stop();
    authorities = '';
    start();
    await toSyslog();
    await expect
      .poll(async () => (await settings.view()).states.syslog?.lastError ?? '')
      .toContain('an authority that this server does not trust');
    expect(syslog.messages).toEqual([]);
  });

  it('can be tried before it is turned on', async () => {
    await audit.append(1);
    await toSyslog({ enabled: false });
    expect(await streams.test('syslog')).toBe(2);
    expect(seqsOfSyslog()).toEqual([2]);
    syslog.state.mood = 'refuses';
    await expect(streams.test('syslog')).rejects.toMatchObject({ code: 'audit.stream-failed' });
    await expect(streams.test('webhook')).rejects.toMatchObject({ code: 'audit.stream-failed' });
  });

  it.each([
    [() => toSyslog({ host: '' }), 'body.host'],
    [() => toSyslog({ tls: false, host: 'logs.example.com' }), 'body.tls'],
    [
      () =>
        settings.changeWebhook({ enabled: true, url: 'http://logs.example.com/' }, secret, 'now', operator),
      'body.url',
    ],
    [
      () =>
        settings.changeWebhook(
          { enabled: true, url: 'https://logs.example.com/' },
          undefined,
          'now',
          operator,
        ),
      'body.secret',
    ],
  ])('is not sent where it could be read on the way', async (change, path) => {
    await expect(change()).rejects.toMatchObject({ help: { fields: [{ path }] } });
  });

  it('seals its secret for the receiver that it was agreed with', async () => {
    await toWebhook();
    const stored = await audit.store.db.selectFrom('settings').select('value').execute();
    expect(JSON.stringify(stored)).not.toContain(secret);
    expect(JSON.stringify(await settings.view())).not.toContain(secret);
    const elsewhere = { enabled: false, url: 'https://other.example.com/' };
    await settings.changeWebhook(elsewhere, undefined, 'now', operator);
    expect((await settings.view()).webhook.secretStored).toBe(false);
  });
});
