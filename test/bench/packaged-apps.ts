import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPackage } from '@electron/asar';
import type { Page } from '@playwright/test';
import { executableOf } from '../../build/packages/application.ts';
import { hostTarget } from '../../build/packages/identity.ts';
import { linkApplication } from '../../build/packages/linux/tree.ts';
import { attach, debuggingSwitch } from '../package/console-by-debugger.ts';

const emptyMain = `const { app, BrowserWindow } = require('electron');
app.setPath('userData', process.env.RESET_DESK_USER_DATA);
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 820 }).loadURL('data:text/html,<title>empty</title><p>empty'));
`;

/** The executables of two packaged applications. */
interface PackagedApps {
  /** The product as it is installed. */
  readonly console: string;
  /** The same Electron with the same fuses, which opens one window with a line of text. */
  readonly empty: string;
}

/** Packs the console and an empty application into a folder. */
export async function packApps(work: string): Promise<PackagedApps> {
  const script = fileURLToPath(new URL('../../build/package.ts', import.meta.url));
  const packed = join(work, 'package');
  // The table of results has standard output for itself.
  execFileSync(process.execPath, [script, `--folder=${packed}`], { stdio: ['ignore', 2, 'inherit'] });
  const executable = executableOf(hostTarget());
  const folders = await readdir(packed, { withFileTypes: true });
  const folder = folders.find((entry) => entry.isDirectory());
  if (folder === undefined) throw new Error(`No application in ${packed}.`);
  const console = join(packed, folder.name);
  const empty = join(work, 'empty');
  await linkApplication(console, empty);
  await rm(join(empty, 'resources'), { recursive: true });
  await mkdir(join(empty, 'resources'));
  const source = join(work, 'empty-source');
  await mkdir(source);
  await writeFile(join(source, 'package.json'), JSON.stringify({ name: 'empty', main: 'main.cjs' }));
  await writeFile(join(source, 'main.cjs'), emptyMain);
  await createPackage(source, join(empty, 'resources', 'app.asar'));
  return { console: join(console, executable), empty: join(empty, executable) };
}

/** A started application, attached to. */
interface StartedApp {
  readonly pid: number;
  readonly window: Page;
  /** When its process was started, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Quits it, and throws if it does not end in good order. */
  readonly close: () => Promise<void>;
}

// Chromium's sandbox refuses to start as root, as in most containers.
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** Starts a packaged application on a folder of user data. */
export async function startApp(executable: string, userData: string): Promise<StartedApp> {
  const startedAt = performance.timeOrigin + performance.now();
  const app = spawn(executable, [...sandbox, debuggingSwitch], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, RESET_DESK_USER_DATA: userData },
  });
  const ended = once(app, 'exit');
  const { browser, window } = await attach(app);
  return {
    pid: app.pid ?? 0,
    window,
    startedAt,
    close: async () => {
      await browser.close();
      app.kill('SIGTERM');
      const [code] = (await ended) as [number | null];
      if (code !== 0) throw new Error(`${executable} ended with ${code}.`);
    },
  };
}

/** Kibibytes of memory of a process and its descendants, with shared pages counted proportionally (PSS). */
export async function memoryOf(pid: number): Promise<number> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const [, parent] = /\) \S (\d+)/.exec(stat) ?? [];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const below = (one: number): boolean => one === pid || (parents.has(one) && below(parents.get(one) ?? 0));
  let sum = 0;
  for (const one of [...parents.keys()].filter(below)) {
    const rollup = await readFile(`/proc/${one}/smaps_rollup`, 'utf8').catch(() => '');
    sum += Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
  }
  return sum;
}
