import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { openSqlite } from '../../store/open-sqlite.ts';
import { createStore } from '../../store/store.ts';
import type { GrantsTable } from '../../store/tables.ts';
import { grantObstacle, spendGrant, type GrantUse } from './spend-grant.ts';
import { systemOrigin } from '../../store/append-event.ts';

const minted = 1_000_000;
const grant: GrantsTable = {
  id: 'grant',
  case_id: 'case',
  account_id: 'account',
  operator_id: 'ann',
  session_id: 'session',
  action: 'temporary-password',
  policy_version: 3,
  minted_at: minted,
  expires_at: minted + 600_000,
  spent_at: null,
  approval_id: null,
};
const use: GrantUse = {
  grantId: 'grant',
  caseId: 'case',
  accountId: 'account',
  operatorId: 'ann',
  sessionId: 'session',
  action: 'temporary-password',
  policyVersion: 3,
};

describe('a grant', () => {
  it('allows its own use until it expires', () => {
    expect(grantObstacle(grant, use, minted + 599_999)).toBeNull();
    expect(grantObstacle(grant, use, minted + 600_000)).toBe('grant.expired');
  });

  it.each([
    ['another operator', { operatorId: 'bob' }, 'grant.other-operator'],
    ['another console session', { sessionId: 'other' }, 'grant.other-session'],
    ['another case', { caseId: 'other' }, 'grant.other-case'],
    ['another account', { accountId: 'other' }, 'grant.other-case'],
    ['another action', { action: 'reset-link' }, 'grant.other-action'],
    ['another policy', { policyVersion: 4 }, 'grant.policy-changed'],
  ] as const)('is refused for %s', (_for, change, code) => {
    expect(grantObstacle(grant, { ...use, ...change }, minted)).toBe(code);
  });

  it('is refused while the clock shows a time before it was minted', () => {
    expect(grantObstacle(grant, use, minted - 1)).toBe('grant.clock-set-back');
  });

  it('is refused once it is spent', () => {
    expect(grantObstacle({ ...grant, spent_at: minted }, use, minted)).toBe('grant.spent');
  });
});

describe('spending a grant', () => {
  it('takes effect only when its transaction is committed', async () => {
    const store = createStore(await openSqlite(':memory:'), () => minted);
    try {
      // The case of the grant is irrelevant here.
      await sql`pragma foreign_keys = off`.execute(store.db);
      await store.writeUnaudited((tx) => tx.insertInto('grants').values(grant).execute());
      const spend = (then: () => void) =>
        store.change(systemOrigin, async (tx, record) => {
          await spendGrant(tx, use, minted);
          then();
          await record({ action: 'reset.intended' });
        });
      const fail = () => {
        throw new Error('the directory is gone');
      };
      await expect(spend(fail)).rejects.toThrow('the directory is gone');
      await expect(spend(() => undefined)).resolves.toBeUndefined();
      await expect(spend(() => undefined)).rejects.toMatchObject({ code: 'grant.spent' });
    } finally {
      await store.close();
    }
  });
});
