import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';
import { openAccountsDesk } from './accounts-desk.ts';
import { memoryOf, packApps, startApp } from './packaged-apps.ts';

interface Measured {
  /** Seconds from the start of the process until the page painted the largest part of its content. */
  readonly painted: number;
  /** To the answer of the embedded backend; the empty window has none. */
  readonly answered: number;
  /** To the embedded backend's first answer over HTTP, when all of its code is loaded. */
  readonly served: number;
  /** Of all processes, after that. */
  readonly mebibytes: number;
}

/** When the page painted the largest part of its content that contains the text, in milliseconds since 1970. */
const paintedAt = (window: Page, text: string) =>
  window.evaluate(
    (expected) =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const last = list.getEntries().at(-1);
          if (last !== undefined && document.body.textContent.includes(expected))
            resolve(performance.timeOrigin + last.startTime);
        }).observe({ type: 'largest-contentful-paint', buffered: true });
      }),
    text,
  );

interface Started {
  readonly value: { readonly server: { readonly address: string } };
}

/** Asks the console's main process a question that only the embedded backend can answer, and then the backend itself. Both times in milliseconds since 1970. */
async function answeredAt(window: Page) {
  const { at, address } = await window.evaluate(async () => {
    const { resetDesk } = globalThis as unknown as {
      resetDesk: { app: { started: () => Promise<Started> } };
    };
    const { value } = await resetDesk.app.started();
    return { at: performance.timeOrigin + performance.now(), address: value.server.address };
  });
  await (await fetch(`${address}/healthz`)).text();
  return { answered: at, served: performance.timeOrigin + performance.now() };
}

async function measure(
  executable: string,
  userData: string,
  shown: string,
  asks: boolean,
): Promise<Measured> {
  const app = await startApp(executable, userData);
  const painted = await paintedAt(app.window, shown);
  const { answered, served } = asks ? await answeredAt(app.window) : { answered: painted, served: painted };
  const mebibytes = (await memoryOf(app.pid)) / 1024;
  await app.close();
  const seconds = (at: number) => (at - app.startedAt) / 1000;
  return { painted: seconds(painted), answered: seconds(answered), served: seconds(served), mebibytes };
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

/** What an operator types in a shift: names in both orders and in other letters, mistyped ones, numbers and user names. */
const typed = [
  'marlene okafor',
  'smith',
  'anna m',
  'e103',
  'peter',
  'mueller juergen',
  'garcia jose',
  'tanakka',
  'm.1a',
  'patel priya',
];

/** Upper bounds: of the console's start and memory as multiples of an empty window's, and of a key in milliseconds at the 95th percentile. */
const targets = { form: 1.3, answer: 1.8, memory: 1.4, keyMs: 33 } as const;

/** Sets up the console's embedded backend with accounts, and measures keys in its search. */
async function keysAmong(accounts: number, executable: string, userData: string): Promise<number[]> {
  const first = await startApp(executable, userData);
  await new Entrance(first.window).setUpThisComputer();
  await new Desk(first.window).search.waitFor();
  await first.close();
  const filled = await openAccountsDesk(undefined, join(userData, 'backend'));
  await filled.fill(accounts);
  await filled.close();
  const second = await startApp(executable, userData);
  await new Entrance(second.window).signIn();
  await new Desk(second.window).search.waitFor();
  const keys = await keyToPaint(second.window, typed);
  await second.close();
  return keys;
}

/** Start and memory of the packaged console against an empty window on the same Electron, alternately, and the time from key to paint. */
export async function run({ quick }: { quick: boolean }) {
  // Not the folder for temporary files: where it is in memory, the applications would count as memory.
  const work = await mkdtemp('/var/tmp/reset-desk-bench-');
  const times = quick ? 3 : 7;
  try {
    const apps = await packApps(work);
    const userData = join(work, 'data');
    const accounts = quick ? 100_000 : 1_000_000;
    const keys = await keysAmong(accounts, apps.console, userData);
    const empty: Measured[] = [];
    const own: Measured[] = [];
    for (let time = 0; time < times; time += 1) {
      empty.push(await measure(apps.empty, join(work, 'empty-data'), 'empty', false));
      own.push(await measure(apps.console, userData, 'Sign in', true));
    }
    const of = (list: readonly Measured[], what: keyof Measured) => median(list.map((one) => one[what]));
    const sorted = keys.toSorted((a, b) => a - b);
    const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
    const [emptySeconds, emptyMebibytes] = [of(empty, 'painted'), of(empty, 'mebibytes')];
    const against = (what: string, measured: string, ratio: number, target: number) => ({
      what,
      measured,
      target: `≤ ${target} × empty`,
      ratio: ratio.toFixed(2),
    });
    return {
      rows: [
        against(
          `packaged: start to the sign-in, beside the embedded backend with ${accounts} accounts (empty window ${emptySeconds.toFixed(2)} s)`,
          `${of(own, 'painted').toFixed(2)} s`,
          of(own, 'painted') / emptySeconds,
          targets.form,
        ),
        against(
          'packaged: start to the answer of the embedded backend',
          `${of(own, 'answered').toFixed(2)} s`,
          of(own, 'answered') / emptySeconds,
          targets.answer,
        ),
        {
          what: 'packaged: start to the first answer of the embedded backend over HTTP',
          measured: `${of(own, 'served').toFixed(2)} s`,
          target: 'none: sign-ins wait for it',
          ratio: (of(own, 'served') / emptySeconds).toFixed(2),
        },
        against(
          `packaged: memory, PSS of all processes (empty window ${emptyMebibytes.toFixed(0)} MiB)`,
          `${of(own, 'mebibytes').toFixed(0)} MiB`,
          of(own, 'mebibytes') / emptyMebibytes,
          targets.memory,
        ),
        {
          what: `packaged: key to paint, ${accounts} accounts, p50/p95 of ${sorted.length} keys`,
          measured: `${median(sorted).toFixed(0)}/${p95.toFixed(0)} ms`,
          target: `p95 ≤ ${targets.keyMs} ms`,
          ratio: (p95 / targets.keyMs).toFixed(2),
        },
      ],
    };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
