import { join } from 'node:path';
import { build } from './build.ts';
import { hostTarget } from './packages/identity.ts';
import { layOutServer } from './packages/server/server.ts';

/** `npm run package:server`: the backend for plain Node in `out/server`, with the files of a container. */
const out = join(new URL('..', import.meta.url).pathname, 'out', 'server');
await build();
layOutServer(out, hostTarget());
console.log(`Laid out: ${out}. Run: node ${join(out, 'application', 'out', 'backend', 'main.js')} --help`);
