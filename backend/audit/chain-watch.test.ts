import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outboundForTest } from '../outbound/outbound-for-test.ts';
import { createKeptHead } from './kept-head.ts';
import { createSealed } from '../store/sealed.ts';
import { createStore, type Store } from '../store/store.ts';
import { assertLogReaches } from '../app/configuration/audit-log-at-start.ts';
import { createAuditServices } from '../app/composition/audit-services.ts';
import { openAuditForTest, operator } from './open-audit-for-test.ts';

describe('the audit log of a running backend, when its database fails', () => {
  let audit: Awaited<ReturnType<typeof openAuditForTest>>;
  let reported: string[];
  /** The method of the store that fails. */
  let failing: keyof Pick<Store, 'change' | 'writeUnaudited'> | null;
  let services: ReturnType<typeof createAuditServices>;
  beforeEach(async () => {
    audit = await openAuditForTest();
    await audit.append(10);
    reported = [];
    failing = null;
    const full = () => Promise.reject(new Error('the disk is full'));
    const store: Store = {
      ...audit.store,
      change: (origin, work) => (failing === 'change' ? full() : audit.store.change(origin, work)),
      writeUnaudited: (work) => (failing === 'writeUnaudited' ? full() : audit.store.writeUnaudited(work)),
    };
    services = createAuditServices({
      store,
      key: audit.key,
      keptHead: createKeptHead(audit.folder, audit.key.publicKey),
      sealed: createSealed(new Uint8Array(32).fill(7)),
      ...outboundForTest(),
      policy: { current: () => Promise.reject(new Error('No pack is issued here.')) },
      version: '0.0.0-test',
      now: () => audit.clock.at,
      log: () => undefined,
      onUnexpected: (reference, thrown) => reported.push(`${reference}: ${String(thrown)}`),
    });
  });
  afterEach(() => audit.close());

  const signedUpTo = async () => (await services.chain.state()).signed?.seq ?? null;
  const checks = async () =>
    (await audit.store.db.selectFrom('audit_events').selectAll().execute())
      .filter(({ action }) => action === 'audit.checked')
      .map(({ outcome, facts }) => [outcome, (JSON.parse(facts) as { result: string }).result]);

  it('signs its end at the next stop if the first one could not', async () => {
    failing = 'writeUnaudited';
    await services.stop();
    expect(reported).toEqual(['audit chain: Error: the disk is full']);
    expect(await signedUpTo()).toBeNull();
    failing = null;
    await services.stop();
    expect(reported).toHaveLength(1);
    expect(await signedUpTo()).toBe(10);
  });

  it('signs in the next sweep what a reported one could not', async () => {
    failing = 'writeUnaudited';
    services.sweep();
    await services.chain.settled();
    expect(reported).toEqual(['audit chain: Error: the disk is full']);
    failing = null;
    services.sweep();
    await services.chain.settled();
    expect(reported).toHaveLength(1);
    expect(await signedUpTo()).toBe(10);
  });

  it('does not record an unfinished check as unbroken', async () => {
    failing = 'writeUnaudited';
    await services.chain.check(operator);
    await services.chain.settled();
    expect(await checks()).toEqual([['failed', 'not-finished']]);
    failing = null;
    await services.chain.check(operator);
    await services.chain.settled();
    expect(await checks()).toEqual([
      ['failed', 'not-finished'],
      ['done', 'unbroken'],
    ]);
  });

  it('reports that a check could not be recorded', async () => {
    failing = 'change';
    await services.chain.check(operator);
    await services.chain.settled();
    expect(reported).toEqual(['audit chain: Error: the disk is full']);
    expect(await checks()).toEqual([]);
  });
});

describe('the end of the audit log of a running backend', () => {
  let audit: Awaited<ReturnType<typeof openAuditForTest>>;
  let services: ReturnType<typeof createAuditServices>;
  let lines: string[];
  beforeEach(async () => {
    audit = await openAuditForTest();
    await audit.append(10);
    lines = [];
    services = createAuditServices({
      store: audit.store,
      key: audit.key,
      keptHead: kept(),
      sealed: createSealed(new Uint8Array(32).fill(7)),
      ...outboundForTest(),
      policy: { current: () => Promise.reject(new Error('No pack is issued here.')) },
      version: '0.0.0-test',
      now: () => audit.clock.at,
      log: (event) => lines.push(event),
      onUnexpected: (reference, thrown) => lines.push(`${reference}: ${String(thrown)}`),
    });
  });
  afterEach(async () => {
    await services.stop();
    await audit.close();
  });
  const kept = () => createKeptHead(audit.folder, audit.key.publicKey);
  const sweep = async () => {
    services.sweep();
    await services.chain.settled();
  };

  it('is kept outside of the database with its signature', async () => {
    await sweep();
    expect(kept().read()).toMatchObject({ seq: 10, key_id: audit.key.keyId });
    await audit.append(1);
    await sweep();
    expect(kept().read()?.seq).toBe(11);
  });

  it('is not kept if another key signed it', async () => {
    await sweep();
    expect(createKeptHead(audit.folder, 'A'.repeat(43)).read()).toBeNull();
  });

  it('is found cut, although its signatures were cut as well', async () => {
    await sweep();
    audit.tamper('delete from audit_events where seq > 5', 'delete from audit_checkpoints');
    await sweep();
    expect(lines).toEqual(['audit-chain-broken']);
    expect((await services.chain.state()).check).toMatchObject({
      state: 'broken',
      fault: { kind: 'cut-off', seq: 6, to: 10 },
    });
  });

  it('is found cut by the next start', async () => {
    await sweep();
    await expect(assertLogReaches(audit.store.db, kept(), audit.folder)).resolves.toBeUndefined();
    audit.tamper('delete from audit_events where seq > 5', 'delete from audit_checkpoints');
    await expect(assertLogReaches(audit.store.db, kept(), audit.folder)).rejects.toMatchObject({
      code: 'folder.log-cut',
      message: expect.stringMatching(/ends at event 5, but event 10 was signed.*audit resume/),
    });
    // Filled again with other events.
    const other = createStore(audit.store.db, () => audit.clock.at, audit.writer, audit.key);
    await expect(
      other.change(operator, async (_tx, record) => {
        for (let event = 0; event < 10; event += 1) await record({ action: 'policy.changed' });
      }),
    ).resolves.toBeUndefined();
    await expect(assertLogReaches(audit.store.db, kept(), audit.folder)).rejects.toMatchObject({
      detail: 'event 10 differs',
    });
  });

  it('is found cut by what a stream has sent', async () => {
    await audit.store.writeUnaudited((tx) =>
      tx
        .insertInto('audit_streams')
        .values({ target: 'syslog', sent_seq: 12, sent_at: null, failing_since: null, last_error: null })
        .execute(),
    );
    await expect(assertLogReaches(audit.store.db, kept(), audit.folder)).rejects.toMatchObject({
      message: expect.stringContaining('event 12 was sent to the syslog receiver'),
    });
  });

  it('leaves a gap instead of giving a number out again', async () => {
    audit.tamper('delete from audit_events where seq > 5');
    await audit.append(1);
    const seqs = await audit.store.db.selectFrom('audit_events').select('seq').orderBy('seq').execute();
    expect(seqs.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 11]);
  });
});
