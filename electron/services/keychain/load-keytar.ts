import { createRequire } from 'node:module';
import type { Keytar } from './keychain.ts';

/** Loads the native library. Not by `import()`, which code that is loaded with its compiled code cannot do. */
export const loadKeytar = async (): Promise<Keytar> => createRequire(import.meta.url)('keytar') as Keytar;
