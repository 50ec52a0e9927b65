import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { schemes, violationsOf } from '../fixtures/axe.ts';

/** A user at the pages, who finds fields by their labels. */
export function userAt(page: Page) {
  const field = (label: string) => page.getByLabel(label, { exact: true });
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  return {
    field,
    press,
    heading: (name: string) => page.getByRole('heading', { name, exact: true, level: 1 }).waitFor(),
    signIn: async (userName: string, password: string) => {
      await page.goto('/login');
      await field('User name or email address').fill(userName);
      await field('Password').fill(password);
      await press('Sign in');
    },
    choose: async (password: string, button: 'Reset password' | 'Set password', repeated = password) => {
      await field('New password').fill(password);
      await field('Confirm new password').fill(repeated);
      await press(button);
    },
  };
}

/** No violation in light and dark, and nothing wider than a small phone. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    // Colours are compared after transitions have ended.
    await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
    expect(await violationsOf(page, { scheme: colorScheme }), `${page.url()} in ${colorScheme}`).toEqual([]);
  }
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide, `${page.url()} at 320 px`).toBeLessThanOrEqual(320);
  if (size) await page.setViewportSize(size);
}
