import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';
import { openAccountsDesk } from './accounts-desk.ts';

const root = new URL('../..', import.meta.url).pathname;
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

const emptyMain = `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 820 }).loadURL('data:text/html,<title>empty</title><p>empty'));
`;

/** Kilobytes of memory of a process and its descendants, with shared pages counted proportionally (PSS). */
async function memoryOf(pid: number): Promise<number> {
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

interface Measured {
  /** From the start of the process to the frame with the expected content. */
  readonly seconds: number;
  /** To the answer of the embedded backend; the same as `seconds` without an embedded backend. */
  readonly answering: number;
  readonly mebibytes: number;
}

async function launch(
  path: string,
  userData: string,
): Promise<{ app: ElectronApplication; window: Page; started: number }> {
  const started = performance.now();
  const app = await _electron.launch({
    args: [...sandbox, path],
    cwd: path,
    colorScheme: null,
    env: { ...(process.env as Record<string, string>), RESET_DESK_USER_DATA: userData },
  });
  return { app, window: await app.firstWindow(), started };
}

async function measure(
  path: string,
  userData: string,
  shown: string,
  answers: (window: Page) => Promise<void> = async () => undefined,
): Promise<Measured> {
  const { app, window, started } = await launch(path, userData);
  // Checks each frame: Playwright's own waiting polls at longer and longer intervals.
  await window.waitForFunction(
    (text) =>
      [...document.querySelectorAll('button, p')].some(({ textContent }) => textContent.trim() === text),
    shown,
    { polling: 'raf' },
  );
  const seconds = (performance.now() - started) / 1000;
  await answers(window);
  const answering = (performance.now() - started) / 1000;
  const mebibytes = (await memoryOf(app.process().pid ?? 0)) / 1024;
  await app.close();
  return { seconds, answering, mebibytes };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Milliseconds from a key in the search box to the painted results, key by key. */
async function keyToPaint(window: Page, words: readonly string[]): Promise<number[]> {
  return window.evaluate(async (typed) => {
    const box = document.querySelector<HTMLInputElement>('input[role=combobox]');
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    const took: number[] = [];
    const list = () => document.querySelector('[role=listbox]')?.textContent ?? '';
    for (const word of typed) {
      for (let length = 1; length <= word.length; length += 1) {
        const before = list();
        const pressed = performance.now();
        set?.call(box, word.slice(0, length));
        box?.dispatchEvent(new Event('input', { bubbles: true }));
        const painted = await new Promise<number>((resolve) => {
          const frame = () => {
            const now = performance.now();
            // A key that does not change the list paints nothing, so it is left out.
            if (now - pressed > 500) resolve(Number.NaN);
            else if (list() === before) requestAnimationFrame(frame);
            else {
              // This frame shows the change; the message arrives after it was drawn.
              const { port1, port2 } = new MessageChannel();
              port1.addEventListener('message', () => resolve(performance.now() - pressed), { once: true });
              port1.start();
              port2.postMessage(null);
            }
          };
          requestAnimationFrame(frame);
        });
        if (!Number.isNaN(painted)) took.push(painted);
      }
    }
    return took;
  }, words);
}

/** Start and memory against an empty window on the same Electron, and the time from key to paint. */
export async function run({ quick }: { quick: boolean }) {
  const work = await mkdtemp(join(tmpdir(), 'reset-desk-bench-'));
  const times = quick ? 3 : 7;
  try {
    await writeFile(join(work, 'package.json'), JSON.stringify({ name: 'empty', main: 'main.cjs' }));
    await writeFile(join(work, 'main.cjs'), emptyMain);
    const userData = join(work, 'data');
    const first = await launch(root, userData);
    await new Entrance(first.window).setUpThisComputer();
    await new Desk(first.window).importSamples();
    await first.app.close();
    const accounts = quick ? 100_000 : 1_000_000;
    const filled = await openAccountsDesk(undefined, join(userData, 'backend'));
    await filled.fill(accounts);
    await filled.close();
    const second = await launch(root, userData);
    await new Entrance(second.window).signIn();
    await new Desk(second.window).search.waitFor();
    const keys = await keyToPaint(second.window, ['marlene okafor', 'smith', 'anna m', 'e103', 'peter']);
    await second.app.close();

    const empty: Measured[] = [];
    const own: Measured[] = [];
    for (let time = 0; time < times; time += 1) {
      empty.push(await measure(work, join(work, 'none'), 'empty'));
      own.push(
        await measure(root, userData, 'Sign in', async (window) => {
          await window.evaluate(() =>
            (
              globalThis as unknown as { resetDesk: { app: { started: () => Promise<unknown> } } }
            ).resetDesk.app.started(),
          );
        }),
      );
    }
    const of = (list: readonly Measured[], what: keyof Measured) => median(list.map((one) => one[what]));
    const sorted = keys.toSorted((a, b) => a - b);
    const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
    const start = of(own, 'seconds') / of(empty, 'seconds');
    const memory = of(own, 'mebibytes') / of(empty, 'mebibytes');
    return {
      rows: [
        {
          what: `start to the sign-in, beside the embedded backend with ${accounts} accounts (empty window ${of(empty, 'seconds').toFixed(2)} s)`,
          measured: `${of(own, 'seconds').toFixed(2)} s`,
          target: '≤ 1.3 × empty',
          ratio: start.toFixed(2),
        },
        {
          what: `start to the answer of the embedded backend`,
          measured: `${of(own, 'answering').toFixed(2)} s`,
          target: '≤ 1.3 × empty',
          ratio: (of(own, 'answering') / of(empty, 'seconds')).toFixed(2),
        },
        {
          what: `memory, PSS of all processes (empty window ${of(empty, 'mebibytes').toFixed(0)} MiB)`,
          measured: `${of(own, 'mebibytes').toFixed(0)} MiB`,
          target: '≤ 1.5 × empty',
          ratio: memory.toFixed(2),
        },
        {
          what: `key to paint, ${accounts} accounts, p50/p95 of ${sorted.length} keys`,
          measured: `${median(sorted).toFixed(0)}/${p95.toFixed(0)} ms`,
          target: 'p95 ≤ 50 ms',
          ratio: (p95 / 50).toFixed(2),
        },
      ],
    };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
