import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { expect, it } from 'vitest';
import { contract, eventContract } from '../shared/bridge/contract.ts';
import { bridgeNames } from './replace-by-value.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

async function bundle(entry: string): Promise<Rolldown.OutputChunk> {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [bridgeNames()],
    build: {
      write: false,
      minify: false,
      lib: { entry: `${root}${entry}`, formats: ['es'] },
      rollupOptions: { external: ['electron'] },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const [chunk] = output !== undefined && 'output' in output ? output.output : [];
  if (chunk?.type !== 'chunk') throw new Error(`${entry} was not built`);
  return chunk;
}

it.each(['electron/preload/preload.ts', 'electron/bridge/page-calls.ts'])(
  'bundles no schema into %s',
  async (entry) => {
    const { moduleIds } = await bundle(entry);
    expect(moduleIds.filter((id) => id.includes('node_modules') || id.includes('/shared/api/'))).toEqual([]);
  },
);

it('gives the bundles the names of the contract', async () => {
  const { code } = await bundle('shared/bridge/names.ts');
  const bundled: unknown = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const calls = Object.entries(contract).map(([group, members]) => [group, Object.keys(members)]);
  expect({ ...(bundled as object) }).toEqual({
    callNames: Object.fromEntries(calls),
    eventNames: Object.keys(eventContract),
  });
});
