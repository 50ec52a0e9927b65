import { spawn } from 'node:child_process';

/** Measures what is promised to be fast and prints it as a table; `-- --quick` takes smaller numbers of accounts. */
const root = new URL('..', import.meta.url).pathname;
const child = spawn(process.execPath, [`${root}test/bench/main.ts`, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
