import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqlite } from '../../store/open-sqlite.ts';
import { createSealed } from '../../store/sealed.ts';
import { createStore, type Store } from '../../store/store.ts';
import { claimFor, createMailQueue, type MailQueue } from './mail-queue.ts';

const mail = {
  kind: 'code',
  to: 'marlene.okafor@example.com',
  subject: 'Your code',
  text: 'Kestrel 123 456',
  accountId: null,
  caseId: null,
} as const;

describe('a mail in the queue', () => {
  const clock = { at: 0 };
  let store: Store;
  /** The queues of two backends on one database. */
  let [one, other]: MailQueue[] = [];
  beforeEach(async () => {
    clock.at = Date.parse('2026-03-01T09:00:00Z');
    const now = () => clock.at;
    store = createStore(await openSqlite(':memory:'), now);
    const sealed = createSealed(new Uint8Array(32));
    [one, other] = [createMailQueue({ store, sealed, now }), createMailQueue({ store, sealed, now })];
  });
  afterEach(() => store.close());
  const claims = async () => {
    const found = await Promise.all([one?.claim('m1'), other?.claim('m1')]);
    return found.filter((claimed) => claimed !== null);
  };

  it('is claimed by one backend for a minute', async () => {
    await one?.put(mail, 'm1', 'later');
    expect(await claims()).toMatchObject([{ ...mail, attempts: 1, inDoubt: false }]);
    expect(await claims()).toEqual([]);
    clock.at += claimFor - 1;
    expect(await claims()).toEqual([]);
    expect(await one?.due(10)).toEqual([]);
    clock.at += 1;
    expect(await one?.due(10)).toEqual(['m1']);
    expect(await claims()).toMatchObject([{ attempts: 2 }]);
  });

  it('is in doubt at its next attempt if it must not leave twice', async () => {
    await one?.put({ ...mail, neverTwice: true }, 'm1', 'later');
    expect(await claims()).toMatchObject([{ inDoubt: false }]);
    clock.at += claimFor;
    expect(await claims()).toMatchObject([{ inDoubt: true }]);
  });

  it('is overdue from the moment at which its secret expires', async () => {
    await one?.put({ ...mail, goodUntil: clock.at + 1000 }, 'm1', 'later');
    clock.at += 999;
    expect(await one?.overdue(10)).toEqual([]);
    clock.at += 1;
    expect(await one?.overdue(10)).toEqual(['m1']);
  });

  it('is sealed', async () => {
    await one?.put(mail, 'm1', 'later');
    const rows = await store.db.selectFrom('mail_queue').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain('Kestrel');
    expect(await claims()).toMatchObject([{ text: mail.text }]);
  });
});
