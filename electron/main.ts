import { join } from 'node:path';
import { backendArguments } from './backend-command/backend-arguments.ts';
import { keepYoungHeapSmall } from './code-cache/young-heap.ts';
import { loadCached } from './code-cache/load-cached.ts';

/** The package's executable starts the console, or only the backend if it is called as the command `reset-desk-backend`. */
const args = backendArguments(process.argv);
if (args === null) {
  keepYoungHeapSmall();
  loadCached(join(import.meta.dirname, 'console.cjs'));
} else {
  const { runBackend } = await import('./backend-command/run-backend.ts');
  await runBackend(join(import.meta.dirname, '..'), args);
}
