import { expect, it } from 'vitest';
import { sentPage } from './forgot-pages.ts';

it('tells a user whose password opens that mailbox as well what to do instead', () => {
  const page = sentPage('pat.pages', 3600);
  expect(page).toContain('Do you need this password to open that mailbox?');
  expect(page).toContain('recovery address');
});
