import { chromium } from 'playwright-core';
import { describe, expect } from 'vitest';
import { apiTest } from '../fixtures/api.ts';
import { browserAt } from './browser.ts';
import { userAt } from './browse.ts';

describe(
  'a browser at a plain-HTTP address of another computer, which sends no Sec-Fetch-Site',
  { timeout: 60_000 },
  () => {
    const it = apiTest.extend('page', async ({ backend }, { onCleanup }) => {
      const chrome = await chromium.launch({
        executablePath: browserAt(),
        args: ['--no-sandbox', '--host-resolver-rules=MAP desk.example.com 127.0.0.1'],
      });
      onCleanup(() => chrome.close());
      const baseURL = backend.address().replace('127.0.0.1', 'desk.example.com');
      return (await chrome.newContext({ baseURL })).newPage();
    });

    it('states the Origin of the page, with which its forms are accepted', async ({ page }) => {
      const sent: Record<string, string>[] = [];
      page.on('request', (request) => {
        if (request.method() === 'POST') void request.allHeaders().then((headers) => sent.push(headers));
      });
      await userAt(page).signIn('m.okafor', 'wrong');
      expect(await page.locator('[role=alert]').innerText()).toContain('The user name or password is wrong');
      await expect.poll(() => sent.length).toBe(1);
      expect(sent[0]?.['sec-fetch-site']).toBeUndefined();
      expect(sent[0]?.['origin']).toBe(new URL(page.url()).origin);
    });
  },
);
