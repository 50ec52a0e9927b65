import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from './build.ts';
import { startDisplays } from './display.ts';
import { findElectron } from './electron-runtime.ts';
import { needLibraries } from './system-libraries.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs the end-to-end tests in the real Electron. Arguments after the command's name go to Playwright. */
await build();
const { folder, executable } = await findElectron();
needLibraries(executable);
/** One more than two cores, since a console waits for part of the time. */
const workers = 3;
const displays = await startDisplays(workers);
const child = spawn(
  process.execPath,
  [
    `${root}node_modules/@playwright/test/cli.js`,
    'test',
    '--config',
    'test/playwright.config.ts',
    // On one display, a window that opens takes the focus from the others.
    `--workers=${displays.names.length === 0 ? 1 : workers}`,
    ...process.argv.slice(2),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      RESET_DESK_PACKAGE: `${root}out/package/for-tests/reset-desk`,
      ...process.env,
      RESET_DESK_DISPLAYS: displays.names.join(' '),
      ELECTRON_OVERRIDE_DIST_PATH: folder,
    },
  },
);
child.on('exit', (code) => {
  displays.stop();
  process.exitCode = code ?? 1;
});
