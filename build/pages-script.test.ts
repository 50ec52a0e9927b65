import { expect, it } from 'vitest';
import { bundlePagesScript, pagesScriptInForce } from './pages-script.ts';

it('serves the script of the pages as its sources are now (otherwise: node build/pages-script.ts)', async () => {
  const made = await bundlePagesScript();
  expect(pagesScriptInForce()).toBe(made);
  expect(Buffer.byteLength(made)).toBeLessThan(12_000);
});
