import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openForTest, operator } from '../../accounts/open-for-test.ts';
import { withdrawMail } from './withdraw-mail.ts';

describe('a mail whose code or link is void', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  beforeEach(async () => {
    desk = await openForTest();
    const mail = {
      kind: 'code',
      to_address: 'ann@example.com',
      subject: 'Your code',
      account_id: null,
      case_id: null,
      queued_at: 0,
      answer: null,
      file: null,
      attempts: 0,
    };
    await desk.store.writeUnaudited(async (tx) => {
      await tx
        .insertInto('mails')
        .values([
          { ...mail, id: 'waiting', state: 'queued', settled_at: null, next_attempt_at: 1 },
          { ...mail, id: 'sent', state: 'accepted', settled_at: 1, next_attempt_at: null },
        ])
        .execute();
      await tx
        .insertInto('mail_queue')
        .values({ mail_id: 'waiting', sealed: 'the text', next_attempt_at: 1, good_until: null })
        .execute();
    });
  });
  afterEach(() => desk.close());
  const withdraw = async (mailId: string | null) => {
    let withdrawn = false;
    await desk.store.change(operator, async (tx, record) => {
      await record({ action: 'reset-link.voided' });
      withdrawn = await withdrawMail(tx, record, mailId, desk.now());
    });
    return withdrawn;
  };
  const states = async () =>
    Object.fromEntries(
      (await desk.store.db.selectFrom('mails').select(['id', 'state']).execute()).map(({ id, state }) => [
        id,
        state,
      ]),
    );
  const actions = async () =>
    (await desk.store.db.selectFrom('audit_events').select('action').execute()).map(({ action }) => action);

  it('is withdrawn with its text while it waits', async () => {
    expect(await withdraw('waiting')).toBe(true);
    expect(await states()).toEqual({ waiting: 'withdrawn', sent: 'accepted' });
    expect(await desk.store.db.selectFrom('mail_queue').selectAll().execute()).toEqual([]);
    expect(await actions()).toContain('mail.withdrawn');
  });
  it.each(['sent', 'unknown', null])('stays as it is once it is settled or not there: %s', async (mailId) => {
    expect(await withdraw(mailId)).toBe(false);
    expect(await states()).toEqual({ waiting: 'queued', sent: 'accepted' });
    expect(await actions()).not.toContain('mail.withdrawn');
  });
  it('is withdrawn once', async () => {
    await withdraw('waiting');
    expect(await withdraw('waiting')).toBe(false);
  });
});
