import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { lintWorkflows } from './checks.ts';
import { product } from './packages/identity.ts';
import { releaseFaults } from './packages/release-faults.ts';
import { run } from './steps.ts';

/**
 * `npm run release:check`: what would make a release wrong, before it is built. `npm run release:collect -- --name NAME`: the packages of this system and
 * their bill of materials in `out/release`.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { tag: { type: 'string' }, name: { type: 'string' } },
});

async function check(): Promise<void> {
  const faults = releaseFaults({
    version: product.version,
    changelog: readFileSync(join(root, 'CHANGELOG.md'), 'utf8'),
    lock: readFileSync(join(root, 'package-lock.json'), 'utf8'),
    workflows: readdirSync(join(root, '.github', 'workflows')).map((name) => ({
      name,
      text: readFileSync(join(root, '.github', 'workflows', name), 'utf8'),
    })),
    ...(values.tag !== undefined && { tag: values.tag }),
  });
  for (const fault of faults) console.error(fault);
  const linted = await run(lintWorkflows, 'inherit');
  const isReleasable = faults.length === 0 && linted.code === 0;
  if (isReleasable && values.tag !== undefined) console.log(`Version ${product.version} can be released.`);
  else if (isReleasable)
    console.log(
      `No fault was found. Before the release of ${product.version}, check its tag and its section of the changelog: npm run release:check -- --tag v${product.version}`,
    );
  process.exitCode = isReleasable ? 0 : 1;
}

const packages = /\.(?:deb|rpm|AppImage|tar\.gz|msi|exe|dmg|zip|blockmap)$/;

function collect(name: string): void {
  const to = join(root, 'out', 'release');
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  const folders = ['package', 'package/installers'].map((folder) => join(root, 'out', folder));
  const found = folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((file) => packages.test(file))
        .map((file) => join(folder, file)),
    );
  if (found.length === 0) throw new Error('There is no package in out/package. Run: npm run package');
  for (const file of found) copyFileSync(file, join(to, file.split(/[\\/]/).at(-1) ?? ''));
  const bill = readdirSync(join(root, 'out', 'package'), { recursive: true, encoding: 'utf8' }).find((file) =>
    file.endsWith('sbom.cdx.json'),
  );
  if (bill !== undefined)
    copyFileSync(
      join(root, 'out', 'package', bill),
      join(to, `${product.id}-${product.version}-${name}.cdx.json`),
    );
  console.log(`Collected: ${found.length} files in ${to}`);
}

const [command] = positionals;
if (command === 'check') await check();
else if (command === 'collect' && values.name !== undefined) collect(values.name);
else {
  console.error('Usage: node build/release.ts check [--tag TAG] | collect --name NAME');
  process.exitCode = 2;
}
