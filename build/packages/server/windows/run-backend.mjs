// Runs the backend for the scheduled task, and starts it again after a failure, unless an administrator has to correct something first (exit code 78).
// The task scheduler does not: it repeats only tasks that it could not start.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** The exit code of a backend that cannot start before its configuration or its data folder was corrected. */
const needsCorrection = 78;
const program = fileURLToPath(new URL('out/backend/main.js', import.meta.url));
const { pause } = parseArgs({ options: { pause: { type: 'string', default: '60' } } }).values;

const log = (event, facts) => {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...facts })}\n`);
};

for (;;) {
  const backend = spawn(process.execPath, [program], { stdio: 'inherit' });
  const [code, signal] = await once(backend, 'exit');
  process.exitCode = code ?? 1;
  if (code === 0) break;
  if (code === needsCorrection) {
    log('not-started-again', { code, reason: 'Correct what the backend reports, then start the task.' });
    break;
  }
  log('starting-again', { ...(code === null ? { signal } : { code }), seconds: Number(pause) });
  await wait(Number(pause) * 1000);
}
