import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The backend alone, straight from its sources; its settings come from the environment, its commands from the arguments (README.md). */
const root = fileURLToPath(new URL('..', import.meta.url));
const child = spawn(process.execPath, [`${root}backend/main.ts`, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { RESET_DESK_DATA: `${root}out/backend-data`, ...process.env },
});
// The backend stops by itself; this process only waits for it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
