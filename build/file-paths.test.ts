import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

it('no path of a file is the path of a URL, which is another one on Windows and in a folder with a space', () => {
  const files = globSync('{backend,build,electron,shared,test}/**/*.{ts,mjs}', { cwd: root });
  expect(files.length).toBeGreaterThan(1000);
  const wrong = files.filter((file) =>
    /\bnew URL\([^;]*?\b(?:import\.meta\.url|root)\)\s*\.pathname/.test(
      readFileSync(`${root}${file}`, 'utf8'),
    ),
  );
  expect(wrong).toEqual([]);
});
