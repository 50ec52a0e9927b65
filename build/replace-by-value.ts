import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Replaces a module by the values that its exports have now, which must be JSON. What imports it then bundles nothing that the
 * values are computed from. Outside a build the module is an ordinary one.
 */
export function replaceByValue(file: string): Plugin {
  const path = `${root}${file}`;
  return {
    name: 'replace-by-value',
    enforce: 'pre',
    async load(id) {
      if (id !== path) return null;
      const exported = (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
      return Object.entries(exported)
        .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
        .join('\n');
    },
  };
}

/** The names of the bridge's calls and events: the preload and the window need them without the contract's schemas. */
export const bridgeNames = (): Plugin => replaceByValue('shared/bridge/names.ts');
