import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { startDeskWithSamples } from '../backend/desk-with-samples.ts';
import { startMailSink } from '../fixtures/mail-sink.ts';
import { browserAt } from './browser.ts';
import { userAt } from './browse.ts';

export type DeskWithPages = Awaited<ReturnType<ReturnType<typeof deskWithPages>>>;
export type AtThePages = Awaited<ReturnType<DeskWithPages['browse']>>;

/**
 * One browser for the tests of a `describe`. The returned function starts a desk for one of them, with the sample accounts, an administrator at work
 * and a mailbox for every user, and stops it when that test has finished.
 */
export function deskWithPages() {
  let chrome: Browser;
  beforeAll(async () => {
    chrome = await chromium.launch({ executablePath: browserAt(), args: ['--no-sandbox'] });
  });
  afterAll(() => chrome.close());

  return async () => {
    const sink = await startMailSink();
    const { backend, desk } = await startDeskWithSamples(sink.url);
    const contexts: BrowserContext[] = [];
    onTestFinished(async () => {
      for (const context of contexts) await context.close();
      await backend.stop();
      await sink.stop();
    });
    return {
      sink,
      backend,
      desk,
      /** A new user at the pages, without cookies. */
      browse: async (javaScriptEnabled = true) => {
        const context = await chrome.newContext({ baseURL: backend.address(), javaScriptEnabled });
        contexts.push(context);
        const page = await context.newPage();
        return { page, user: userAt(page) };
      },
    };
  };
}
