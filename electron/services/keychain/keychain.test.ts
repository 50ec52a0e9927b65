import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../shared/secret/secret.ts';
import { createKeychain, type Keytar } from './keychain.ts';

const run = promisify(execFile);
const installed = ['dbus-run-session', 'gnome-keyring-daemon'].every((program) =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program))),
);
// CI has these programs installed. If one is missing there, the tests must fail rather than be skipped.
const mayRun = installed || process.env['CI'] !== undefined;

describe.runIf(process.platform === 'linux' && mayRun)('the keychain on a real Secret Service', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'reset-desk-keyring-'));
    await mkdir(join(home, 'run'), { mode: 0o700 });
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  const trial = (...wrapper: string[]) => trialWith([], ...wrapper);
  const trialWith = (commands: readonly string[], ...wrapper: string[]) =>
    runTrial('keychain-trial.ts', commands, wrapper);
  async function runTrial(
    name: string,
    commands: readonly string[],
    wrapper: readonly string[],
  ): Promise<unknown> {
    const script = join(import.meta.dirname, name);
    const [program, ...args] = [...wrapper, process.execPath, script, ...commands];
    const { DBUS_SESSION_BUS_ADDRESS: _bus, DISPLAY: _display, ...rest } = process.env;
    const env = { ...rest, HOME: home, XDG_RUNTIME_DIR: join(home, 'run') };
    const { stdout } = await run(program ?? '', args, { env });
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? 'null');
  }
  const session = (first: string) => ['dbus-run-session', '--', 'bash', '-c', `${first}; exec "$@"`, '_'];
  const unlock =
    'printf "test-login-password" | gnome-keyring-daemon --unlock --components=secrets >/dev/null';

  it('stores, reads and removes a token', async () => {
    expect(await trial(...session(unlock))).toEqual({
      state: 'ready',
      before: null,
      stored: 'stored',
      after: true,
      removed: true,
      tokenInLog: false,
    });
  });

  const lock = [
    'dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets',
    'org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/collection/login >/dev/null',
  ].join(' ');
  it.each([
    ['locked', lock, 'ConsoleFailure: keychain.locked'],
    [
      'replaced by another',
      unlock.replace('--unlock', '--replace --unlock'),
      'ConsoleFailure: keychain.failed',
    ],
  ])(
    'refuses the next token, and ends nothing, once the keyring was %s in mid-shift',
    async (_what, change, refusal) => {
      expect(await trialWith([change], ...session(unlock))).toMatchObject({
        state: 'ready',
        stored: 'stored',
        storedLater: refusal,
        readLater: null,
        tokenInLog: false,
      });
    },
  );

  it('keeps no thread of Node but one from other work while the keyring hangs, and goes on afterwards', async () => {
    expect(await runTrial('hanging-keyring-trial.ts', [], session(unlock))).toEqual({
      whileHanging: { refusals: ['ConsoleFailure: keychain.locked', null], answered: 0 },
      later: 'stored',
      ann: null,
    });
  });

  it('reports missing without a session bus', async () => {
    expect(await trial()).toMatchObject({
      state: 'missing',
      stored: 'ConsoleFailure: keychain.missing',
      after: false,
      tokenInLog: false,
    });
  });

  it('reports missing if the Secret Service has no collection', async () => {
    expect(await trial(...session(':'))).toMatchObject({
      state: 'missing',
      stored: 'ConsoleFailure: keychain.missing',
      after: false,
    });
  });

  it('reports locked if the keyring is locked', async () => {
    await trial(...session(unlock));
    const lockedAgain = 'gnome-keyring-daemon --start --components=secrets >/dev/null';
    expect(await trial(...session(lockedAgain))).toMatchObject({
      state: 'locked',
      stored: 'ConsoleFailure: keychain.locked',
      after: false,
    });
  });
});

describe('the keychain', () => {
  const quiet = { info: () => undefined, warn: () => undefined, unexpected: () => 'none' };
  const working: Keytar = {
    getPassword: async () => null,
    setPassword: async () => undefined,
    deletePassword: async () => true,
  };
  const keychainOn = (
    keytar: Partial<Keytar>,
    load = async (): Promise<Keytar> => ({ ...working, ...keytar }),
  ) => createKeychain({ load, service: 'test', newProbe: randomUUID, log: quiet, timeoutMs: 20 });

  it.each([
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'missing'],
    ['Unknown or unsupported transport “disabled” for address “disabled:”', 'missing'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'missing'],
    ['Cannot create an item in a locked collection', 'locked'],
    ['The user name or passphrase you entered is not correct.', 'failed'],
  ])('maps the message "%s" to %s', async (message, state) => {
    const keychain = keychainOn({ setPassword: () => Promise.reject(new Error(message)) });
    expect(await keychain.state()).toBe(state);
    await expect(keychain.store('a', new Secret('b'))).rejects.toThrow(`keychain.${state}`);
  });

  it('reports missing if the native library does not load', async () => {
    const keychain = keychainOn({}, () => Promise.reject(new Error('Failed to load keytar native addon')));
    expect(await keychain.state()).toBe('missing');
    expect(await keychain.read('a')).toBeNull();
  });

  it('reports locked if the user does not answer the password prompt', async () => {
    const keychain = keychainOn({ setPassword: () => new Promise(() => undefined) });
    expect(await keychain.state()).toBe('locked');
  });

  it('is not settled while a question has no answer, and is afterwards', async () => {
    let answer: (found: null) => void = () => undefined;
    const asked = new Promise<null>((resolve) => {
      answer = resolve;
    });
    const keychain = keychainOn({ getPassword: () => asked });
    expect(await keychain.settle(20)).toBe(true);
    const read = keychain.read('a');
    expect(await keychain.settle(1)).toBe(false);
    expect(await read).toBeNull();
    expect(await keychain.settle(1)).toBe(false);
    answer(null);
    expect(await keychain.settle(10_000)).toBe(true);
  });

  it.each([
    '',
    'hunter2',
    'another program’s secret',
    'x'.repeat(1001),
    '{"token":"aaaaaaaaaaaaaaaaaaaaaaaa"}',
    7,
  ])('takes no entry of another program for a token: %j', async (found) => {
    const keychain = keychainOn({ getPassword: () => Promise.resolve(found as string) });
    expect(await keychain.read('a')).toBeNull();
  });

  it('reports failed if a stored token cannot be read back', async () => {
    expect(await keychainOn({}).state()).toBe('failed');
  });
});
