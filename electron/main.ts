import { join } from 'node:path';
import { backendArguments } from './backend-command/backend-arguments.ts';

/** The one executable of the package is the console, or, as the command `reset-desk-backend`, the backend alone. */
const args = backendArguments(process.argv);
if (args === null) await import('./app/start-app.ts');
else {
  const { runBackend } = await import('./backend-command/run-backend.ts');
  await runBackend(join(import.meta.dirname, '..'), args);
}
