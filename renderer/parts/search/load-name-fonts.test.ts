import { expect, it, vi } from 'vitest';
import { loadNameFonts } from './load-name-fonts.ts';

const fontNamed = (family: string, load: () => Promise<void>) => ({ family, load });

it('loads the fonts of names from the last to the first, whether or not one is missing', async () => {
  const order: string[] = [];
  const fonts = [
    fontNamed('"Inter Variable"', async () => void order.push('first')),
    fontNamed('JetBrains Mono', async () => void order.push('other')),
    fontNamed('"Inter Variable"', () => (order.push('last'), Promise.reject(new Error('missing')))),
  ];
  // The test's document has no fonts.
  Object.assign(document.fonts, { [Symbol.iterator]: () => fonts.values() });
  loadNameFonts();
  await vi.waitFor(() => expect(order).toEqual(['last', 'first']));
});
