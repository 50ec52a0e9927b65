import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chainStart, eventHash, systemOrigin } from '../../backend/store/append-event.ts';
import { openPostgresql } from '../../backend/store/open-postgresql.ts';
import { createStore } from '../../backend/store/store.ts';
import { startFaultyProxy, type FaultyProxy } from '../fixtures/faulty-proxy.ts';
import { startPostgresql, startStandby, type Postgresql } from '../fixtures/postgresql.ts';

describe('a store on a PostgreSQL with a synchronous standby', () => {
  let primary: Postgresql;
  let standby: Postgresql;
  let proxy: FaultyProxy;
  const ask = async <T extends object>({ url }: Postgresql, statement: string): Promise<T[]> => {
    const client = new Client({ connectionString: `${url}/postgres` });
    await client.connect();
    try {
      return (await client.query<T>(statement)).rows;
    } finally {
      await client.end();
    }
  };
  const addressOf = ({ url }: Postgresql, port: number) => {
    const through = new URL(`${url}/postgres`);
    through.port = String(port);
    return through.href;
  };
  beforeAll(async () => {
    primary = await startPostgresql({ primary: true });
    standby = await startStandby(primary);
    proxy = await startFaultyProxy(primary.port);
    await ask(primary, `alter system set synchronous_standby_names = '*'`);
    await ask(primary, 'select pg_reload_conf()');
  }, 60_000);
  afterAll(async () => {
    await proxy.stop();
    await standby.stop();
    await primary.stop();
  });

  it('is refused by a standby at the start, with the reason', async () => {
    const open = openPostgresql({ url: addressOf(standby, standby.port) }, () => undefined, {
      waitMs: 60_000,
    });
    await expect(open).rejects.toThrow('it is a standby, which accepts no changes');
  });

  it('finds the primary among several servers', async () => {
    const several = addressOf(standby, standby.port).replace(
      `:${standby.port}/`,
      `:${standby.port},127.0.0.1:${primary.port}/`,
    );
    const url = `${several}?target_session_attrs=read-write`;
    const { reader, writer, probe } = await openPostgresql(
      { url, statementTimeoutMs: 5000 },
      () => undefined,
    );
    await expect(probe(Date.now() + 1900)).resolves.toBeUndefined();
    await Promise.all([reader.destroy(), writer.destroy()]);
  });

  it('loses nothing that it acknowledged when the standby is promoted under load', async () => {
    const states = () =>
      ask<{ sync_state: string }>(primary, 'select sync_state from pg_stat_replication').then((rows) =>
        rows.map(({ sync_state }) => sync_state),
      );
    await expect.poll(states).toEqual(['sync']);
    const settings = { url: addressOf(primary, proxy.port), statementTimeoutMs: 2000 };
    const opened = await openPostgresql(settings, () => undefined, { exclusive: true });
    const store = createStore(opened.reader, Date.now, opened.writer);
    const acknowledged = new Set<number>();
    const unknown = new Set<number>();
    let next = 0;
    const over = new AbortController();
    const worker = async () => {
      while (!over.signal.aborted) {
        const number = next;
        next += 1;
        await store
          .change(systemOrigin, (_tx, record) => record({ action: 'policy.changed', facts: { number } }))
          .then(
            () => acknowledged.add(number),
            (thrown: unknown) => {
              if (thrown instanceof Error && 'code' in thrown && thrown.code === 'storage.outcome-unknown')
                unknown.add(number);
            },
          );
      }
    };
    const workers = [worker(), worker(), worker()];
    await expect.poll(() => acknowledged.size).toBeGreaterThan(50);
    await primary.stop();
    await ask(standby, 'select pg_promote()');
    proxy.moveTo(standby.port);
    const before = acknowledged.size;
    await expect.poll(() => acknowledged.size, { timeout: 20_000 }).toBeGreaterThan(before + 50);
    over.abort();
    await Promise.all(workers);

    const events = await store.db.selectFrom('audit_events').selectAll().orderBy('seq').execute();
    const saved = events.map(({ facts }) => (JSON.parse(facts) as { number: number }).number);
    expect([...acknowledged].filter((number) => !saved.includes(number))).toEqual([]);
    // Unacknowledged changes were not made, unless the store reported an unknown outcome.
    expect(saved.filter((number) => !acknowledged.has(number) && !unknown.has(number))).toEqual([]);
    let head = chainStart;
    for (const event of events) {
      expect(event.previous_hash).toBe(head);
      expect(event.hash).toBe(eventHash(event));
      head = event.hash;
    }
    await store.close();
    await opened.release();
  }, 60_000);
});
