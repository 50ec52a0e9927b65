import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from './build.ts';
import { onDisplay } from './display.ts';
import { findElectron } from './electron-runtime.ts';
import { needLibraries } from './system-libraries.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Plays the main job in the real console (`-- --directory openldap`, `active-directory` or `keycloak`: in a real directory) and leaves pictures and a transcript in `out/demo`. */
await build();
const { folder, executable } = await findElectron();
needLibraries(executable);
const [program = '', ...args] = onDisplay([
  process.execPath,
  `${root}test/demo/main.ts`,
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
