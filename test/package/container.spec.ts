import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  globSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { layOutServer } from '../../build/packages/server/server.ts';
import { hostTarget } from '../../build/packages/identity.ts';
import { administrator } from '../screens/entrance.ts';
import { lines, missingPrograms, output } from './packages.ts';

/** The container of the backend: built by buildah, run without privileges and on a read-only file system. */
test.describe.configure({ mode: 'serial', timeout: 180_000 });
const missing = missingPrograms('buildah', 'bwrap');
test.skip(process.platform !== 'linux' || process.getuid?.() !== 0, 'Root on Linux is needed for mounts.');
test.skip(missing !== '', missing);

const base = 'localhost/reset-desk-test-base';
const image = 'localhost/reset-desk-backend';
/** The user in the image. */
const user = 10_001;
let folder = '';
let root = '';
let refusal = '';

const buildah = (...args: readonly string[]) =>
  execFileSync(
    'buildah',
    [
      `--root=${join(folder, 'storage')}`,
      `--runroot=${join(folder, 'run')}`,
      '--storage-driver=vfs',
      ...args,
    ],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, BUILDAH_ISOLATION: 'chroot' },
    },
  ).trim();

/** The image's configuration of its containers. */
const imageConfiguration = () =>
  (
    JSON.parse(buildah('inspect', '--type=image', image)) as {
      Docker: {
        config: {
          Env: string[];
          Entrypoint: string[];
          User: string;
          Healthcheck: { Test: string[] };
          Volumes: object;
          StopSignal: string;
        };
      };
    }
  ).Docker.config;

/** A Linux with only Node and its libraries: no shell and no registry, which a closed network does not have. */
function layOutBase(to: string): void {
  const node = process.execPath;
  const compiled = globSync(join(folder, 'server/application/node_modules/**/*.node'));
  const libraries = [node, ...compiled].flatMap((file) =>
    lines('ldd', [file]).flatMap((line) => /(\/\S+) \(0x/.exec(line)?.slice(1, 2) ?? []),
  );
  for (const library of new Set(libraries)) {
    mkdirSync(join(to, dirname(library)), { recursive: true });
    copyFileSync(library, join(to, library));
  }
  mkdirSync(join(to, 'usr/bin'), { recursive: true });
  copyFileSync(node, join(to, 'usr/bin/node'));
  for (const name of ['tmp', 'proc', 'dev', 'etc']) mkdirSync(join(to, name), { recursive: true });
  writeFileSync(join(to, 'etc/passwd'), 'root:x:0:0::/:/\n');
}

/**
 * Arguments for running a command of the image as its user: on the image's files read-only, without privileges, with write access only to the data
 * folder. Bubblewrap replaces OCI runtimes, which need more kernel features. The network is this computer's, so that the test reaches the port on
 * loopback.
 */
function contained(data: string, command: readonly string[]): readonly string[] {
  const { Env, User } = imageConfiguration();
  const [uid = '', gid = ''] = User.split(':');
  const variables = [...Env, 'RESET_DESK_PORT=0', 'RESET_DESK_PUBLIC_URL=https://desk.example.com'].flatMap(
    (variable) => {
      const [name = '', ...value] = variable.split('=');
      return ['--setenv', name, value.join('=')];
    },
  );
  return [
    ...`setpriv --reuid=${uid} --regid=${gid} --clear-groups bwrap --die-with-parent --clearenv`.split(' '),
    ...`--unshare-user --uid ${uid} --gid ${gid} --unshare-pid --unshare-ipc --unshare-uts --cap-drop ALL`.split(
      ' ',
    ),
    ...`--ro-bind ${root} / --proc /proc --dev /dev --tmpfs /tmp --bind ${data} /var/lib/reset-desk`.split(
      ' ',
    ),
    ...variables,
    '--chdir',
    '/',
    '--',
    ...command,
  ];
}

const spawnContained = (data: string, command: readonly string[]) => {
  const [program = '', ...args] = contained(data, command);
  return spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
};

/** Runs a command of the image to its end. */
async function runContained(
  data: string,
  command: readonly string[],
): Promise<{ code: number | null; out: string }> {
  const child = spawnContained(data, command);
  let out = '';
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out };
}

/** Starts the image's own command; resolves when it listens. */
async function startContainer(data: string) {
  const child = spawnContained(data, imageConfiguration().Entrypoint);
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  const ended = once(child, 'exit');
  const port = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (chunk) => {
      err += String(chunk);
      const [, found] = /"event":"listening".*"port":(\d+)/.exec(err) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error(`The container ended: ${out}${err}`)));
  });
  // Node is the first process of the container, and the only child of the one that made it.
  const first = () => Number(output('pgrep', ['--parent', String(child.pid)]).split('\n')[0]);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    said: () => out,
    end: async (signal: 'SIGTERM' | 'SIGKILL') => {
      const made = first();
      const inner = Number(output('sh', ['-c', `pgrep --parent ${made} || echo ${made}`]).split('\n')[0]);
      process.kill(inner, signal);
      return (await ended) as [number | null, NodeJS.Signals | null];
    },
  };
}

test.beforeAll(() => {
  if (missing !== '') return;
  folder = mkdtempSync('/var/tmp/reset-desk-container-');
  chmodSync(folder, 0o755);
  layOutServer(join(folder, 'server'), hostTarget());
  const files = join(folder, 'base');
  layOutBase(files);
  try {
    const container = buildah('from', 'scratch');
    buildah('copy', '--quiet', container, files, '/');
    buildah('commit', '--quiet', container, base);
    buildah(
      'build',
      '--quiet',
      '--format=docker',
      `--build-arg=BASE=${base}`,
      `--tag=${image}`,
      join(folder, 'server'),
    );
    root = buildah('mount', buildah('from', image));
    // Only root can read Buildah's storage, but the image's user has to reach its files.
    for (let path = root; path !== folder; path = dirname(path)) chmodSync(path, 0o755);
  } catch (thrown) {
    const { stderr = '' } = thrown as { stderr?: string };
    if (!/operation not permitted|permission denied/i.test(stderr)) throw thrown;
    refusal = `The kernel refuses a container: ${stderr.trim().split('\n').at(-1)}`;
  }
});

test.beforeEach(() => {
  test.skip(refusal !== '', refusal);
});

test.afterAll(() => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

test('the image runs as a user without rights and checks its health @packaged', () => {
  const config = imageConfiguration();
  expect(config.User).toBe(`${user}:${user}`);
  expect(config.StopSignal).toBe('SIGTERM');
  expect(config.Healthcheck.Test).toEqual(['CMD', 'node', '/opt/reset-desk/healthcheck.mjs']);
  expect(Object.keys(config.Volumes)).toEqual(['/var/lib/reset-desk']);
  expect(statSync(join(root, 'opt/reset-desk/out/backend/main.js')).uid).toBe(0);
});

test('a container that is killed comes back with its data, on files that it cannot write to @packaged', async () => {
  const data = join(folder, 'data');
  mkdirSync(data);
  chownSync(data, user, user);
  const first = await startContainer(data);
  expect(await (await fetch(`${first.url}/readyz`)).json()).toMatchObject({ status: 'ready' });
  const write =
    "try { require('fs').writeFileSync('/opt/reset-desk/x', '') } catch ({ code }) { console.log(process.getuid(), code) }";
  expect((await runContained(data, ['node', '-e', write])).out.trim()).toBe(`${user} EROFS`);
  const health = (port: string) =>
    runContained(data, [
      'node',
      '-e',
      `process.env.RESET_DESK_PORT = '${port}'; import('/opt/reset-desk/healthcheck.mjs')`,
    ]);
  expect(await health(first.port)).toMatchObject({ code: 0 });
  expect(await health('1')).toMatchObject({ code: 1 });
  await expect.poll(() => first.said()).toMatch(/setup code: \S+\n/);
  const [, setupCode = ''] = /setup code: (\S+)\n/.exec(first.said()) ?? [];
  const ask = async (url: string, path: string, body: object) =>
    (
      await fetch(`${url}/api/v1${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).status;
  expect(await ask(first.url, '/setup', { ...administrator, setupCode })).toBe(200);
  expect(await first.end('SIGKILL')).toEqual([137, null]);
  const second = await startContainer(data);
  const { userName, password } = administrator;
  expect(await ask(second.url, '/session', { userName, password })).toBe(200);
  expect(await second.end('SIGTERM')).toEqual([0, null]);
});
