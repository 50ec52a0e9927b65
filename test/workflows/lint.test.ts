import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lintWorkflows } from './lint.ts';

const release = readFileSync(new URL('../../.github/workflows/release.yml', import.meta.url), 'utf8');

/** Faults put into the release workflow: what is replaced by what, and what the linter calls it. */
const faults = [
  {
    linter: 'actionlint',
    changes: [
      ['needs: [package, msi]', 'needs: [package, mis]', '"mis" which does not exist'],
      ['github.token', 'github.tokken', 'property "tokken" is not defined'],
    ],
  },
  {
    linter: 'zizmor',
    changes: [
      ['"$GITHUB_REF_NAME"\n', '"${{ github.ref_name }}"\n', 'template-injection'],
      ['permissions: {}', 'permissions: write-all', 'excessive-permissions'],
      ['        with:\n          persist-credentials: false\n', '', 'artipacked'],
    ],
  },
] as const;

test.for(faults)('faults of a workflow are found by $linter', async ({ linter, changes }, { skip }) => {
  const folder = mkdtempSync(join(tmpdir(), 'reset-desk-workflows-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  let text = release;
  for (const [find, replacement] of changes) {
    expect(text).toContain(find);
    text = text.replace(find, () => replacement);
  }
  writeFileSync(join(folder, 'release.yml'), text);
  const linted = await lintWorkflows(folder);
  const result = linted.find((one) => one.linter === linter)?.result ?? null;
  if (result === null && process.env['CI'] === undefined) skip(`${linter} is not installed.`);
  expect(result?.code).not.toBe(0);
  for (const [, , finding] of changes) expect(result?.output).toContain(finding);
});

test('a folder without workflows is an error', async () => {
  await expect(lintWorkflows(import.meta.dirname)).rejects.toThrow('no workflow');
});
