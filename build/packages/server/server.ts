import { cpSync, existsSync, globSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { componentsOf, refuseLicences, writeMaterials } from '../bill-of-materials.ts';
import { backendBundle, serverModules } from '../contents.ts';
import { product, type Target } from '../identity.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));

/**
 * Lays out the backend for plain Node 24 in `application`, with what a container is built from beside it. `modules` is the folder whose node_modules
 * are of the target's system.
 */
export function layOutServer(out: string, target: Target, modules: string = root): void {
  rmSync(out, { recursive: true, force: true });
  const application = join(out, 'application');
  const copied: string[] = [];
  const copy = (cwd: string, patterns: readonly string[], into: string): void => {
    for (const file of globSync(patterns, { cwd })) {
      if (!statSync(join(cwd, file)).isFile()) continue;
      const name = join(into, file);
      mkdirSync(dirname(join(application, name)), { recursive: true });
      cpSync(join(cwd, file), join(application, name));
      copied.push(name);
    }
  };
  copy(root, backendBundle, '.');
  for (const { name, patterns } of serverModules(target)) {
    // Beside the module that needs it, where another version is at the top.
    const nested = join(modules, 'node_modules', 'libsql', 'node_modules', name);
    copy(existsSync(nested) ? nested : join(modules, 'node_modules', name), patterns, `node_modules/${name}`);
    if (!copied.includes(`node_modules/${name}/package.json`))
      throw new Error(`The server needs ${name}, and ${modules} does not have it.`);
  }
  const binaries = copied.filter((file) => file.endsWith('.node'));
  if (binaries.length !== 2)
    throw new Error(`The server needs two native modules, and ${modules} has ${binaries.length} of them.`);
  writeFileSync(
    join(application, 'package.json'),
    `${JSON.stringify({ name: product.backendCommand, version: product.version, type: 'module', private: true }, null, 2)}\n`,
  );
  const components = componentsOf(copied, ['backend'], application);
  refuseLicences(components);
  writeMaterials(application, components, null);
  cpSync(join(here, 'healthcheck.mjs'), join(application, 'healthcheck.mjs'));
  mkdirSync(join(out, 'data'));
  if (target.platform === 'linux')
    for (const name of ['Containerfile', 'compose.yaml']) cpSync(join(here, name), join(out, name));
  if (target.platform === 'windows')
    for (const name of [
      'install-service.ps1',
      'remove-service.ps1',
      'run-backend.mjs',
      `${product.backendCommand}.cmd`,
    ])
      cpSync(join(here, 'windows', name), join(application, name));
}
