import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../shared/api/policy.ts';
import { openSqlite } from '../store/open-sqlite.ts';
import { createStore, type Store } from '../store/store.ts';
import { createPolicy } from './policy.ts';

const origin = {
  actor: { kind: 'operator', id: 'op-1', name: 'Ann Operator' },
  clientAddress: null,
  client: null,
} as const;

describe('the policy', () => {
  let store: Store;
  beforeEach(async () => {
    store = createStore(await openSqlite(':memory:'), () => 1000);
  });
  afterEach(() => store.close());

  it('is the built-in default until it is changed', async () => {
    expect(await createPolicy({ store, now: () => 1000 }).current()).toEqual({
      version: 1,
      document: defaultPolicy,
    });
  });

  it('records a change with its author', async () => {
    const policy = createPolicy({ store, now: () => 1000 });
    const document = { ...defaultPolicy, caseFields: { ticket: 'required', reason: 'optional' } } as const;
    expect(await policy.change(1, document, origin)).toMatchObject({
      version: 2,
      changedBy: 'Ann Operator',
      document,
    });
    expect(await store.db.selectFrom('audit_events').select('action').execute()).toEqual([
      { action: 'policy.changed' },
    ]);
  });

  it('is the new version as soon as the change is answered', async () => {
    let held: Promise<unknown> = Promise.resolve();
    const reading = { ...store, db: new Proxy(store.db, { get: slowSelect }) };
    function slowSelect(db: Store['db'], name: string | symbol) {
      const value: unknown = Reflect.get(db, name);
      if (name !== 'selectFrom') return typeof value === 'function' ? (value.bind(db) as unknown) : value;
      return (table: 'policies') => {
        const query = db.selectFrom(table).selectAll().orderBy('version', 'desc').limit(1);
        const until = held;
        const found = query.executeTakeFirst();
        const slow = {
          selectAll: () => slow,
          orderBy: () => slow,
          limit: () => slow,
          executeTakeFirst: () => until.then(() => found),
        };
        return slow;
      };
    }
    const policy = createPolicy({ store: reading, now: () => 1000 });
    expect((await policy.current()).version).toBe(1);
    let release: () => void = () => undefined;
    const other = createPolicy({ store: reading, now: () => 1000 });
    held = new Promise<void>((done) => {
      release = done;
    });
    // Requested before the change, answered after it.
    const late = other.current();
    held = Promise.resolve();
    await other.change(1, { ...defaultPolicy, checksOff: ['in-person'] }, origin);
    release();
    expect((await late).version).toBe(1);
    expect((await other.current()).version).toBe(2);
  });

  it('gives a rule that is newer than the stored document its default', async () => {
    const { grant: _grant, code, ...older } = defaultPolicy;
    const { tries: _tries, ...olderCode } = code;
    const document = JSON.stringify({ ...older, code: { ...olderCode, digits: 8 } });
    await store.writeUnaudited((tx) =>
      tx.insertInto('policies').values({ version: 2, document, changed_at: 1, changed_by: null }).execute(),
    );
    expect((await createPolicy({ store, now: () => 1000 }).current()).document).toEqual({
      ...defaultPolicy,
      code: { ...defaultPolicy.code, digits: 8 },
    });
  });

  it('refuses a change that was made on an older version', async () => {
    const policy = createPolicy({ store, now: () => 1000 });
    await policy.change(1, defaultPolicy, origin);
    await expect(policy.change(1, defaultPolicy, origin)).rejects.toMatchObject({ code: 'request.conflict' });
    expect((await policy.current()).version).toBe(2);
  });
});
