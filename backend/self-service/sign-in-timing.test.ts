import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../shared/secret/secret.ts';
import { openForTest, operator } from '../accounts/open-for-test.ts';
import type { Origin } from '../store/append-event.ts';
import { createBuiltInDirectory } from '../directories/built-in/built-in-directory.ts';
import { hashPassword } from '../passwords/password-hashing/argon2.ts';
import { unbounded, type PasswordHashing } from '../passwords/password-hashing/hashing-queue.ts';
import { createUserSignIn, type UserSignIn } from './sign-in.ts';

const page: Origin = { actor: { kind: 'system' }, clientAddress: '127.0.0.1', client: null };
const [own, temporary] = ['Quiet+Harbour7', 'Right-pass-word-1'];

/** Counts comparisons, because they determine the time: everything else of a sign-in takes less than a thousandth of one. */
describe('the comparisons that a sign-in costs', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  let signIn: UserSignIn;
  let id: string;
  let compared = 0;
  const hashing: PasswordHashing = {
    ...unbounded,
    verify: (stored, password) => {
      compared += 1;
      return unbounded.verify(stored, password);
    },
  };
  const put = async (password: string, keepOld: boolean | 'own') => {
    const hash = await hashPassword(password);
    const directory = createBuiltInDirectory(desk);
    await desk.store.change(operator, async (tx, record) => {
      await record({ action: 'reset.done', accountId: id });
      if (keepOld === 'own') return directory.setOwnPassword(id, hash, tx, { history: 24 });
      const validUntil = desk.clock.at + 3_600_000;
      await directory.setTemporaryPassword(
        { accountId: id, hash, password: new Secret(password), validUntil, resetId: 'reset-1', keepOld },
        tx,
      );
    });
  };
  const cost = async (userName: string, password: string) => {
    compared = 0;
    const { kind } = await signIn.signIn(userName, password, page);
    return [kind, compared];
  };
  beforeEach(async () => {
    desk = await openForTest();
    await desk.imports.samples(operator);
    id = (await desk.find('m.okafor'))[0]?.id ?? '';
    signIn = createUserSignIn({ ...desk, directory: createBuiltInDirectory(desk), hashing });
    await put(own, 'own');
  });
  afterEach(() => desk.close());

  it('are three for what may be a copied temporary password, with or without an account or one', async () => {
    for (const wrong of ['wrong ', ' wrong', 'wrong–wrong', '“wrong”']) {
      expect(await cost('nobody.at.all', wrong)).toEqual(['wrong', 3]);
      expect(await cost('m.okafor', wrong)).toEqual(['wrong', 3]);
    }
    await put(temporary, true);
    expect(await cost('m.okafor', 'wrong ')).toEqual(['wrong', 3]);
    expect(await cost('a.lindqvist', 'wrong ')).toEqual(['wrong', 3]);
    expect(await cost('m.okafor', `${temporary} `)).toEqual(['must-change', 3]);
  });

  it('find no own password with a blank behind it', async () => {
    expect(await cost('m.okafor', `${own} `)).toEqual(['wrong', 3]);
    await put(temporary, true);
    expect(await cost('m.okafor', `${own} `)).toEqual(['wrong', 3]);
  });

  it('are two for a wrong password, with or without an account', async () => {
    expect(await cost('nobody.at.all', 'wrong')).toEqual(['wrong', 2]);
    expect(await cost('m.okafor', 'wrong')).toEqual(['wrong', 2]);
    await put(temporary, true);
    expect(await cost('m.okafor', 'wrong')).toEqual(['wrong', 2]);
    // An account that has no password at all.
    expect(await cost('a.lindqvist', 'wrong')).toEqual(['wrong', 2]);
  });

  it('is one for a right password or two where an old one still counts', async () => {
    expect(await cost('m.okafor', own)).toEqual(['ok', 1]);
    await put(temporary, true);
    expect(await cost('m.okafor', own)).toEqual(['ok', 2]);
    expect(await cost('m.okafor', temporary)).toEqual(['must-change', 1]);
  });

  it('are two for a locked account, whether the password is right or not', async () => {
    for (let failure = 0; failure < 5; failure += 1) await signIn.signIn('m.okafor', 'wrong', page);
    expect(await cost('m.okafor', own)).toEqual(['locked', 2]);
    expect(await cost('m.okafor', 'wrong')).toEqual(['locked', 2]);
  });
});
