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

  it('is the default until somebody changes it', async () => {
    expect(await createPolicy({ store, now: () => 1000 }).current()).toEqual({
      version: 1,
      document: defaultPolicy,
    });
  });

  it('takes a change, says whose it was, and records it', async () => {
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

  it('gives a rule that is newer than the stored document its default', async () => {
    const { grant: _grant, code, ...older } = defaultPolicy;
    const { tries: _tries, ...olderCode } = code;
    const document = JSON.stringify({ ...older, code: { ...olderCode, digits: 8 } });
    await store.keepTime((tx) =>
      tx.insertInto('policies').values({ version: 2, document, changed_at: 1, changed_by: null }).execute(),
    );
    expect((await createPolicy({ store, now: () => 1000 }).current()).document).toEqual({
      ...defaultPolicy,
      code: { ...defaultPolicy.code, digits: 8 },
    });
  });

  it('refuses a change that was made on an older version, and keeps the newer', async () => {
    const policy = createPolicy({ store, now: () => 1000 });
    await policy.change(1, defaultPolicy, origin);
    await expect(policy.change(1, defaultPolicy, origin)).rejects.toMatchObject({ code: 'request.conflict' });
    expect((await policy.current()).version).toBe(2);
  });
});
