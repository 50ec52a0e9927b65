import { expect, it } from 'vitest';
import { defaultPolicy } from '../../../shared/api/policy.ts';
import { pngOf } from '../../messaging/branding/png-for-test.ts';
import type { ShownLogo } from '../../messaging/branding/logo.ts';
import { createBrand } from './brand.ts';
import { productBrand } from './layout.ts';

const policy = { current: () => Promise.resolve({ version: 1, document: defaultPolicy }) };
const page = `<header>${productBrand.text}</header>`;

it('keeps the logo while the database does not answer', async () => {
  let logo: Promise<ShownLogo | null> = Promise.resolve({
    path: '/logo.png?abc',
    width: 4,
    height: 2,
    bytes: pngOf(),
  });
  const brand = createBrand({ logo: { shown: () => logo }, policy });
  await brand.refresh();
  logo = Promise.reject(new Error('the database does not answer'));
  await brand.refresh();
  expect(brand.apply(page)).toContain('/logo.png?abc');
});
