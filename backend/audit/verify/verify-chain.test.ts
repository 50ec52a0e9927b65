import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEventsTable } from '../../store/tables.ts';
import { appendEvent, eventHash } from '../../store/append-event.ts';
import { createAuditKey } from '../../store/audit-key.ts';
import { writeCheckpoint } from '../../store/checkpoint.ts';
import { openAuditForTest, operator } from '../open-audit-for-test.ts';
import { databaseSource } from './database-source.ts';
import { verifyChain } from './verify-chain.ts';

describe('an audit log in a database', () => {
  let audit: Awaited<ReturnType<typeof openAuditForTest>>;
  beforeEach(async () => {
    audit = await openAuditForTest();
    await audit.append(150);
  });
  afterEach(() => audit.close());

  const verify = (more: object = {}) =>
    verifyChain(databaseSource(audit.store.db), { publicKey: audit.key.publicKey, ...more });
  const eventAt = (seq: number) =>
    audit.store.db.selectFrom('audit_events').selectAll().where('seq', '=', seq).executeTakeFirstOrThrow();
  /** Changes an event and recomputes its hash and all later ones, as an attacker without the key could. */
  const rehashFrom = async (seq: number, change: Partial<AuditEventsTable>, upTo = 150) => {
    let previous = (await eventAt(seq)).previous_hash;
    for (let at = seq; at <= upTo; at += 1) {
      const event = { ...(await eventAt(at)), ...(at === seq ? change : {}), previous_hash: previous };
      const hash = eventHash(event);
      audit.tamper(
        `update audit_events set outcome = '${event.outcome}', previous_hash = '${previous}', hash = '${hash}' where seq = ${at}`,
      );
      previous = hash;
    }
  };

  it('verifies, with signatures up to the last signed event', async () => {
    expect(await verify()).toMatchObject({ events: 150, head: { seq: 150 }, signedUpTo: 128, fault: null });
  });

  it('verifies from an event that was already verified', async () => {
    const { seq, hash } = await eventAt(100);
    expect(await verify({ after: { seq, hash } })).toMatchObject({
      events: 50,
      signedUpTo: 128,
      fault: null,
    });
  });

  it('cannot be changed through the database', async () => {
    await expect(audit.writer.updateTable('audit_events').set({ outcome: 'done' }).execute()).rejects.toThrow(
      'append-only',
    );
    await expect(audit.writer.deleteFrom('audit_checkpoints').execute()).rejects.toThrow('append-only');
  });

  it.each<[string, string[], object]>([
    [
      'an altered outcome',
      ["update audit_events set outcome = 'refused' where seq = 40"],
      { kind: 'altered', seq: 40, to: 40 },
    ],
    [
      'an altered name of the actor',
      ["update audit_events set actor_name = 'Bea' where seq = 1"],
      { kind: 'altered', seq: 1 },
    ],
    [
      'an altered hash',
      [`update audit_events set hash = '${'a'.repeat(64)}' where seq = 40`],
      { kind: 'altered', seq: 40 },
    ],
    [
      'an altered last event',
      ["update audit_events set facts = '{}' where seq = 150"],
      { kind: 'altered', seq: 150 },
    ],
    [
      'an altered client address',
      ['update audit_events set client_address = null where seq = 77'],
      { kind: 'altered', seq: 77 },
    ],
    ['a removed event', ['delete from audit_events where seq = 40'], { kind: 'removed', seq: 40, to: 40 }],
    [
      'removed events',
      ['delete from audit_events where seq between 40 and 44'],
      { kind: 'removed', seq: 40, to: 44 },
    ],
    [
      'the first event removed',
      ['delete from audit_events where seq = 1'],
      { kind: 'removed', seq: 1, to: 1 },
    ],
    [
      'a removed event with the rest numbered anew',
      [
        'delete from audit_events where seq = 40',
        'update audit_events set seq = -(seq - 1) where seq > 40',
        'update audit_events set seq = -seq where seq < 0',
      ],
      { kind: 'removed', seq: 40, to: 40 },
    ],
    [
      'two swapped neighbours',
      [
        'update audit_events set seq = -1 where seq = 40',
        'update audit_events set seq = 40 where seq = 41',
        'update audit_events set seq = 41 where seq = -1',
      ],
      { kind: 'reordered', seq: 40 },
    ],
    [
      'two swapped events far apart',
      [
        'update audit_events set seq = -1 where seq = 20',
        'update audit_events set seq = 20 where seq = 120',
        'update audit_events set seq = 120 where seq = -1',
      ],
      { kind: 'reordered', seq: 20 },
    ],
    [
      'an event put in between',
      [
        'update audit_events set seq = -(seq + 1) where seq >= 40',
        'update audit_events set seq = -seq where seq < 0',
        `insert into audit_events select 40, at, actor_kind, actor_id, actor_name, account_id, case_id, 'case.closed', outcome, facts,
          policy_version, client_address, client, previous_hash, hash from audit_events where seq = 41`,
      ],
      { kind: 'inserted', seq: 40, to: 40 },
    ],
    [
      'the end cut off behind a checkpoint',
      ['delete from audit_events where seq > 100'],
      { kind: 'cut-off', seq: 101, to: 128 },
    ],
    [
      'a removed checkpoint',
      ['delete from audit_checkpoints where seq = 64'],
      { kind: 'checkpoint', seq: 64 },
    ],
    [
      'a forged checkpoint',
      ['update audit_checkpoints set at = at + 1 where seq = 128'],
      { kind: 'checkpoint', seq: 128 },
    ],
  ])('names %s', async (_what, statements, expected) => {
    audit.tamper(...statements);
    expect((await verify()).fault).toMatchObject(expected);
  });

  it('names an event put in between whose own hash is right', async () => {
    const before = await eventAt(39);
    const forged = { ...(await eventAt(40)), action: 'case.closed' as const, previous_hash: before.hash };
    audit.tamper(
      'update audit_events set seq = -(seq + 1) where seq >= 40',
      'update audit_events set seq = -seq where seq < 0',
      `insert into audit_events select 40, at, actor_kind, actor_id, actor_name, account_id, case_id, 'case.closed', outcome, facts,
        policy_version, client_address, client, '${before.hash}', '${eventHash(forged)}' from audit_events where seq = 41`,
    );
    expect((await verify()).fault).toEqual({ kind: 'inserted', seq: 40, to: 40 });
  });

  it('names an event that was altered and rehashed', async () => {
    await rehashFrom(40, { outcome: 'refused' }, 40);
    expect((await verify()).fault).toEqual({ kind: 'altered', seq: 40, to: 40 });
  });

  it('finds a log that was rehashed to its end by the checkpoint behind the change', async () => {
    await rehashFrom(70, { outcome: 'refused' });
    expect((await verify()).fault).toEqual({ kind: 'rewritten', seq: 65, to: 128 });
    expect((await verify({ publicKey: null })).fault).toBeNull();
  });

  it('finds a rewritten or cut end by a head that was kept elsewhere', async () => {
    const { seq, hash } = await eventAt(145);
    expect((await verify({ heads: [{ seq, hash }] })).fault).toBeNull();
    await rehashFrom(140, { outcome: 'refused' });
    expect((await verify({ heads: [{ seq, hash }] })).fault).toEqual({
      kind: 'rewritten',
      seq: 129,
      to: 145,
    });
    audit.tamper('delete from audit_events where seq > 130');
    expect((await verify({ heads: [{ seq, hash }] })).fault).toEqual({ kind: 'cut-off', seq: 131, to: 145 });
  });

  it('names an altered column, whichever it is', async () => {
    const columns = Object.keys(await eventAt(40)).filter((column) => column !== 'seq');
    expect(columns).toHaveLength(14);
    for (const column of columns) {
      const is = `(select ${column} from audit_events where seq = 40)`;
      audit.tamper(
        'create table kept as select * from audit_events where seq = 40',
        `update audit_events set ${column} = case when typeof(${is}) = 'integer' then ${is} + 1 else 'other' end where seq = 40`,
      );
      expect([column, (await verify()).fault]).toEqual([column, { kind: 'altered', seq: 40, to: 40 }]);
      audit.tamper(
        `update audit_events set ${column} = (select ${column} from kept) where seq = 40`,
        'drop table kept',
      );
      expect([column, (await verify()).fault]).toEqual([column, null]);
    }
  });

  it('names the signature if the log was rehashed and the new hash was written into it', async () => {
    await rehashFrom(70, { outcome: 'refused' });
    audit.tamper(
      'update audit_checkpoints set hash = (select hash from audit_events where seq = 128) where seq = 128',
    );
    expect((await verify()).fault).toEqual({ kind: 'checkpoint', seq: 128, to: 128 });
  });

  it('names the signature if it was moved to another event', async () => {
    audit.tamper(
      'delete from audit_checkpoints where seq = 128',
      'update audit_checkpoints set seq = 128, hash = (select hash from audit_events where seq = 128)',
    );
    expect((await verify()).fault).toEqual({ kind: 'checkpoint', seq: 64, to: 64 });
  });

  it('does not verify from an event that has disappeared or changed', async () => {
    const { seq, hash } = await eventAt(140);
    await rehashFrom(135, { outcome: 'refused' });
    expect((await verify({ after: { seq, hash } })).fault).toEqual({ kind: 'rewritten', seq: 140, to: 140 });
    audit.tamper('delete from audit_events where seq > 130');
    expect((await verify({ after: { seq, hash } })).fault).toEqual({ kind: 'cut-off', seq: 131, to: 140 });
  });

  describe('that was continued after missing events', () => {
    const resume = async (facts: object, isSigned = true) => {
      audit.tamper(
        'delete from audit_events where seq > 100',
        'delete from audit_checkpoints where seq > 100',
      );
      const { hash } = await eventAt(100);
      await audit.store.writeUnaudited(async (tx) => {
        const event = { action: 'audit.resumed', facts: { ...facts } } as const;
        const after = { seq: 150, hash };
        const head = await appendEvent(tx, operator, event, 1000, null, after);
        if (isSigned) await writeCheckpoint(tx, audit.key, head, 1000);
      });
      await audit.append(20);
    };

    it('verifies with a report of what is missing', async () => {
      await resume({ lostFrom: 101, lostTo: 150 });
      expect(await verify()).toMatchObject({
        fault: null,
        head: { seq: 171 },
        gaps: [{ from: 101, to: 150, at: 1000 }],
      });
      expect((await verify({ heads: [{ seq: 128, hash: 'lost with it' }] })).fault).toBeNull();
    });

    it.each<[string, object, boolean]>([
      ['without a signature', { lostFrom: 101, lostTo: 150 }, false],
      ['that says that fewer are missing', { lostFrom: 101, lostTo: 149 }, true],
      ['that says nothing', {}, true],
    ])('does not verify with an event %s', async (_what, facts, isSigned) => {
      await resume(facts, isSigned);
      expect((await verify()).fault).toMatchObject({ kind: 'removed', seq: 101, to: 150 });
    });
  });

  describe('whose key was replaced', () => {
    const next = createAuditKey(new Uint8Array(32).fill(9));
    const replace = async (keyId: string) =>
      audit.store.writeUnaudited(async (tx) => {
        const head = await appendEvent(
          tx,
          operator,
          { action: 'audit.key-replaced', facts: { keyId } },
          1000,
        );
        await writeCheckpoint(tx, next, head, 1000);
      });

    it('verifies under the new key', async () => {
      await replace(next.keyId);
      expect(await verify({ publicKey: next.publicKey })).toMatchObject({ fault: null, signedUpTo: 151 });
      expect((await verify()).fault).toEqual({ kind: 'other-key', seq: 151, to: 151 });
    });

    it('does not verify under a key that no event names', async () => {
      await replace(audit.key.keyId);
      expect((await verify({ publicKey: next.publicKey })).fault).toEqual({
        kind: 'other-key',
        seq: 64,
        to: 64,
      });
    });
  });

  it('is not good under another key', async () => {
    const other = 'A'.repeat(43);
    expect(await verify({ publicKey: other })).toMatchObject({
      fault: { kind: 'other-key', seq: 64 },
      head: { seq: 150 },
      signedUpTo: null,
    });
  });
});
