import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';

export interface Ran {
  readonly code: number;
  readonly output: string;
}

/** Runs a program in a folder; answers its exit code and all of its output. */
export const runIn =
  (folder: string) =>
  (program: string, args: readonly string[]): Promise<Ran> =>
    new Promise((resolve) => {
      const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
      child.on('error', ({ message }) => resolve({ code: 127, output: message }));
      child.on('close', (code) => resolve({ code: code ?? 1, output }));
    });

/**
 * The path of a program in the folder's virtual environment, which is installed once from the requirements. Null if no Python is available for it.
 */
export async function installed(
  folder: string,
  program: string,
  requirements: string,
  isComplete = `${folder}/venv/bin/${program}`,
): Promise<string | null> {
  const path = `${folder}/venv/bin/${program}`;
  if (existsSync(isComplete)) return path;
  mkdirSync(folder, { recursive: true });
  const run = runIn(folder);
  const made = await run('python3', ['-m', 'venv', `${folder}/venv`]);
  if (made.code !== 0) return null;
  const got = await run(`${folder}/venv/bin/pip`, ['install', '--quiet', '-r', requirements]);
  if (got.code === 0) return path;
  console.log(got.output);
  return null;
}
