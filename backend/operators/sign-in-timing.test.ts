import { createEventWindows } from '../store/event-windows.ts';
import { noDirectories } from '../directories/configured/directory-registry.ts';
import { createLive } from '../live/live.ts';
import { createDirectoryProof } from './directory/directory-proof.ts';
import { createLockout } from './lockout.ts';
import { createKeyedHash } from '../store/keyed-hash.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unbounded, type PasswordHashing } from '../passwords/password-hashing/hashing-queue.ts';
import { createPolicy } from '../policy/policy.ts';
import { openSqlite } from '../store/open-sqlite.ts';
import { createStore, type Store } from '../store/store.ts';
import { createJudgeOperatorPassword } from './judge-operator-password.ts';
import { createOperators, type Operators } from './operators.ts';

const keyed = createKeyedHash(new Uint8Array(32).fill(7));

const from = { clientAddress: '127.0.0.1', client: 'test' };
const ann = { displayName: 'Ann Example', userName: 'ann', password: 'Kf7%xwqz-boats' };

/** Counts comparisons, because they determine the time: everything else of a sign-in takes less than a thousandth of one. */
describe("the comparisons that an operator's sign-in costs", () => {
  const now = () => Date.parse('2026-03-01T09:00:00Z');
  let store: Store;
  let operators: Operators;
  let compared = 0;
  const hashing: PasswordHashing = {
    ...unbounded,
    verify: (stored, password) => {
      compared += 1;
      return unbounded.verify(stored, password);
    },
  };
  beforeEach(async () => {
    store = createStore(await openSqlite(':memory:'), now);
    const policy = createPolicy({ store, now });
    const judge = createJudgeOperatorPassword({
      policy,
      screenPassword: { isBreached: () => Promise.resolve(false) },
    });
    operators = createOperators({
      store,
      policy,
      judge,
      hashing: { desk: hashing, strangers: hashing },
      lockout: createLockout({ keyed, now }),
      directoryProof: createDirectoryProof({ store, registry: noDirectories, live: createLive(), now }),
      eventWindows: createEventWindows({ store, now }),
      now,
    });
    await operators.createFirstAdministrator(ann, from);
  });
  afterEach(() => store.close());

  const cost = async (userName: string, password: string) => {
    compared = 0;
    const code = await operators.authenticate(userName, password, 'sign-in', from).then(
      () => 'ok',
      (thrown: unknown) => (thrown as { code: string }).code,
    );
    return [code, compared];
  };
  const set = (values: { state?: string; password_hash?: string }) =>
    store.writeUnaudited((tx) => tx.updateTable('operators').set(values).execute());

  it('are one, with or without an operator, a password or a right to sign in', async () => {
    expect(await cost('ann', ann.password)).toEqual(['ok', 1]);
    expect(await cost('ann', 'wrong')).toEqual(['session.credentials-wrong', 1]);
    expect(await cost('nobody', 'wrong')).toEqual(['session.credentials-wrong', 1]);
    await set({ state: 'disabled' });
    expect(await cost('ann', 'wrong')).toEqual(['session.credentials-wrong', 1]);
    await set({ state: 'removed' });
    expect(await cost('ann', ann.password)).toEqual(['session.credentials-wrong', 1]);
    await set({ state: 'invited', password_hash: '' });
    expect(await cost('ann', '')).toEqual(['session.credentials-wrong', 1]);
  });
});
