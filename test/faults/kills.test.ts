import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../../backend/app/commands/run-command.ts';
import {
  createTestDatabase,
  testServerVariable,
  type TestDatabase,
} from '../../backend/store/database-for-test.ts';
import type { CaseView } from '../../shared/api/case.ts';
import type { ImportView } from '../../shared/api/import-view.ts';
import type { SessionTokens } from '../../shared/api/session.ts';
import { browserOf, codeFor, deskOf, linkFor } from '../backend/desk-call.ts';
import { analyseCsv, importCsv } from '../backend/import-csv.ts';
import { databaseVariables, spawnBackend } from '../backend/spawn-backend.ts';
import { administrator } from '../backend/start-test-backend.ts';
import { startMailSink, type MailSink } from '../fixtures/mail-sink.ts';
import { committed, statement, uncommitted, type Step } from './moments.ts';
import { readRows } from './read-rows.ts';
import { runBackend } from './run-backend.ts';

/** Starts processes, possibly on a machine that is busy with other tests. */
const timeout = 120_000;
const onPostgresql = process.env[testServerVariable] !== undefined;
type Backend = Awaited<ReturnType<typeof spawnBackend>>;

describe('a backend that is killed', { timeout }, () => {
  let sink: MailSink;
  let folder: string;
  let database: TestDatabase | null;
  let backend: Backend;
  let tokens: SessionTokens;
  const ask: Backend['ask'] = (...call) => backend.ask(...call);
  const desk = () => deskOf(ask as never, tokens.accessToken);

  const rows = (query: string) => readRows(database, join(folder, 'reset-desk.db'), query);
  const spawn = (options: Parameters<typeof spawnBackend>[3]) =>
    spawnBackend(folder, sink.url, database, options);
  const command = async (...args: readonly string[]) => {
    const lines: string[] = [];
    const print = { out: (line: string) => lines.push(line), err: (line: string) => lines.push(line) };
    return { code: await runCommand(args, databaseVariables(database), print), text: lines.join('\n') };
  };

  /** Checks what must hold after every kill: the backend starts, changes are possible, the log is complete and the database intact. */
  const startAgain = async ({ ahead = 0 } = {}): Promise<void> => {
    backend = await spawn({ moment: [], ahead });
    const ready = await ask('GET', '/readyz');
    expect(ready.status).toBe(200);
    expect(await command('audit', 'verify', '--data', folder)).toMatchObject({
      code: 0,
      text: expect.stringMatching(/^Unbroken/) as string,
    });
    if (database === null) expect(await rows('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  };
  /** Runs work during which the backend is killed, starts it again and checks what must hold after every kill. */
  const killedAt = async <T>(
    moment: readonly Step[],
    work: () => Promise<T>,
    clock?: { readonly ahead: number },
  ): Promise<T | null> => {
    const { killed } = await backend.killAt(moment);
    const answer = await work().catch(() => null);
    try {
      await killed;
    } catch (thrown) {
      // The work did not reach the moment. The next tests get a backend without one.
      await backend.kill('SIGKILL');
      await startAgain();
      throw thrown;
    }
    await startAgain(clock);
    return answer;
  };

  const verifiedCase = async (userName: string): Promise<CaseView> => {
    const opened = await desk().openCase(emailOf(userName));
    const { body } = await desk().startCode(opened.id);
    const code = await codeFor(sink, emailOf(userName));
    return (await desk().readBack(body.case, code)).body.case;
  };
  let link = '';
  const redeem = (password: string) =>
    browserOf(ask as never).go('POST', '/reset', {
      token: link.replace('/reset/', ''),
      password,
      repeated: password,
    });
  const emailOf = (userName: string): string => `${userName}@example.com`;
  const caseNow = async (id: string) => (await desk().call<CaseView>('GET', `/cases/${id}`)).body;
  const events = async (action: string, caseId: string) =>
    (await rows(`select seq from audit_events where action = '${action}' and case_id = '${caseId}'`)).length;
  const resetEvents = async (caseId: string) => [
    await events('reset.intended', caseId),
    await events('reset.done', caseId),
  ];

  beforeAll(async () => {
    sink = await startMailSink();
    folder = mkdtempSync(join(tmpdir(), 'reset-desk-'));
    // An empty database, because the first migration is one of the moments.
    database = await createTestDatabase('template1');
  }, timeout);
  afterAll(async () => {
    await backend.kill('SIGTERM');
    await sink.stop();
    await database?.drop();
    rmSync(folder, { recursive: true, maxRetries: 10 });
  }, timeout);

  it('during its first migration starts with an empty desk', async () => {
    const moment = [statement('create table "cases"', { once: 'done' })];
    await expect(spawn({ moment })).rejects.toThrow('ended');
    expect(existsSync(join(folder, 'reset-desk.db'))).toBe(database === null);
  });

  it('between its key and the database that the key is for starts with that key', async () => {
    const moment = [statement('insert into "settings"')];
    await expect(spawn({ moment })).rejects.toThrow('ended');
    expect(existsSync(join(folder, 'secret.key'))).toBe(true);
    backend = await spawn({ moment: [] });
    await vi.waitUntil(() => backend.setupCode() !== '', { timeout });
    const answer = await ask('POST', '/api/v1/setup', { ...administrator, setupCode: backend.setupCode() });
    tokens = (await answer.json()) as SessionTokens;
    await desk().call('POST', '/imports/samples', {});
    expect((await desk().call('GET', '/accounts?q=okafor')).body).toMatchObject({
      hits: [expect.anything()],
    });
  });

  const people = (count: number) =>
    Array.from({ length: count }, (_each, at) => `p${at},Person ${at},p${at}@example.com`).join('\r\n');
  const fields = ['userName', 'displayName', 'email'] as const;

  it('while it reads an account file has imported nothing', async () => {
    await killedAt(uncommitted('import_rows'), () =>
      analyseCsv(desk(), { csv: people(20), fields, source: 'staff' }),
    );
    expect(await rows("select id from accounts where user_name = 'p1'")).toEqual([]);
    const [{ id } = { id: '' }] = await rows("select id from imports where file_name = 'people.csv'");
    const { body } = await desk().call<ImportView>('GET', `/imports/${String(id)}`);
    expect(body).toMatchObject({ state: 'failed', failure: { code: 'import.interrupted' } });
  });

  it('while it applies an account file can complete it with the same file', async () => {
    const { id } = await analyseCsv(desk(), { csv: people(2500), fields, source: 'staff' });
    await killedAt(uncommitted('insert into "?accounts"?', { count: 2 }), () =>
      desk().call('POST', `/imports/${id}/confirm`, {}),
    );
    const { body } = await desk().call<ImportView>('GET', `/imports/${id}`);
    expect(body).toMatchObject({ state: 'failed', failure: { code: 'import.stopped' } });
    const [before] = await rows("select count(*) as n from accounts where display_name like 'Person %'");
    expect(Number(before?.['n'])).toBe(body.applied);
    expect(body.applied).toBeGreaterThan(0);
    expect(body.applied).toBeLessThan(2500);
    await importCsv(desk(), { csv: people(2500), fields, source: 'staff' });
    const [after] = await rows("select count(*) as n from accounts where display_name like 'Person %'");
    expect(Number(after?.['n'])).toBe(2500);
  });

  it('before it commits a reset has not spent its grant', async () => {
    const { id } = await verifiedCase('p1');
    const grant = await desk().mint(id, 'temporary-password');
    const press = () => desk().reset(id, grant.body.id, 'temporary-password', 'the-press-1');
    await killedAt(uncommitted('update "grants"'), press);
    expect(await resetEvents(id)).toEqual([0, 0]);
    const again = await press();
    expect(again.body.temporaryPassword).toEqual(expect.any(String));
    expect(await resetEvents(id)).toEqual([1, 1]);
  });

  it('after it has committed a reset says that it is done with its password lost', async () => {
    const { id } = await verifiedCase('p2');
    const grant = await desk().mint(id, 'temporary-password');
    const press = () => desk().reset(id, grant.body.id, 'temporary-password', 'the-press-2');
    expect(await killedAt(committed('insert into "resets"'), press)).toBeNull();
    expect((await press()).body.code).toBe('reset.secret-gone');
    expect((await caseNow(id)).resets).toMatchObject([{ state: 'done', secretLost: true }]);
    const another = await desk().mint(id, 'temporary-password');
    const again = await desk().reset(id, another.body.id, 'temporary-password', 'the-press-3');
    expect(again.body.temporaryPassword).toEqual(expect.any(String));
    expect(await events('reset.done', id)).toBe(2);
  });

  it('between the intent of a link and its mail sends it after the start', async () => {
    const { id } = await verifiedCase('p3');
    const grant = await desk().mint(id, 'reset-link');
    await killedAt(committed('insert into "resets"'), () =>
      desk().reset(id, grant.body.id, 'reset-link', 'the-press-4'),
    );
    link = await linkFor(sink, emailOf('p3'));
    await expect
      .poll(async () => (await caseNow(id)).resets.map(({ state }) => state), { timeout: 20_000 })
      .toEqual(['done']);
    expect((await browserOf(ask as never).go('GET', link)).status).toBe(200);
    expect(await events('reset.done', id)).toBe(1);
  });

  it('before it commits the use of a link leaves the link valid', async () => {
    await killedAt(uncommitted('update "account_credentials"'), () => redeem('Bright+Meadow41'));
    expect((await browserOf(ask as never).go('GET', link)).status).toBe(200);
  });

  it('after it has committed the use of a link has set the password once', async () => {
    await killedAt(committed('update "account_credentials"'), () => redeem('Bright+Meadow41'));
    expect((await browserOf(ask as never).go('GET', link)).status).toBe(410);
    expect((await browserOf(ask as never).signIn('p3', 'Bright+Meadow41')).status).toBe(303);
  });

  it('between a mail that the server took and its record sends it at most once more, as the same mail', async () => {
    // The claims of killed backends have ended after two minutes: that on mails of the former tests, and that on this one.
    await backend.kill('SIGKILL');
    await startAgain({ ahead: 120_000 });
    const opened = await desk().openCase(emailOf('p4'));
    // The backend is killed at the delivery of this mail, not of one that is still queued.
    const queued = () => rows('select mail_id from mail_queue');
    await vi.waitUntil(async () => (await queued()).length === 0, { timeout: 30_000 });
    const later = { ahead: 240_000 };
    await killedAt([statement('delete from "mail_queue"')], () => desk().startCode(opened.id), later);
    const { messageId } = await sink.mailTo(emailOf('p4'));
    const settled = () =>
      rows(`select state from mails where to_address = '${emailOf('p4')}' and state = 'accepted'`);
    await vi.waitUntil(async () => (await settled()).length === 1, { timeout });
    const others = sink.unread().filter((reader) => reader === emailOf('p4'));
    for (const reader of others) expect((await sink.mailTo(reader)).messageId).toBe(messageId);
    expect(others.length).toBeLessThanOrEqual(1);
  });

  it('after it has renewed a session renews it again with the token that the console still has', async () => {
    const { refreshToken } = tokens;
    const renew = () => ask('POST', '/api/v1/session/refresh', { refreshToken });
    expect(await killedAt(committed('insert into "operator_refresh_tokens"'), renew)).toBeNull();
    const renewed = await renew();
    expect(renewed.status).toBe(200);
    tokens = (await renewed.json()) as SessionTokens;
    expect((await desk().call('GET', '/session')).status).toBe(200);
  });

  // The head is a file with either database.
  it.skipIf(onPostgresql)(
    'while it replaces the kept head of the log has the former or the new one',
    async () => {
      const head = join(folder, 'audit-head.json');
      await killedAt([{ does: 'rename', matches: 'audit-head' }], () => desk().openCase(emailOf('p5')));
      const [last] = await rows('select max(seq) as signed from audit_checkpoints');
      const kept = () =>
        existsSync(head) ? (JSON.parse(readFileSync(head, 'utf8')) as { seq: number }).seq : 0;
      await expect.poll(kept, { timeout: 20_000 }).toBeGreaterThanOrEqual(Number(last?.['signed']));
    },
  );

  // PostgreSQL is copied with its own tools.
  it.skipIf(onPostgresql)('during a backup leaves a copy that restore refuses', async () => {
    const copy = `${folder}-copy`;
    const restored = `${folder}-restored`;
    const restoring = () => command('restore', copy, '--data', restored);
    const backup = ['backup', copy, '--with-key', '--data', folder];
    const vacuumed = [statement('vacuum into', { once: 'done' })];
    expect((await runBackend(folder, backup, {}, vacuumed)).code).toBeNull();
    // The key is not there yet.
    expect([(await restoring()).code, existsSync(join(restored, 'reset-desk.db'))]).toEqual([2, false]);
    rmSync(copy, { recursive: true });
    expect(await command(...backup)).toMatchObject({ code: 0 });
    const restore = ['restore', copy, '--data', restored];
    const recorded = [statement('insert into "audit_events"')];
    expect((await runBackend(folder, restore, {}, recorded)).code).toBeNull();
    // The command reports that the folder is not empty; the operator moves it away.
    expect((await restoring()).text).toContain('is not empty');
    rmSync(restored, { recursive: true });
    expect(await restoring()).toMatchObject({ code: 0 });
    for (const used of [copy, restored]) rmSync(used, { recursive: true });
  });

  it('can go on replacing its key, when the command was killed in the middle', async () => {
    await backend.kill('SIGTERM');
    rmSync(join(folder, 'secret.key'));
    const run = (args?: readonly string[], moment?: readonly Step[]) =>
      runBackend(folder, args, {}, moment, database);
    const replace = ['key', 'replace', '--data', folder];
    expect((await run(replace, [statement('update "operators"')])).code).toBeNull();
    const refused = await run();
    expect([refused.code, refused.err]).toEqual([78, expect.stringContaining('key replace')]);
    expect(await command(...replace)).toMatchObject({ code: 0 });
    await startAgain();
  });
});
