import { run as runConsole } from './console.ts';
import { run as runImport } from './import.ts';
import { run as runLoginPage } from './login-page.ts';
import { run as runPostgresql } from './postgresql.ts';
import { run as runResets } from './resets.ts';
import { run as runSearch } from './search.ts';

const quick = process.argv.includes('--quick');
const columns = ['what', 'measured', 'target', 'ratio'] as const;
const rows = [
  ...(await runSearch({ quick })).rows,
  ...(await runImport({ quick })).rows,
  ...(await runPostgresql()).rows,
  ...(await runResets({ quick })).rows,
  ...(await runLoginPage({ quick })).rows,
  ...(await runConsole({ quick })).rows,
];
const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
console.log(line(columns));
console.log(line(columns.map(() => '---')));
for (const row of rows) console.log(line(columns.map((column) => row[column])));
