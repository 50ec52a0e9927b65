import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A file of a package of fonts: beside the bundle where `build/backend.vite.config.ts` has put it, else where npm has. There a font keeps its name, and
 * the list of what is in which file has the name of its package.
 */
export function readBundled(path: string): Buffer {
  const name = path.endsWith('/unicode.json') ? `${path.split('/').at(-2) ?? ''}.json` : basename(path);
  const bundled = join(fileURLToPath(new URL('.', import.meta.url)), 'fonts', name);
  return readFileSync(existsSync(bundled) ? bundled : createRequire(import.meta.url).resolve(path));
}
