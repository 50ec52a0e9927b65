import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkLayers } from './check-layers.ts';
import type { Part } from './layers.ts';

const parts: readonly Part[] = [
  {
    name: 'backend',
    imports: ['shared'],
    base: ['refusal.ts'],
    rows: [
      [{ name: 'casework', holds: '' }],
      [
        { name: 'audit', holds: '' },
        { name: 'live', holds: '' },
      ],
      [{ name: 'store', holds: '' }],
    ],
  },
  { name: 'renderer', imports: ['shared'], base: [], rows: [[{ name: 'screens', holds: '' }]] },
  { name: 'shared', imports: [], base: [], rows: [[{ name: 'api', holds: '' }]] },
];

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'layers-'));
  for (const [file, text] of [
    ['backend/main.ts', `export * from './casework/cases.ts';`],
    ['backend/refusal.ts', 'export const refusal = 1;'],
    [
      'backend/casework/cases.ts',
      `export * from '../store/store.ts'; export * from '../../shared/api/case.ts';`,
    ],
    ['backend/audit/log.ts', 'export const log = 1;'],
    ['backend/live/live.ts', 'export const live = 1;'],
    ['backend/store/store.ts', `export * from '../refusal.ts';`],
    ['renderer/screens/case.tsx', `export * from '../../shared/api/case.ts';`],
    ['shared/api/case.ts', 'export interface CaseView { readonly id: string }'],
  ] as const)
    write(file, text);
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

const violations = async () => (await checkLayers(root, parts)).violations;

test('accepts imports of lower wings, of base files and of allowed parts', async () => {
  expect(await violations()).toEqual([]);
});

test.each([
  {
    wrong: 'a value from a higher wing',
    file: 'backend/store/settings.ts',
    text: `export * from '../casework/cases.ts';`,
    rule: 'wing backend/store',
  },
  {
    wrong: 'a type from a higher wing',
    file: 'backend/store/settings.ts',
    text: `import type { log } from '../audit/log.ts'; export type Log = typeof log;`,
    rule: 'wing backend/store',
  },
  {
    wrong: 'a module from a higher wing that is loaded late',
    file: 'backend/store/settings.ts',
    text: `export const load = () => import('../audit/log.ts');`,
    rule: 'wing backend/store',
  },
  {
    wrong: 'a wing of the same row',
    file: 'backend/audit/stream.ts',
    text: `export * from '../live/live.ts';`,
    rule: 'wing backend/audit',
  },
  {
    wrong: 'an entry point',
    file: 'backend/audit/stream.ts',
    text: `export * from '../main.ts';`,
    rule: 'wing backend/audit',
  },
  {
    wrong: 'another part',
    file: 'renderer/screens/cases.tsx',
    text: `export * from '../../backend/store/store.ts';`,
    rule: 'part renderer',
  },
  {
    wrong: 'a folder that has no row',
    file: 'backend/helpers/helpers.ts',
    text: `export * from '../store/store.ts';`,
    rule: 'folder of backend',
  },
])('refuses $wrong', async ({ file, text, rule }) => {
  write(file, text);
  const found = (await violations()).find((violation) => violation.rule === rule);
  expect(found?.message).toContain(file);
  // The sentence that names the rule.
  expect(found?.message).toMatch(/ may import |^ {2}Every folder of /m);
});

test('refuses folders inside a wing that import each other, types counted', async () => {
  write(
    'backend/casework/grants/mint.ts',
    `import type { reset } from '../resets/reset.ts'; export type R = typeof reset;`,
  );
  write('backend/casework/resets/reset.ts', 'export const reset = 1;');
  write('backend/casework/resets/spend.ts', `export * from '../grants/mint.ts';`);
  const found = await violations();
  expect(found.map(({ rule }) => rule)).toContain('no circle of folders');
  expect(found[0]?.message).toContain('backend/casework/grants');
  expect(found[0]?.message).toContain('backend/casework/resets');
});

test('leaves the tests out: they may open what they test with anything', async () => {
  write('backend/store/settings.test.ts', `export * from '../casework/cases.ts';`);
  write('backend/store/open-for-test.ts', `export * from '../casework/cases.ts';`);
  expect(await violations()).toEqual([]);
});
