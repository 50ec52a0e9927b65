import { createEventWindows } from '../store/event-windows.ts';
import { noDirectories } from '../directories/configured/directory-registry.ts';
import { createLive } from '../live/live.ts';
import { createDirectoryProof } from './directory/directory-proof.ts';
import { createLockout } from './lockout.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../shared/api/policy.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import { createPolicy } from '../policy/policy.ts';
import { createKeyedHash } from '../store/keyed-hash.ts';
import { openSqlite } from '../store/open-sqlite.ts';
import { createStore, type Store } from '../store/store.ts';
import { createJudgeOperatorPassword } from './judge-operator-password.ts';
import { unbounded } from '../passwords/password-hashing/hashing-queue.ts';
import { createOperators } from './operators.ts';
import { createRefreshTokens } from './refresh-tokens.ts';
import { createSessions } from './sessions.ts';

const keyed = createKeyedHash(new Uint8Array(32).fill(7));

const from = { clientAddress: '127.0.0.1', client: 'test' };
const ann = { displayName: 'Ann Example', userName: 'ann', password: 'Kf7%xwqz-boats' };
const minute = 60_000;
const judgeBy = (policy: PolicyInForce) =>
  createJudgeOperatorPassword({ policy, screenPassword: { isBreached: () => Promise.resolve(false) } });

async function desk(store: Store, now: () => number) {
  const policy = createPolicy({ store, now });
  const operators = createOperators({
    store,
    policy,
    judge: judgeBy(policy),
    hashing: { desk: unbounded, strangers: unbounded },
    lockout: createLockout({ keyed, now }),
    directoryProof: createDirectoryProof({ store, registry: noDirectories, live: createLive(), now }),
    eventWindows: createEventWindows({ store, now }),
    now,
  });
  const sessions = createSessions({ store, policy, keyed, lockout: createLockout({ keyed, now }), now });
  const operator = await operators.createFirstAdministrator(ann, from);
  return { operators, sessions, operator };
}

describe('an operator', () => {
  const clock = { at: 0 };
  const now = () => clock.at;
  let store: Store;
  beforeEach(async () => {
    clock.at = Date.parse('2026-03-01T09:00:00Z');
    store = createStore(await openSqlite(':memory:'), now);
  });
  afterEach(() => store.close());
  const actions = async () =>
    (await store.db.selectFrom('audit_events').select('action').execute()).map(({ action }) => action);

  it('is refused as a second first administrator', async () => {
    const { operators } = await desk(store, now);
    await expect(operators.createFirstAdministrator({ ...ann, userName: 'bob' }, from)).rejects.toMatchObject(
      {
        code: 'setup.already-done',
      },
    );
  });

  it('cannot start with a password that breaks the rules', async () => {
    const policy = createPolicy({ store, now });
    const operators = createOperators({
      store,
      policy,
      judge: judgeBy(policy),
      hashing: { desk: unbounded, strangers: unbounded },
      lockout: createLockout({ keyed, now }),
      directoryProof: createDirectoryProof({ store, registry: noDirectories, live: createLive(), now }),
      eventWindows: createEventWindows({ store, now }),
      now,
    });
    await expect(operators.createFirstAdministrator({ ...ann, password: 'ann' }, from)).rejects.toMatchObject(
      {
        code: 'password.policy',
      },
    );
    expect(await operators.any()).toBe(false);
  });

  it('cannot start with a stolen password where those are refused', async () => {
    const document = {
      ...defaultPolicy,
      passwords: { ...defaultPolicy.passwords, breached: { refuse: true, timeout: 1000 } },
    };
    const policy = { current: () => Promise.resolve({ version: 1, document }) };
    const screenPassword = { isBreached: (password: string) => Promise.resolve(password === ann.password) };
    const operators = createOperators({
      hashing: { desk: unbounded, strangers: unbounded },
      lockout: createLockout({ keyed, now }),
      directoryProof: createDirectoryProof({ store, registry: noDirectories, live: createLive(), now }),
      eventWindows: createEventWindows({ store, now }),
      store,
      policy,
      judge: createJudgeOperatorPassword({ policy, screenPassword }),
      now,
    });
    await expect(operators.createFirstAdministrator(ann, from)).rejects.toMatchObject({
      code: 'password.policy',
      help: { fields: [{ path: 'password', message: 'It appeared in a data breach.' }] },
    });
    expect(await operators.any()).toBe(false);
  });

  it('is told the same for a wrong password as for an unknown name', async () => {
    const { operators } = await desk(store, now);
    for (const name of ['ann', 'nobody']) {
      await expect(operators.authenticate(name, 'wrong', 'sign-in', from)).rejects.toMatchObject({
        code: 'session.credentials-wrong',
      });
    }
  });

  it('is locked from the fifth wrong password until the lock ends', async () => {
    const { operators } = await desk(store, now);
    await Promise.allSettled(
      Array.from({ length: 5 }, () => operators.authenticate('ann', 'wrong', 'sign-in', from)),
    );
    await expect(operators.authenticate('ANN', ann.password, 'sign-in', from)).rejects.toMatchObject({
      code: 'session.operator-locked',
      help: { until: '2026-03-01T09:01:00.000Z' },
    });
    expect(await actions()).toContain('operator.locked');
    clock.at += minute;
    await expect(operators.authenticate('ann', ann.password, 'sign-in', from)).resolves.toMatchObject({
      user_name: 'ann',
    });
  });

  it('waits twice as long after each further wrong password until an hour', async () => {
    const { operators, sessions } = await desk(store, now);
    const guess = () =>
      operators.authenticate('ann', 'wrong', 'sign-in', from).then(
        () => 0,
        (thrown: { help: { until?: string } }) => Date.parse(thrown.help.until ?? '') - clock.at,
      );
    for (let guesses = 0; guesses < 4; guesses += 1) expect(await guess()).toBeNaN();
    for (const minutes of [1, 2, 4, 8, 16, 32, 60, 60]) {
      expect(await guess()).toBe(minutes * minute);
      clock.at += minutes * minute;
    }
    await sessions.open(await operators.authenticate('ann', ann.password, 'sign-in', from), from);
    expect(await guess()).toBeNaN();
  });

  it('unlocks a session that was idle with the password alone', async () => {
    const { operators, operator, sessions } = await desk(store, now);
    const { accessToken, refreshToken } = await sessions.open(operator, from);
    expect((await sessions.find(accessToken)).rights.has('cases.work')).toBe(true);
    clock.at += 15 * minute;
    await expect(sessions.refresh(refreshToken, from)).rejects.toMatchObject({ code: 'session.idle-locked' });
    const prove = (password: string) => (row: { user_name: string }, sessionId: string) =>
      operators.authenticate(row.user_name, password, { sessionId }, from);
    await expect(sessions.reauthenticate(refreshToken, prove('wrong'), from)).rejects.toMatchObject({
      code: 'session.credentials-wrong',
    });
    const again = await sessions.reauthenticate(refreshToken, prove(ann.password), from);
    expect((await sessions.find(again.accessToken)).authenticatedAt).toBe(clock.at);
  });

  it('is idle although a console renews its tokens', async () => {
    const { operator, sessions } = await desk(store, now);
    const { refreshToken } = await sessions.open(operator, from);
    clock.at += 8 * minute;
    const renewed = await sessions.refresh(refreshToken, from);
    clock.at += 8 * minute;
    await expect(sessions.refresh(renewed.refreshToken, from)).rejects.toMatchObject({
      code: 'session.idle-locked',
    });
  });

  it('stays locked when the console was locked during a renewal', async () => {
    const { operator, sessions } = await desk(store, now);
    const { refreshToken } = await sessions.open(operator, from);
    const tokens = createRefreshTokens({ store, keyed, now });
    const found = await tokens.find(refreshToken, from);
    await store.db.updateTable('operator_sessions').set({ locked_at: clock.at }).execute();
    const { row } = await tokens.exchange(
      found,
      { proved: false, action: 'operator.session-refreshed' },
      from,
    );
    expect(row.locked_at).toBe(clock.at);
  });

  it('has an access token that expires after ten minutes', async () => {
    const { operator, sessions } = await desk(store, now);
    const { accessToken } = await sessions.open(operator, from);
    clock.at += 10 * minute;
    await expect(sessions.find(accessToken)).rejects.toMatchObject({ code: 'session.expired' });
  });

  it('has a session that can be refreshed for twelve hours', async () => {
    const { operator, sessions } = await desk(store, now);
    let tokens = await sessions.open(operator, from);
    for (let passed = 10; passed < 12 * 60; passed += 10) {
      clock.at += 10 * minute;
      tokens = await sessions.refresh(tokens.refreshToken, from);
      await sessions.find(tokens.accessToken);
    }
    clock.at += 10 * minute;
    await expect(sessions.refresh(tokens.refreshToken, from)).rejects.toMatchObject({
      code: 'session.expired',
    });
  });

  it('loses the session when a refresh token comes a second time', async () => {
    const { operator, sessions } = await desk(store, now);
    const first = await sessions.open(operator, from);
    const second = await sessions.refresh(first.refreshToken, from);
    // Within a minute, the answer may have been lost.
    clock.at += minute;
    await expect(sessions.refresh(first.refreshToken, from)).rejects.toMatchObject({
      code: 'session.expired',
    });
    await expect(sessions.find(second.accessToken)).rejects.toMatchObject({ code: 'session.missing' });
  });

  it('leaves no token in the database at sign-out', async () => {
    const { operator, sessions } = await desk(store, now);
    const { accessToken, refreshToken } = await sessions.open(operator, from);
    const rows = JSON.stringify(await store.db.selectFrom('operator_sessions').selectAll().execute());
    expect(rows.includes(accessToken) || rows.includes(refreshToken)).toBe(false);
    const session = await sessions.find(accessToken);
    await sessions.end(session, {
      ...from,
      actor: { kind: 'operator', id: operator.id, name: 'Ann Example' },
    });
    await expect(sessions.find(accessToken)).rejects.toMatchObject({ code: 'session.missing' });
    await expect(sessions.refresh(refreshToken, from)).rejects.toMatchObject({ code: 'session.expired' });
  });
});
