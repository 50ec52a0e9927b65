import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../../backend/app/commands/run-command.ts';
import type { CaseView } from '../../shared/api/case.ts';
import type { DirectoryView } from '../../shared/api/directories.ts';
import type { SessionTokens } from '../../shared/api/session.ts';
import { Secret } from '../../shared/secret/secret.ts';
import { codeFor, deskOf } from '../backend/desk-call.ts';
import { spawnBackend } from '../backend/spawn-backend.ts';
import { administrator } from '../backend/start-test-backend.ts';
import { committed, uncommitted } from '../faults/moments.ts';
import { startFaultyProxy, type FaultyProxy } from '../fixtures/faulty-proxy.ts';
import { startMailSink, type MailSink } from '../fixtures/mail-sink.ts';
import { servicePassword, startPassword, type DirectoryLab } from './lab.ts';

/** Starts of processes, on a machine that is busy with other tests. */
const timeout = 120_000;
type Backend = Awaited<ReturnType<typeof spawnBackend>>;

interface Kill {
  readonly when: string;
  /** Makes ready that the backend is killed by the reset that follows. Answers what resolves once it was. */
  readonly arm: (backend: Backend, line: FaultyProxy, mark: string) => Promise<() => Promise<unknown>>;
  /** What the case says of the reset after the start. */
  readonly state: 'failed' | 'done' | 'unknown';
  /** Whether the directory has the new password, and demands to change it. */
  readonly isSet: boolean;
  readonly mustChange: boolean;
  /** What the same key press answers after the start. */
  readonly again: string;
}

const whileAnswering = 'while the directory answers';
const kills: readonly Kill[] = [
  {
    when: 'between its intent and the call',
    arm: async (backend) => {
      const { killed } = await backend.killAt(committed('insert into "resets"'));
      return () => killed;
    },
    state: 'failed',
    isSet: false,
    mustChange: false,
    again: 'directory.unavailable',
  },
  {
    when: whileAnswering,
    arm: async (backend, line, mark) => {
      const answered = line.keepAnswer(mark);
      return async () => {
        await answered;
        await backend.kill('SIGKILL');
      };
    },
    state: 'done',
    isSet: true,
    mustChange: true,
    again: 'reset.secret-gone',
  },
  {
    when: 'before it commits the outcome',
    arm: async (backend) => {
      const { killed } = await backend.killAt(uncommitted('insert into "directory_tasks"'));
      return () => killed;
    },
    state: 'done',
    isSet: true,
    mustChange: true,
    again: 'reset.secret-gone',
  },
  {
    when: 'before it answers the operator',
    arm: async (backend) => {
      const { killed } = await backend.killAt(committed('insert into "directory_tasks"'));
      return () => killed;
    },
    state: 'done',
    isSet: true,
    mustChange: true,
    again: 'reset.secret-gone',
  },
];

interface Circumstances {
  /** Milliseconds by which the backend's clock is ahead of the directory's; 0 by default. */
  readonly ahead?: number;
  /** The demand to change the password is a write of its own, after that of the password. */
  readonly isDemandApart?: boolean;
}

/** The kill in a directory that has the password, but not yet the demand to change it, when the first answer is lost. */
const beforeTheDemand = (kill: Kill): Kill =>
  kill.when === whileAnswering
    ? { ...kill, state: 'unknown', mustChange: false, again: 'reset.outcome-unknown' }
    : kill;

/** What becomes of a reset in a real directory when the backend is killed at each of its steps, as by a power cut. The caller stops the lab. */
export function describeKills(
  start: () => Promise<DirectoryLab>,
  { ahead = 0, isDemandApart = false }: Circumstances = {},
): void {
  const tried = kills.map((kill) => (isDemandApart ? beforeTheDemand(kill) : kill));
  const clock = ahead === 0 ? '' : `, ${ahead / 60_000} minutes ahead of its directory,`;
  describe(`a backend${clock} that is killed during a reset`, { timeout }, () => {
    let lab: DirectoryLab;
    let sink: MailSink;
    let folder: string;
    let backend: Backend;
    let tokens: SessionTokens;
    let line: { readonly proxy: FaultyProxy; stop(): Promise<void> };
    const ask: Backend['ask'] = (...call) => backend.ask(...call);
    const desk = () => deskOf(ask as never, tokens.accessToken);
    const spawn = async () => {
      backend = await spawnBackend(folder, sink.url, null, { ahead, moment: [] });
    };
    const people = tried.map((_kill, at) => `killed.number${at}`);
    const emailOf = (userName: string) => `${userName}@example.com`;
    const caseNow = async (id: string) => (await desk().call<CaseView>('GET', `/cases/${id}`)).body;
    const actionsOf = async (accountId: string) =>
      (
        await desk().call<{ entries: { action: string }[] }>('GET', `/accounts/${accountId}/timeline`)
      ).body.entries.map(({ action }) => action);

    beforeAll(async () => {
      lab = await start();
      sink = await startMailSink();
      folder = mkdtempSync(join(tmpdir(), 'reset-desk-'));
      let proxy: FaultyProxy | undefined;
      const bridge = await lab.through(async (target) => (proxy = await startFaultyProxy(target)));
      line = { proxy: proxy as unknown as FaultyProxy, stop: () => bridge.stop() };
      for (const userName of people)
        await lab.add({ userName, displayName: `Killed ${userName}`, email: emailOf(userName) });
      await spawn();
      await vi.waitUntil(() => backend.setupCode() !== '', { timeout });
      const answer = await backend.ask('POST', '/api/v1/setup', {
        ...administrator,
        setupCode: backend.setupCode(),
      });
      tokens = (await answer.json()) as SessionTokens;
      await desk().call('POST', '/directories', {
        name: 'Head office',
        settings: lab.settingsAt(bridge.address),
        secret: servicePassword,
      });
      const stateOf = async () =>
        (await desk().call<{ directories: DirectoryView[] }>('GET', '/directories')).body.directories[0]
          ?.reading.state;
      await vi.waitUntil(async () => (await stateOf()) === 'read', { timeout: 40_000 });
    }, 400_000);
    afterAll(async () => {
      await backend.kill('SIGTERM');
      const said: string[] = [];
      const print = { out: (text: string) => said.push(text), err: (text: string) => said.push(text) };
      await runCommand(['audit', 'verify', '--data', folder], {}, print);
      expect(said.join('\n')).toMatch(/^Unbroken/);
      await line.stop();
      await sink.stop();
      rmSync(folder, { recursive: true, maxRetries: 10 });
    }, timeout);

    it.for(tried.map((kill, at) => ({ ...kill, userName: people[at] ?? '' })))(
      '$when says what is known, does nothing again, and resets on the same evidence',
      async ({ arm, state, isSet, mustChange, again, userName }) => {
        const opened = await desk().openCase(userName);
        const started = await desk().startCode(opened.id);
        await desk().readBack(started.body.case, await codeFor(sink, emailOf(userName)));
        const grant = await desk().mint(opened.id, 'temporary-password');
        const press = () =>
          desk().reset(opened.id, grant.body.id, 'temporary-password', `the-press-of-${userName}`);
        const directory = lab.connect();
        const key = await lab.keyOf(userName);
        const setAt = async () => (await directory.read(key))?.passwordSetAt;
        const before = await setAt();

        const killed = await arm(backend, line.proxy, lab.writeMark);
        const lost = press().catch(() => null);
        await killed();
        expect(await lost).toBeNull();
        await spawn();

        await expect
          .poll(async () => (await caseNow(opened.id)).resets.map((reset) => reset.state), {
            timeout: 60_000,
          })
          .toEqual([state]);
        expect((await directory.read(key))?.mustChange).toBe(mustChange);
        const afterKill = await setAt();
        expect((await press()).body.code).toBe(again);
        // The directory was not called a second time.
        expect(await setAt()).toBe(afterKill);
        // Times of OpenLDAP have whole seconds, so only what was not written can be told by them.
        expect(isSet ? before : afterKill).toBe(before);
        const password = new Secret(startPassword);
        expect(await directory.verifyPassword(key, password)).toBe(isSet ? 'wrong' : 'right');
        const actions = await actionsOf(opened.account.id);
        expect(actions.filter((action) => action === 'reset.intended')).toHaveLength(1);
        expect(actions).toContain(state === 'unknown' ? 'reset.settled-after-crash' : `reset.${state}`);

        const resetAgain = async (idempotencyKey: string) => {
          const another = await desk().mint(opened.id, 'temporary-password');
          return desk().reset(opened.id, another.body.id, 'temporary-password', idempotencyKey);
        };
        let done = await resetAgain(`next-${userName}`);
        // A directory on a busy machine may answer too late. Then the operator resets again, as after the kill.
        for (let tries = 1; done.body.code === 'reset.outcome-unknown' && tries < 4; tries += 1)
          done = await resetAgain(`next-${tries}-${userName}`);
        expect(done).toMatchObject({ status: 200, body: { reset: { state: 'done' } } });
        const given = new Secret(done.body.temporaryPassword ?? '');
        expect(await directory.verifyPassword(key, given)).toBe('must-change');
        await directory.close();
      },
    );
  });
}
