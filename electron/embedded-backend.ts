import { join } from 'node:path';
import { keepYoungHeapSmall } from './code-cache/young-heap.ts';
import { loadCached } from './code-cache/load-cached.ts';

/** The entry of the embedded backend's process. */
keepYoungHeapSmall();
loadCached(join(import.meta.dirname, '..', 'backend', 'backend.cjs'));
