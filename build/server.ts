import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.ts';
import { hostTarget } from './packages/identity.ts';
import { layOutServer } from './packages/server/server.ts';

/** `npm run package:server`: the backend for plain Node in `out/server`, with the files of a container. */
const out = join(fileURLToPath(new URL('..', import.meta.url)), 'out', 'server');
await build();
layOutServer(out, hostTarget());
console.log(`Laid out: ${out}. Run: node ${join(out, 'application', 'out', 'backend', 'main.js')} --help`);
