import { spawnSync } from 'node:child_process';
import { run as runAudit } from './audit.ts';
import { run as runConsole } from './console.ts';
import { run as runDirectories } from './directories.ts';
import { run as runImport } from './import.ts';
import { run as runLoginPage } from './login-page.ts';
import { run as runMixedDirectories } from './mixed-directories.ts';
import { run as runPagesUnderLoad } from './pages-under-load.ts';
import { run as runPostgresql } from './postgresql.ts';
import { run as runResets } from './resets.ts';
import { run as runSearch } from './search.ts';
import { run as runSoak } from './soak.ts';
import { run as runSpeaking } from './speaking.ts';

const parts = {
  search: runSearch,
  import: runImport,
  postgresql: runPostgresql,
  resets: runResets,
  'login-page': runLoginPage,
  'pages-under-load': runPagesUnderLoad,
  audit: runAudit,
  console: runConsole,
  soak: runSoak,
  speaking: runSpeaking,
  directories: runDirectories,
  'mixed-directories': runMixedDirectories,
} as const;
const columns = ['what', 'measured', 'target', 'ratio'] as const;
const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** `--only=PART` measures one part; without it each part runs in a process of its own, so that none leaves memory to the next. */
const quick = process.argv.includes('--quick');
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length);
if (only === undefined) {
  console.log(line(columns));
  console.log(line(columns.map(() => '---')));
  for (const name of Object.keys(parts)) {
    const { status } = spawnSync(
      process.execPath,
      [import.meta.filename, `--only=${name}`, ...(quick ? ['--quick'] : [])],
      { stdio: 'inherit' },
    );
    if (status !== 0) process.exitCode = status ?? 1;
  }
} else {
  const run = Object.entries(parts).find(([name]) => name === only)?.[1];
  if (run === undefined) throw new Error(`--only takes one of: ${Object.keys(parts).join(', ')}`);
  for (const row of (await run({ quick })).rows) console.log(line(columns.map((column) => row[column])));
}
