import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Loaded anew for each test file by vitest. */
const setupFiles = new Set(['test/postgresql/setup.ts', 'test/renderer/setup.ts']);

/** Test files of one process share the modules that they import: a hook that a module adds while it is loaded is added to the first of these files alone. */
it('no module that tests share adds hooks while it is loaded', () => {
  const modules = globSync('{backend,build,electron,renderer,shared,test}/**/*.{ts,tsx}', {
    cwd: root,
  }).filter((file) => !/\.(?:test|spec)\.tsx?$/u.test(file) && !setupFiles.has(file));
  expect(modules).toContain('electron/services/reset-api/serve-for-test.ts');
  const adding = modules.filter((file) =>
    /^(?:before|after)(?:Each|All)\(/mu.test(readFileSync(`${root}${file}`, 'utf8')),
  );
  expect(adding).toEqual([]);
});
