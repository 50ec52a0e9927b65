import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PolicyDocument } from '../../../shared/api/policy.ts';
import { defaultPolicy } from '../../../shared/api/policy.ts';
import { everyAccount } from '../../../shared/api/operator.ts';
import { openForTest, operator } from '../../accounts/open-for-test.ts';
import { createLive } from '../../live/live.ts';
import { createChannelHealth } from '../../messaging/channel-health.ts';
import { createMailServices } from '../../messaging/mail/create-mail-services.ts';
import { createMailComposer } from '../../messaging/mail/mail-composer.ts';
import { createTemplates } from '../../messaging/mail/templates/templates.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { createKeyedHash } from '../../store/keyed-hash.ts';
import { outboundForTest } from '../../outbound/outbound-for-test.ts';
import { createSealed } from '../../store/sealed.ts';
import { createFindAudience } from './find-audience.ts';
import { completeRequiredResets } from './complete-required-resets.ts';
import { createRequiredResets } from './required-resets.ts';
import { createNotifyUsers } from './notify-users.ts';

const day = 24 * 3_600_000;
const key = new Uint8Array(32);
const session = {
  operator: { id: 'op-1', displayName: 'Ann Operator', scope: everyAccount },
} as unknown as OperatorSession;

describe('notifying users of a required reset', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  let folder: string;
  let requiredReset: PolicyDocument['requiredReset'];
  let mail: ReturnType<typeof createMailServices>;
  let notifyUsers: ReturnType<typeof createNotifyUsers>;
  let resets: ReturnType<typeof createRequiredResets>;
  beforeEach(async () => {
    desk = await openForTest();
    await desk.imports.samples(operator);
    folder = mkdtempSync(join(tmpdir(), 'reset-desk-'));
    requiredReset = { ...defaultPolicy.requiredReset, mailsPerMinute: 7 };
    const { store, now } = desk;
    const policy = {
      current: () => Promise.resolve({ version: 1, document: { ...defaultPolicy, requiredReset } }),
    };
    const live = createLive();
    const publicUrl = () => 'https://desk.example.com';
    mail = createMailServices({
      organisation: async () => '',
      logo: async () => null,
      health: createChannelHealth(now),
      store,
      sealed: createSealed(key),
      live,
      dataFolder: folder,
      fixed: null,
      ...outboundForTest(),
      now,
    });
    const templates = createTemplates({ store, now });
    const mailComposer = createMailComposer({
      store,
      templates,
      policy,
      keyed: createKeyedHash(key),
      publicUrl,
      now,
    });
    notifyUsers = createNotifyUsers({ ...mail, mailComposer, store, policy, live, publicUrl, now });
    resets = createRequiredResets({
      store,
      findAudience: createFindAudience({ store, lockFor: () => Promise.resolve(900), now }),
      live,
      now,
    });
  });
  afterEach(async () => {
    await desk.close();
    rmSync(folder, { recursive: true });
  });

  const start = async (departments: string[], days = 14) => {
    const id = randomUUID();
    const dueAt = new Date(desk.clock.at + days * day).toISOString();
    const audience = {
      kind: 'filter' as const,
      departments,
      tiers: [],
      statuses: [],
      passwordSetBefore: null,
    };
    return resets.start({ id, audience, reason: 'A breach.', dueAt }, session, operator);
  };
  const mailsOf = (kind?: string) => {
    const all = desk.store.db.selectFrom('required_reset_mails').selectAll();
    return (kind === undefined ? all : all.where('kind', '=', kind)).execute();
  };
  /** Polls until every account that may be notified now has been. */
  const notifyAll = async () => {
    for (let round = 0; round < 4; round += 1) {
      await notifyUsers.notifyDue();
      await mail.mailer.deliverDue();
    }
  };
  const complete = (accountId: string) =>
    desk.store.change(operator, (tx, record) => completeRequiredResets(tx, record, accountId, desk.clock.at));

  it('sends no more mails in a minute than the policy allows', async () => {
    await start(['Legal']);
    await notifyAll();
    expect(await mailsOf()).toHaveLength(7);
    desk.clock.at += 59_000;
    await notifyAll();
    expect(await mailsOf()).toHaveLength(7);
    desk.clock.at += 2000;
    await notifyAll();
    expect(await mailsOf()).toHaveLength(14);
  });

  it('queues no more mails while as many as a minute allows are unsent', async () => {
    await start(['Legal']);
    const poll = async () => {
      for (let round = 0; round < 4; round += 1) await notifyUsers.notifyDue();
    };
    await poll();
    desk.clock.at += 61_000;
    await poll();
    expect(await mailsOf()).toHaveLength(7);
    await mail.mailer.deliverDue();
    await poll();
    expect(await mailsOf()).toHaveLength(14);
  });

  it('reminds each open account once for each day of the policy', async () => {
    requiredReset = { ...requiredReset, mailsPerMinute: 6000, remindBefore: [3, 1], remindAfter: [1] };
    const { id, counts } = await start(['Legal'], 10);
    await notifyAll();
    const told = await mailsOf('told');
    expect(told).toHaveLength(counts.accounts - counts.desk);
    await complete(told[0]?.account_id ?? '');
    desk.clock.at += 7 * day + 1000;
    await notifyAll();
    await notifyAll();
    const reminded = await mailsOf('before-3');
    expect(reminded).toHaveLength(told.length - 1);
    expect(reminded.map(({ account_id }) => account_id)).not.toContain(told[0]?.account_id);
    // The backend is off from before the second reminder until after the third.
    desk.clock.at += 5 * day;
    await notifyAll();
    expect(await mailsOf('before-1')).toEqual([]);
    expect(await mailsOf('after-1')).toHaveLength(told.length - 1);
    // This desk keeps its mails in the outbox, so none of its users counts as notified.
    const { accounts } = await resets.accounts(id, { show: 'not-told', after: '', limit: 500 }, session);
    expect(new Set(accounts.map((account) => account.reminders))).toEqual(new Set([2]));
  });

  it('withdraws the queued mails when it is stopped', async () => {
    const { id } = await start(['Legal']);
    await notifyUsers.notifyDue();
    const stopped = await resets.stop(id, 'A false alarm.', session, operator);
    expect(stopped.counts['not-told']).toBe(stopped.counts.accounts - stopped.counts.desk);
    expect(await desk.store.db.selectFrom('mail_queue').selectAll().execute()).toEqual([]);
    desk.clock.at += 20 * day;
    const before = await mailsOf();
    await notifyAll();
    expect(await mailsOf()).toEqual(before);
  });

  it('withdraws the queued mail of a user who has already chosen a password', async () => {
    await start(['Legal']);
    await notifyUsers.notifyDue();
    const [first] = await mailsOf();
    await complete(first?.account_id ?? '');
    const row = await desk.store.db
      .selectFrom('mails')
      .select('state')
      .where('id', '=', first?.mail_id ?? '')
      .executeTakeFirst();
    expect(row?.state).toBe('withdrawn');
  });

  it('goes by the state and address of the account at the time of sending', async () => {
    requiredReset = { ...requiredReset, mailsPerMinute: 6000 };
    const { id } = await start(['Legal']);
    const [desked] = (await resets.accounts(id, { show: 'desk', after: '', limit: 1 }, session)).accounts;
    const [other] = (await resets.accounts(id, { show: 'waiting', after: '', limit: 1 }, session)).accounts;
    await desk.store.writeUnaudited(async (tx) => {
      await tx
        .updateTable('accounts')
        .set({ email: 'new@example.com' })
        .where('id', '=', desked?.accountId ?? '')
        .execute();
      await tx
        .updateTable('accounts')
        .set({ disabled: 1 })
        .where('id', '=', other?.accountId ?? '')
        .execute();
    });
    await notifyAll();
    const told = (await mailsOf()).map(({ account_id }) => account_id);
    expect(told).toContain(desked?.accountId);
    expect(told).not.toContain(other?.accountId);
    const leftOut = (await resets.accounts(id, { show: 'left-out', after: '', limit: 500 }, session))
      .accounts;
    expect(leftOut.find(({ accountId }) => accountId === other?.accountId)?.leftOut).toBe('disabled');
  });
});
