import { sql, type Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditFilter } from '../../shared/api/audit.ts';
import { openSqliteInMemory } from '../store/open-sqlite.ts';
import type { AuditEventsTable, Tables } from '../store/tables.ts';
import { newestOf, readEvents, resolveFilter, selectEvents } from './select-events.ts';

/** More than two of the windows in which the selection reads events without an index. */
const count = 45_000;
const startedAt = Date.parse('2026-01-01T00:00:00Z');

describe('a selection of a long log', () => {
  let db: Kysely<Tables>;
  let connection: Awaited<ReturnType<typeof openSqliteInMemory>>['connection'];
  let all: AuditEventsTable[];
  beforeAll(async () => {
    const opened = await openSqliteInMemory();
    ({ db, connection } = opened);
    // One event a second; every thousandth failed, and its actors are 150 users and an operator.
    opened.connection.exec(`
      with recursive n (i) as (select 1 union all select i + 1 from n where i < ${count})
      insert into audit_events (seq, at, actor_kind, actor_id, actor_name, action, outcome, facts, previous_hash, hash)
      select i, ${startedAt} + i * 1000, case when i % 10 = 0 then 'system' else 'operator' end, null,
        case when i % 10 = 0 then null when i = 77 then 'Özge Rare' when i % 3 = 0 then 'User ' || (i % 450) else 'Ann Operator' end,
        case when i % 2 = 0 then 'check.passed' else 'reset.done' end,
        case when i % 1000 = 0 then 'failed' else 'done' end, '{}', 'h' || i, 'h' || (i + 1) from n`);
    all = await db.selectFrom('audit_events').selectAll().orderBy('seq').execute();
  });
  // Closes directly: the plans' statements are still open, which the driver's own way to close does not expect.
  afterAll(() => void connection.close());

  const matches: [string, AuditFilter, (event: Tables['audit_events']) => boolean][] = [
    ['everything', {}, () => true],
    ['an outcome', { outcome: 'failed' }, ({ outcome }) => outcome === 'failed'],
    ['the most frequent outcome', { outcome: 'done' }, ({ outcome }) => outcome === 'done'],
    ['a rare actor in another case', { actor: 'özge' }, ({ actor_name }) => actor_name === 'Özge Rare'],
    ['a frequent actor', { actor: 'OPERATOR' }, ({ actor_name }) => actor_name === 'Ann Operator'],
    ['a few actors', { actor: 'user 44' }, ({ actor_name }) => actor_name?.startsWith('User 44') === true],
    ['very many actors', { actor: 'user' }, ({ actor_name }) => actor_name?.startsWith('User') === true],
    ['an unknown actor', { actor: 'somebody else' }, () => false],
    ['a percent sign', { actor: '%' }, () => false],
    [
      'an early span',
      { to: new Date(startedAt + 90_000).toISOString() },
      ({ at }) => at < startedAt + 90_000,
    ],
    [
      'an actor, an action and a span',
      { actor: 'user', action: 'reset', from: new Date(startedAt + 40_000_000).toISOString() },
      ({ actor_name, action, at }) =>
        actor_name?.startsWith('User') === true && action === 'reset.done' && at >= startedAt + 40_000_000,
    ],
    ['an actor and an outcome', { actor: 'ann', outcome: 'failed' }, () => false],
  ];

  it.each(matches)('selects the same events as without an index: %s', async (_what, filter, is) => {
    const expected = all.filter(is).map(({ seq }) => seq);
    const selection = await resolveFilter(db, filter);
    const list = (before: number) =>
      selection.nothing ? [] : newestOf(db, selection, { before, count: 120 });
    expect(await list(count + 1)).toEqual(expected.slice(-120).toReversed());
    const before = 22_222;
    const older = expected.filter((seq) => seq < before);
    expect(await list(before)).toEqual(older.slice(-120).toReversed());
    const exported: number[] = [];
    for await (const { seq } of readEvents(db, selection, 0, count)) exported.push(seq);
    expect(exported).toEqual(expected);
  });

  const planOf = async (statement: string) => {
    const { rows } = await sql.raw<{ detail: string }>(`explain query plan ${statement}`).execute(db);
    return rows.map(({ detail }) => detail).join('\n');
  };
  const literal = (query: { compile(): { sql: string; parameters: readonly unknown[] } }) => {
    const { sql: text, parameters } = query.compile();
    let next = 0;
    return text.replaceAll('?', () => `'${String(parameters[next++])}'`);
  };

  it.each<[string, AuditFilter]>([
    ['audit_events_outcome', { outcome: 'failed' }],
    ['audit_events_outcome', { outcome: 'refused' }],
    ['audit_events_actor', { actor: 'özge' }],
  ])('is served by an index: %s', async (index, filter) => {
    const selection = await resolveFilter(db, filter);
    const query = selectEvents(db, selection).select('seq').orderBy('seq', 'desc').limit(101);
    expect(await planOf(literal(query))).toContain(index);
  });

  it.each([
    ['resets_intended', `select id from resets where state = 'intended'`],
    [
      'checks_account_kind',
      `select started_at from checks where account_id = 'a' and kind = 'k' and started_at > 1 order by started_at`,
    ],
    [
      'audit_events_actor',
      `select min(actor_name) from audit_events where actor_name is not null and actor_name > ''`,
    ],
  ])('of the store’s own is served by an index: %s', async (index, statement) => {
    expect(await planOf(statement)).toContain(index);
  });
});
