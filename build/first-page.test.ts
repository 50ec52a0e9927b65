import { build, type Rolldown } from 'vite';
import { expect, it } from 'vitest';
import config from './electron.vite.config.ts';

it('reads no schemas before the first form is painted', async () => {
  const built = await build({
    ...config.renderer,
    configFile: false,
    logLevel: 'error',
    build: { ...config.renderer?.build, write: false },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const files: readonly (Rolldown.OutputChunk | Rolldown.OutputAsset)[] =
    output !== undefined && 'output' in output ? output.output : [];
  const chunks = new Map(
    files
      .filter((file): file is Rolldown.OutputChunk => file.type === 'chunk')
      .map((chunk) => [chunk.fileName, chunk]),
  );
  const first = [...chunks.values()].filter(({ isEntry }) => isEntry);
  // Reached by static imports, and so loaded before the page draws.
  for (const { imports } of first)
    for (const name of imports) {
      const chunk = chunks.get(name);
      if (chunk !== undefined && !first.includes(chunk)) first.push(chunk);
    }
  const packages = new Set(
    first.flatMap(({ moduleIds }) =>
      moduleIds.map((id) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1]),
    ),
  );
  expect(packages).toContain('react-dom');
  expect(packages).not.toContain('zod');
});
