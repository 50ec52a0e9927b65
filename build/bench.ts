import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from './build.ts';
import { onDisplay } from './display.ts';
import { findElectron } from './electron-runtime.ts';

/** Measures the promised speeds and prints them as a table; `-- --quick` uses fewer accounts. */
const root = fileURLToPath(new URL('..', import.meta.url));
await build();
const { folder } = await findElectron();
const [program = '', ...args] = onDisplay([
  process.execPath,
  `${root}test/bench/main.ts`,
  ...process.argv.slice(2),
]);
const child = spawn(program, args, {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: folder },
});
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
