import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changesForTest, silentNotifications } from '../own-changes/changes-for-test.ts';
import { createKeyedHash } from '../../store/keyed-hash.ts';
import { openForTest } from '../../accounts/open-for-test.ts';
import { createSealed } from '../../store/sealed.ts';
import type { Store } from '../../store/store.ts';
import { createEnrolment, type Enrolment } from './enrolment.ts';
import { exposeAll } from '../../../shared/secret/secret.ts';

const origin = { actor: { kind: 'user', id: 'a1', name: 'M' }, clientAddress: null, client: null } as const;
const key = new Uint8Array(32);
const step = 30_000;
const mapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: true,
  columns: { userName: 0, displayName: 1 },
} as const;

const done = { kind: 'done' };

describe('what an account has set up', () => {
  let store: Store;
  let enrolment: Enrolment;
  let desk: Awaited<ReturnType<typeof openForTest>>;
  let account: { id: string; user_name: string };
  let at: number;
  beforeEach(async () => {
    desk = await openForTest();
    ({ store } = desk);
    await desk.importCsv('user,name\nm.okafor,Marlene Okafor\n', mapping);
    account = await store.db.selectFrom('accounts').select(['id', 'user_name']).executeTakeFirstOrThrow();
    at = Date.parse('2026-03-01T09:00:10Z');
    const now = () => at;
    const sealed = createSealed(key);
    enrolment = createEnrolment({
      store,
      sealed,
      keyed: createKeyedHash(key),
      changes: changesForTest({ store, sealed, now }),
      notifications: silentNotifications,
      now,
    });
  });
  afterEach(() => desk.close());
  const codeAt = (secret: string, time: number) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: time });
  const enrolled = async () => {
    const begun = await enrolment.authenticators.begin(account);
    const code = codeAt(begun.secret.expose(), at);
    expect(await enrolment.authenticators.confirm(account, begun.enrolmentId, code, origin)).toEqual(done);
    at += 10 * step;
    return begun.secret.expose();
  };
  const use = (code: string) =>
    store.writeUnaudited((tx) => enrolment.authenticators.use(account.id, code, tx));
  const useRecovery = (code: string) =>
    store.writeUnaudited((tx) => enrolment.recoveryCodes.use(account.id, code, tx));

  it('has no authenticator before the first right code', async () => {
    const begun = await enrolment.authenticators.begin(account);
    const { enrolmentId } = begun;
    const [secret, uri] = [begun.secret.expose(), begun.uri.expose()];
    expect(uri).toContain('otpauth://totp/');
    expect((await enrolment.view(account.id)).authenticator).toBeNull();
    expect(await enrolment.authenticators.confirm(account, enrolmentId, '000000', origin)).toBeNull();
    const rows = await store.db.selectFrom('account_authenticators').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(await use(codeAt(secret, at))).toBe(false);
  });

  it('accepts each code of the current and the two adjacent half minutes once', async () => {
    const secret = await enrolled();
    expect(await use(codeAt(secret, at - 2 * step))).toBe(false);
    expect(await use(codeAt(secret, at + 2 * step))).toBe(false);
    expect(await use(codeAt(secret, at))).toBe(true);
    expect(await use(codeAt(secret, at))).toBe(false);
    expect(await use(codeAt(secret, at - step))).toBe(false);
    expect(await use(codeAt(secret, at + step))).toBe(true);
  });

  it('does not take the code that confirmed the enrolment again', async () => {
    const { enrolmentId, secret: hidden } = await enrolment.authenticators.begin(account);
    const secret = hidden.expose();
    const code = codeAt(secret, at);
    await enrolment.authenticators.confirm(account, enrolmentId, code, origin);
    expect(await use(code)).toBe(false);
  });

  it('lets a new authenticator take the place of the old one only when it is confirmed', async () => {
    const old = await enrolled();
    const { enrolmentId, secret: hidden } = await enrolment.authenticators.begin(account);
    const secret = hidden.expose();
    expect(await use(codeAt(old, at))).toBe(true);
    at += step;
    await enrolment.authenticators.confirm(account, enrolmentId, codeAt(secret, at), origin);
    at += step;
    expect(await use(codeAt(old, at))).toBe(false);
    expect(await use(codeAt(secret, at))).toBe(true);
    expect(await enrolment.authenticators.remove(account, origin)).toEqual(done);
    expect(await enrolment.authenticators.remove(account, origin)).toBeNull();
  });

  it('has ten recovery codes that each work once in any spelling', async () => {
    const { codes } = await enrolment.recoveryCodes.create(account, origin);
    expect(new Set(exposeAll(codes)).size).toBe(10);
    const [first = '', second = ''] = exposeAll(codes).map((code) => code.replace('-', ''));
    expect(await useRecovery(first)).toBe(true);
    expect(await useRecovery(first)).toBe(false);
    expect((await enrolment.view(account.id)).recoveryCodes?.left).toBe(9);
    const rows = await store.db.selectFrom('account_recovery_codes').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(second);
    await enrolment.recoveryCodes.create(account, origin);
    expect(await useRecovery(second)).toBe(false);
  });

  it('compares all answers without case, spaces and hyphens', async () => {
    const questions = [
      { question: 'First street?', answer: 'Ahorn-Straße 5' },
      { question: 'First pet?', answer: 'Mikesch' },
    ];
    await enrolment.questions.set(account, questions, origin);
    const [street, pet] = (await enrolment.view(account.id)).questions;
    const answered = (first: string, second: string) =>
      store.writeUnaudited((tx) =>
        enrolment.questions.verifyAnswers(
          account.id,
          [
            { questionId: street?.id ?? '', answer: first },
            { questionId: pet?.id ?? '', answer: second },
          ],
          tx,
        ),
      );
    expect(await answered('ahornstrasse 5', ' MIKESCH ')).toBe(true);
    expect(await answered('ahornstrasse 5', '')).toBe(false);
    const rows = await store.db.selectFrom('account_security_questions').selectAll().execute();
    expect(JSON.stringify(rows)).not.toMatch(/Mikesch|Ahorn/iu);
  });

  it('leaves every change in the audit log without its secrets', async () => {
    const secret = await enrolled();
    const { codes } = await enrolment.recoveryCodes.create(account, origin);
    await enrolment.questions.set(account, [], origin);
    const events = await store.db
      .selectFrom('audit_events')
      .selectAll()
      .where('actor_kind', '=', 'user')
      .orderBy('seq')
      .execute();
    expect(events.map(({ action }) => action)).toEqual([
      'account.authenticator-enrolled',
      'account.recovery-codes-created',
      'account.security-questions-set',
    ]);
    for (const kept of [secret, ...exposeAll(codes)]) expect(JSON.stringify(events)).not.toContain(kept);
  });
});
