import { run as runAudit } from './audit.ts';
import { run as runConsole } from './console.ts';
import { run as runImport } from './import.ts';
import { run as runLoginPage } from './login-page.ts';
import { run as runPostgresql } from './postgresql.ts';
import { run as runResets } from './resets.ts';
import { run as runSearch } from './search.ts';

const quick = process.argv.includes('--quick');
const columns = ['what', 'measured', 'target', 'ratio'] as const;
const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
console.log(line(columns));
console.log(line(columns.map(() => '---')));
// Each part is printed when it is done: a fault in a later one leaves what was measured.
for (const run of [runSearch, runImport, runPostgresql, runResets, runLoginPage, runAudit, runConsole]) {
  const { rows } = await run({ quick });
  for (const row of rows) console.log(line(columns.map((column) => row[column])));
}
