import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

/** Ends the names of the files with V8's compiled code, which stand beside the code and are part of the package like it. */
export const cacheSuffix = '.cache';

interface LoadedModule {
  exports: unknown;
}
type Wrapper = (
  exports: unknown,
  require: (id: string) => unknown,
  module: LoadedModule,
  filename: string,
  dirname: string,
) => void;

const cacheOf = (file: string): Buffer | undefined => {
  try {
    return readFileSync(`${file}${cacheSuffix}`);
  } catch {
    // From the sources, or packed for another system than the one that packed it.
    return undefined;
  }
};

/**
 * Loads a bundle of CommonJS files, each with V8's compiled code if there is any. V8 itself rejects code of another version or with other flags, and
 * then compiles the file. The files cannot use `import()`, which the bundlers turn into `require`. `onScript` receives each script, from which a package is given its compiled code.
 */
export function loadCached(
  entry: string,
  onScript: (file: string, script: Script) => void = () => undefined,
): unknown {
  const loaded = new Map<string, LoadedModule>();
  const load = (file: string): unknown => {
    const known = loaded.get(file);
    if (known !== undefined) return known.exports;
    const loading: LoadedModule = { exports: {} };
    loaded.set(file, loading);
    const cachedData = cacheOf(file);
    const parameters = 'exports, require, module, __filename, __dirname';
    const script = new Script(`(function (${parameters}) {${readFileSync(file, 'utf8')}\n})`, {
      filename: file,
      ...(cachedData !== undefined && { cachedData }),
    });
    onScript(file, script);
    const requireOther = createRequire(file);
    const requireFrom = (id: string): unknown =>
      id.startsWith('./') ? load(join(dirname(file), id)) : (requireOther(id) as unknown);
    const wrapper = script.runInThisContext() as Wrapper;
    wrapper(loading.exports, requireFrom, loading, file, dirname(file));
    return loading.exports;
  };
  return load(entry);
}
