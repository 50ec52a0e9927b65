import { spawn } from 'node:child_process';
import { build } from './build.ts';
import { onDisplay } from './display.ts';
import { findElectron } from './electron-runtime.ts';
import { needLibraries } from './system-libraries.ts';

const root = new URL('..', import.meta.url).pathname;

/** Runs the end-to-end tests in the real Electron. Arguments after the command's name go to Playwright. */
await build();
const { folder, executable } = await findElectron();
needLibraries(executable);
const [program = '', ...args] = onDisplay([
  process.execPath,
  `${root}node_modules/@playwright/test/cli.js`,
  'test',
  '--config',
  'test/playwright.config.ts',
  ...process.argv.slice(2),
]);
const child = spawn(program, args, {
  cwd: root,
  stdio: 'inherit',
  env: {
    RESET_DESK_PACKAGE: `${root}out/package/for-tests/reset-desk`,
    ...process.env,
    ELECTRON_OVERRIDE_DIST_PATH: folder,
  },
});
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
