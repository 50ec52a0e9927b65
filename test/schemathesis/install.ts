import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

export const folder = new URL('../../out/schemathesis', import.meta.url).pathname;

/** Runs a program in the folder of schemathesis; answers its exit code and everything that it printed. */
export const run = (program: string, args: readonly string[]): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    child.on('error', ({ message }) => resolve({ code: 127, output: message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });

/** Schemathesis in a virtual environment of its own, installed once. Null where there is no Python for it. */
export async function findSchemathesis(): Promise<string | null> {
  const program = `${folder}/venv/bin/schemathesis`;
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const made = await run('python3', ['-m', 'venv', `${folder}/venv`]);
  if (made.code !== 0) return null;
  const requirements = new URL('requirements.txt', import.meta.url).pathname;
  const installed = await run(`${folder}/venv/bin/pip`, ['install', '--quiet', '-r', requirements]);
  if (installed.code === 0) return program;
  console.log(installed.output);
  return null;
}

// As a program: `npm test` installs schemathesis while the checks run.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await findSchemathesis();
