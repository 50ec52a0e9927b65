import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'out', 'bundled');

/** Parts of the product that are bundled on their own. */
export const bundledParts = ['main', 'preload', 'renderer', 'backend'] as const;
export type BundledPart = (typeof bundledParts)[number];

/** The folder, relative to the project, of the package that a module belongs to; null for the product's own. */
export function packageOf(id: string): string | null {
  const path = id.replace(/^\0/, '').replace(/\?.*$/, '');
  const [, found] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
  return found === undefined ? null : found.slice(Math.max(found.indexOf('node_modules/'), 0));
}

/** Notes which packages a bundle really contains, for the bill of materials: a module that was dropped as unused does not count. */
export const noteBundledModules = (part: BundledPart, alsoCopied: readonly string[] = []): Plugin => ({
  name: 'note-bundled-modules',
  generateBundle(_, bundle) {
    const packages = new Set(alsoCopied);
    for (const output of Object.values(bundle)) {
      if (output.type !== 'chunk') continue;
      for (const [id, { renderedLength }] of Object.entries(output.modules)) {
        const found = packageOf(id);
        // Style sheets leave the chunk, and take their fonts along.
        if (found !== null && (renderedLength > 0 || /\.css(?:\?|$)/.test(id))) packages.add(found);
      }
    }
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${part}.json`), `${JSON.stringify([...packages].toSorted(), null, 2)}\n`);
  },
});

/** The folders of the packages in bundles of the last build. Throws if a part was not built. */
export function bundledPackages(parts: readonly BundledPart[]): readonly string[] {
  const found = parts.flatMap((part) => {
    const file = join(folder, `${part}.json`);
    if (!existsSync(file)) throw new Error(`${file} is missing. Run: npm run build`);
    return JSON.parse(readFileSync(file, 'utf8')) as readonly string[];
  });
  return [...new Set(found)].toSorted();
}
