import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

/** The file with V8's compiled code, which stands beside the code and is part of the package like it. */
const cacheFileOf = (file: string): string => `${file}.cache`;

/**
 * V8 compares only the length of the code with that of the compiled code, so the file begins with a checksum of the code. Both are parts of one archive,
 * so it is against mistakes, such as a patched archive, and not against an attacker.
 */
const checksumBytes = 8;
const checksumOf = (code: Buffer): Buffer => {
  const checksum = Buffer.alloc(checksumBytes);
  checksum.writeUInt32LE(crc32(code));
  return checksum;
};

/** Keeps the compiled code of a file beside it. */
export function keepCompiled(file: string, script: Script): void {
  const checksum = checksumOf(readFileSync(file));
  writeFileSync(cacheFileOf(file), Buffer.concat([checksum, script.createCachedData()]));
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

const compiledOf = (file: string, code: Buffer): Buffer | undefined => {
  try {
    const kept = readFileSync(cacheFileOf(file));
    const isOfCode = kept.subarray(0, checksumBytes).equals(checksumOf(code));
    return isOfCode ? kept.subarray(checksumBytes) : undefined;
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
    const code = readFileSync(file);
    const cachedData = compiledOf(file, code);
    const parameters = 'exports, require, module, __filename, __dirname';
    const script = new Script(`(function (${parameters}) {${code.toString('utf8')}\n})`, {
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
