import type { ElectronApplication, Page } from '@playwright/test';
import { browserOf } from '../backend/desk-call.ts';

/** The address on which the embedded backend listens, which may differ from its public address. */
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

/** The text that the operator would paste. */
export const pasted = (app: ElectronApplication): Promise<string> =>
  app.evaluate(({ clipboard }) => clipboard.readText());
