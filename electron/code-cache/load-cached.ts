import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

/** The file with V8's compiled code, which stands beside the code and is part of the package like it. */
const cacheFileOf = (file: string): string => `${file}.cache`;

const hashBytes = 32;
/** V8 compares only the length of the code with that of the compiled code, so the file begins with a hash of the code. */
const hashOf = (code: string): Buffer => createHash('sha256').update(code).digest();

/** Keeps the compiled code of a file beside it. */
export function keepCompiled(file: string, script: Script): void {
  const code = readFileSync(file, 'utf8');
  writeFileSync(cacheFileOf(file), Buffer.concat([hashOf(code), script.createCachedData()]));
}

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

const compiledOf = (file: string, code: string): Buffer | undefined => {
  try {
    const kept = readFileSync(cacheFileOf(file));
    return kept.subarray(0, hashBytes).equals(hashOf(code)) ? kept.subarray(hashBytes) : undefined;
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
    const code = readFileSync(file, 'utf8');
    const cachedData = compiledOf(file, code);
    const parameters = 'exports, require, module, __filename, __dirname';
    const script = new Script(`(function (${parameters}) {${code}\n})`, {
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
