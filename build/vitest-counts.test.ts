import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesToRunAgain } from './unit-tests.ts';
import type { VitestCount } from './vitest-counts.ts';

const files = {
  'lock.test.js': `
    import { expect, it } from 'vitest';
    let tries = 0;
    it('opens', () => {});
    it('closes', () => expect('open').toBe('closed'));
    it('rusts', () => expect(++tries).toBe(2));`,
  'hook.test.js': `
    import { afterAll, describe, it } from 'vitest';
    describe('a door', () => {
      it('opens', () => {});
      afterAll(() => { throw new Error('the hinge broke'); });
    });`,
  'stray.test.js': `
    import { it } from 'vitest';
    it('opens', async () => {
      void Promise.reject(new Error('nothing handles this'));
      await new Promise((resolve) => setImmediate(resolve));
    });`,
  'unloaded.test.js': `throw new Error('no such lock');`,
};

const pathTo = (path: string) => fileURLToPath(new URL(path, import.meta.url));
// Inside the project, where vitest is found.
const folder = mkdtempSync(pathTo('../node_modules/.vitest-counts-'));
let count: VitestCount;

describe('the count of a run of vitest', () => {
  beforeAll(async () => {
    const reporter = [pathTo('./vitest-counts.ts'), { file: `${folder}/counts.json` }];
    const configuration = JSON.stringify({ test: { retry: 1, exclude: [], reporters: [reporter] } });
    writeFileSync(`${folder}/vitest.config.mjs`, `export default ${configuration};`);
    for (const [name, text] of Object.entries(files)) writeFileSync(`${folder}/${name}`, text);
    const { VITEST: _, ...environment } = process.env;
    const vitest = [pathTo('../node_modules/vitest/vitest.mjs'), 'run', '--root', folder];
    // Ends with 1, since tests fail; its outcome is in the file.
    await promisify(execFile)(process.execPath, vitest, { env: environment }).catch(() => undefined);
    count = JSON.parse(readFileSync(`${folder}/counts.json`, 'utf8')) as VitestCount;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('names each failed test with the beginning of its message', () => {
    expect(count.failures).toContainEqual(
      expect.stringMatching(/^lock\.test\.js: closes\n {2}AssertionError: expected 'open' to be 'closed'/),
    );
  });

  it('names faults around the tests: a hook, a file that could not be loaded, an error without a handler', () => {
    for (const fault of [
      /^hook\.test\.js, around its tests\n {2}Error: the hinge broke/,
      /^unloaded\.test\.js, around its tests\n {2}Error: no such lock/,
      /^outside of the tests, during .*stray\.test\.js\n {2}Error: nothing handles this/,
    ])
      expect(count.failures).toContainEqual(expect.stringMatching(fault));
    expect(count).toMatchObject({ passed: 4, failed: 4 });
    expect(count.aroundTests.map(({ file }) => file?.replace(`${folder}/`, ''))).toEqual([
      'hook.test.js',
      'unloaded.test.js',
      'stray.test.js',
    ]);
  });

  it('names a test that passed at its second try, with the message of its first', () => {
    expect(count.flaky).toEqual([
      'lock.test.js: rusts\n  AssertionError: expected 1 to be 2 // Object.is equality',
    ]);
  });
});

describe('files are run again', () => {
  const hook = { what: 'hook.test.ts, around its tests', file: 'hook.test.ts' };
  const stray = { what: 'outside of the tests', file: null };
  const countOf = (aroundTests: VitestCount['aroundTests'], failedTests: readonly string[] = []) => ({
    passed: 1,
    failed: aroundTests.length + failedTests.length,
    failures: [...failedTests, ...aroundTests.map(({ what }) => what)],
    aroundTests,
  });

  it('once each, if only faults around their tests made the run fail', () => {
    expect(filesToRunAgain(countOf([hook, hook]))).toEqual(['hook.test.ts']);
  });

  it('not if a test has failed, or if a fault has no file', () => {
    expect(filesToRunAgain(countOf([hook], ['lock.test.ts: closes']))).toEqual([]);
    expect(filesToRunAgain(countOf([hook, stray]))).toEqual([]);
  });
});
