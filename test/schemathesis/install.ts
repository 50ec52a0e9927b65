import { fileURLToPath, pathToFileURL } from 'node:url';
import { installed, runIn } from '../python/virtual-environment.ts';

export const folder = fileURLToPath(new URL('../../out/schemathesis', import.meta.url));

/** Runs a program in the folder of schemathesis. */
export const run = runIn(folder);

/** Schemathesis in a virtual environment of its own, installed once. Null if no Python is available for it. */
export const findSchemathesis = (): Promise<string | null> =>
  installed(folder, 'schemathesis', fileURLToPath(new URL('requirements.txt', import.meta.url)));

// As a program: `npm test` installs schemathesis while the checks run.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await findSchemathesis();
