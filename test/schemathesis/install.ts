import { pathToFileURL } from 'node:url';
import { installed, runIn } from '../python/virtual-environment.ts';

export const folder = new URL('../../out/schemathesis', import.meta.url).pathname;

/** Runs a program in the folder of schemathesis. */
export const run = runIn(folder);

/** Schemathesis in a virtual environment of its own, installed once. Null if no Python is available for it. */
export const findSchemathesis = (): Promise<string | null> =>
  installed(folder, 'schemathesis', new URL('requirements.txt', import.meta.url).pathname);

// As a program: `npm test` installs schemathesis while the checks run.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await findSchemathesis();
