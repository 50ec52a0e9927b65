import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInstalled } from '../../build/packages/run.ts';

/** The folder in which `npm run package` puts its results. */
export const packageFolder = fileURLToPath(new URL('../../out/package/', import.meta.url));

/** The built package with an ending. Throws if there is none. */
export function packageFile(ending: '.deb' | '.rpm' | '.AppImage' | '.tar.gz'): string {
  const name = readdirSync(packageFolder).find((file) => file.endsWith(ending));
  if (name === undefined) throw new Error(`No ${ending} in ${packageFolder}. Run: npm run package`);
  return join(packageFolder, name);
}

/** Why a test cannot run here: the missing programs; an empty text if it can. */
export function missingPrograms(...programs: readonly string[]): string {
  const missing = programs.filter((program) => !isInstalled(program));
  return missing.length === 0 ? '' : `Not installed here: ${missing.join(', ')}.`;
}

/** Standard output of a program. Throws if it fails. */
export const output = (program: string, args: readonly string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', maxBuffer: 64 * 1024 ** 2 });

/** Lines of a program's output, without empty ones. */
export const lines = (program: string, args: readonly string[]): readonly string[] =>
  output(program, args)
    .split('\n')
    .filter((line) => line !== '');
