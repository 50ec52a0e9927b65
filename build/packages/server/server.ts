import { cpSync, globSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { componentsOf, refuseLicences, writeMaterials } from '../bill-of-materials.ts';
import { serverPatterns } from '../contents.ts';
import { product, type Target } from '../identity.ts';

const root = new URL('../../..', import.meta.url).pathname;
const here = new URL('.', import.meta.url).pathname;

/**
 * Lays out the backend for plain Node 24 in `application`, with what a container is built from beside it. `modules` is the folder whose node_modules
 * are of the target's system.
 */
export function layOutServer(out: string, target: Target, modules: string = root): void {
  rmSync(out, { recursive: true, force: true });
  const application = join(out, 'application');
  const copied: string[] = [];
  for (const [cwd, patterns] of [
    [root, serverPatterns(target).filter((pattern) => pattern.startsWith('out/'))],
    [modules, serverPatterns(target).filter((pattern) => pattern.startsWith('node_modules/'))],
  ] as const)
    for (const file of globSync(patterns, { cwd })) {
      if (!statSync(join(cwd, file)).isFile()) continue;
      mkdirSync(dirname(join(application, file)), { recursive: true });
      cpSync(join(cwd, file), join(application, file));
      copied.push(file);
    }
  const binaries = copied.filter((file) => file.endsWith('.node'));
  if (binaries.length !== 2)
    throw new Error(`The server needs two native modules, and ${modules} has ${binaries.length} of them.`);
  writeFileSync(
    join(application, 'package.json'),
    `${JSON.stringify({ name: product.backendCommand, version: product.version, type: 'module', private: true }, null, 2)}\n`,
  );
  const components = componentsOf(copied, ['backend'], modules);
  refuseLicences(components);
  writeMaterials(application, components, null);
  cpSync(join(here, 'healthcheck.mjs'), join(application, 'healthcheck.mjs'));
  mkdirSync(join(out, 'data'));
  if (target.platform === 'linux')
    for (const name of ['Containerfile', 'compose.yaml']) cpSync(join(here, name), join(out, name));
  if (target.platform === 'windows')
    for (const name of ['install-service.ps1', 'remove-service.ps1', `${product.backendCommand}.cmd`])
      cpSync(join(here, 'windows', name), join(application, name));
}
