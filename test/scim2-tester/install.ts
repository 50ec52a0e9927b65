import { fileURLToPath, pathToFileURL } from 'node:url';
import { installed, runIn } from '../python/virtual-environment.ts';

const folder = fileURLToPath(new URL('../../out/scim2-tester', import.meta.url));

/** Runs a program in the folder of scim2-tester. */
export const run = runIn(folder);

/** The Python of a virtual environment with scim2-tester, which is installed once. Null if no Python is available for it. */
export const findTester = (): Promise<string | null> =>
  installed(
    folder,
    'python',
    fileURLToPath(new URL('requirements.txt', import.meta.url)),
    // A program of the last requirement, whose presence shows that all are installed.
    `${folder}/venv/bin/httpx2`,
  );

// As a program: `npm test` installs it while the checks run.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await findTester();
