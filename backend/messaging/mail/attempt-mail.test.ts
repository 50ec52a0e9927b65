import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemOrigin } from '../../store/append-event.ts';
import { openSqlite } from '../../store/open-sqlite.ts';
import { outboundForTest } from '../../outbound/outbound-for-test.ts';
import { createSealed } from '../../store/sealed.ts';
import { createStore, type Store } from '../../store/store.ts';
import { createMailer } from './create-mailer.ts';
import { claimFor } from './mail-queue.ts';
import { createMailSettings } from './mail-settings.ts';

const code = {
  kind: 'code',
  to: 'marlene.okafor@example.com',
  subject: 'Your code',
  text: '123 456',
  accountId: null,
  caseId: null,
} as const;

describe('a mail that the server accepted', () => {
  const clock = { at: Date.parse('2026-03-01T09:00:00Z') };
  const now = () => clock.at;
  let store: Store;
  let folder: string;
  let server: SMTPServer;
  let received = 0;
  beforeEach(async () => {
    received = 0;
    folder = await mkdtemp(join(tmpdir(), 'reset-desk-'));
    store = createStore(await openSqlite(':memory:'), now);
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, _session, accepted) => {
        received += 1;
        stream.on('end', () => accepted()).resume();
      },
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(async () => {
    await new Promise<void>((resolve) => {
      server.close(resolve);
    });
    await store.close();
    await rm(folder, { recursive: true });
  });

  /** A mailer whose database cannot record the first `failures` outcomes. */
  const mailerOn = async (failures: number) => {
    const sealed = createSealed(new Uint8Array(32));
    let left = failures;
    const busy: Store = {
      ...store,
      change: (origin, work) => {
        if (left === 0) return store.change(origin, work);
        left -= 1;
        return Promise.reject(new Error('database is locked'));
      },
    };
    const settings = createMailSettings({ store, sealed, now });
    const { port } = server.server.address() as AddressInfo;
    const smtp = {
      transport: 'smtp',
      host: '127.0.0.1',
      port,
      security: 'none',
      userName: '',
      from: 'desk@example.com',
    } as const;
    await settings.change(smtp, undefined, systemOrigin);
    return createMailer({
      ...outboundForTest(),
      store: busy,
      settings,
      sealed,
      outboxFolder: join(folder, 'outbox'),
      now,
    });
  };
  const states = async () =>
    (await store.db.selectFrom('mails').select('state').execute()).map(({ state }) => state);
  const queued = () => store.db.selectFrom('mail_queue').select('mail_id').execute();

  it('is recorded later instead of sent again when the database was busy at the outcome', async () => {
    const mailer = await mailerOn(2);
    await expect(mailer.send(code)).rejects.toThrow('database is locked');
    expect([received, await states()]).toEqual([1, ['sending']]);

    clock.at += claimFor + 1;
    await mailer.deliverDue().catch(() => undefined);
    expect([received, await states()]).toEqual([1, ['sending']]);

    clock.at += claimFor + 1;
    await mailer.deliverDue();
    expect([received, await states()]).toEqual([1, ['accepted']]);
    expect(await queued()).toEqual([]);
    const actions = await store.db.selectFrom('audit_events').select('action').orderBy('seq').execute();
    expect(actions.map(({ action }) => action)).toEqual(['mail.settings-changed', 'mail.accepted']);
  });

  it('is not sent by a second attempt while the first one claims it', async () => {
    const mailer = await mailerOn(0);
    await store.writeUnaudited((tx) => mailer.enqueue(code, 'mail-1', tx));
    await Promise.all([mailer.deliverDue(), mailer.deliverNow('mail-1'), mailer.deliverDue()]);
    expect([received, await states()]).toEqual([1, ['accepted']]);
  });

  it('is not sent once its secret has expired', async () => {
    const mailer = await mailerOn(0);
    await store.writeUnaudited((tx) => mailer.enqueue({ ...code, goodUntil: clock.at + 1000 }, 'mail-1', tx));
    clock.at += 1000;
    await mailer.deliverDue();
    expect([received, await states()]).toEqual([0, ['withdrawn']]);
    expect(await queued()).toEqual([]);
  });
});
