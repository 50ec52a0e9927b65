import type { ElectronApplication, Page } from '@playwright/test';
import { browserOf } from '../backend/desk-call.ts';

/** Where the embedded backend itself listens, whatever its public address is. */
export async function addressOf(window: Page): Promise<string> {
  return window.evaluate(async () => {
    const { resetDesk } = window as unknown as {
      resetDesk: { app: { start: () => Promise<{ value: { server: { address: string } } }> } };
    };
    return (await resetDesk.app.start()).value.server.address;
  });
}

/** The caller's own browser, at the pages of that backend. */
export async function callerAt(window: Page) {
  const url = await addressOf(window);
  return browserOf((method, path, body, headers) =>
    fetch(`${url}${path}`, {
      method,
      headers: headers ?? {},
      redirect: 'manual',
      ...(typeof body === 'string' && { body }),
    }),
  );
}

/** What the operator would paste. */
export const pasted = (app: ElectronApplication): Promise<string> =>
  app.evaluate(({ clipboard }) => clipboard.readText());
