import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { chromium, type Browser, type Page } from '@playwright/test';

/** The switch with which Chromium opens the port that `attach` waits for; the product has no other way in. */
export const debuggingSwitch = '--remote-debugging-port=0';

/** Attaches to a console that was started with the switch, and returns its window. Throws with its last lines if it ends. */
export async function attach(console: ChildProcess): Promise<{ browser: Browser; window: Page }> {
  if (console.stderr === null) throw new Error('The console was started without a pipe for its errors.');
  const address = await debuggingAddress(console.stderr);
  await pageLoading(address);
  return attachTo(address);
}

/** Waits until the window loads its page. On a busy computer, Playwright's connection can hang if the window is created meanwhile. */
async function pageLoading(address: string): Promise<void> {
  const socket = new WebSocket(address);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => {
        socket.send(
          JSON.stringify({ id: 1, method: 'Target.setDiscoverTargets', params: { discover: true } }),
        );
      });
      socket.addEventListener('message', ({ data }) => {
        const { params } = JSON.parse(String(data)) as {
          readonly params?: { readonly targetInfo?: { readonly type: string; readonly url: string } };
        };
        const target = params?.targetInfo;
        if (target?.type === 'page' && !['', 'about:blank'].includes(target.url)) resolve();
      });
      socket.addEventListener('close', () => reject(new Error('The console ended before it had a window.')));
    });
  } finally {
    socket.close();
  }
}

/** Attaches to a console at the address that Chromium printed, or wrote to a file. */
export async function attachTo(address: string): Promise<{ browser: Browser; window: Page }> {
  const browser = await chromium.connectOverCDP(address);
  const [context] = browser.contexts();
  const window = context?.pages()[0] ?? (await context?.waitForEvent('page'));
  if (window === undefined) throw new Error('The console has no window.');
  return { browser, window };
}

/** The address that Chromium prints. If Chromium ends without one, its lines contain the error. */
async function debuggingAddress(stderr: NodeJS.ReadableStream): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: stderr })) {
    const [, address] = /^DevTools listening on (ws:\S+)$/.exec(line) ?? [];
    if (address !== undefined) {
      stderr.resume();
      return address;
    }
    lines.push(line);
  }
  throw new Error(`The console ended: ${lines.slice(-3).join(' / ')}`);
}
