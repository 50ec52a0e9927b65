import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from './build.ts';
import { findElectron } from './electron-runtime.ts';
import { needLibraries } from './system-libraries.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Starts the console from its sources; without a display, starts the demonstration on a virtual one. */
async function start(): Promise<void> {
  await build();
  const { executable, folder } = await findElectron();
  needLibraries(executable);
  const display = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'] ?? '';
  const env = { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: folder };
  const unseen = process.platform === 'linux' && display === '';
  if (unseen) console.log('No display here, so the demonstration is played on a virtual one: npm run demo');
  // Chromium's sandbox refuses to start as root.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const [program, ...args] = unseen
    ? [process.execPath, `${root}build/demo.ts`]
    : [executable, ...sandbox, root];
  const child = spawn(program, args, { cwd: root, stdio: 'inherit', env });
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

start().catch((thrown: unknown) => {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exitCode = 1;
});
