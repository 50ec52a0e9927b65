import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawIcons } from './packages/icons.ts';
import { product } from './packages/identity.ts';
import { buildMsi } from './packages/windows/msi.ts';

/** `node build/msi.ts FOLDER` builds the `.msi` into `out/package` from the folder of the Windows application. Runs on Linux with `wixl`. */
const root = fileURLToPath(new URL('..', import.meta.url));
const [application] = process.argv.slice(2);
if (application === undefined) {
  console.error('Usage: node build/msi.ts FOLDER');
  process.exitCode = 2;
} else {
  const out = join(root, 'out', 'package');
  mkdirSync(out, { recursive: true });
  const file = await buildMsi({
    application: resolve(application),
    icons: await drawIcons(join(root, 'out', 'icons')),
    version: product.version,
    arch: 'x64',
    out,
  });
  console.log(`Packed: ${file}`);
}
