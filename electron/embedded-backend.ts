import { join } from 'node:path';
import { loadCached } from './code-cache/load-cached.ts';

/** The entry of the embedded backend's process. */
loadCached(join(import.meta.dirname, '..', 'backend', 'backend.cjs'));
