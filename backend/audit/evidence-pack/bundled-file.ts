import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Reads a file of a font package: beside the bundle, where `build/backend.vite.config.ts` copies it, or else from node_modules. Beside the bundle a font keeps
 * its file name, and a package's `unicode.json` is named after the package.
 */
export function readBundled(path: string): Buffer {
  const name = path.endsWith('/unicode.json') ? `${path.split('/').at(-2) ?? ''}.json` : basename(path);
  const bundled = join(fileURLToPath(new URL('.', import.meta.url)), 'fonts', name);
  return readFileSync(existsSync(bundled) ? bundled : createRequire(import.meta.url).resolve(path));
}
