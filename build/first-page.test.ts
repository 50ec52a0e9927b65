import { build, type Rolldown } from 'vite';
import { expect, it } from 'vitest';
import config from './electron.vite.config.ts';

it('reads no style sheet and no code of packages before a rendered form, and no schemas before any other', async () => {
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
  /** The packages in a chunk and in what it imports statically, which the page reads before the chunk runs. */
  const packagesOf = (start: Rolldown.OutputChunk | undefined): ReadonlySet<string> => {
    const read = start === undefined ? [] : [start];
    for (const { imports } of read)
      for (const name of imports) {
        const chunk = chunks.get(name);
        if (chunk !== undefined && !read.includes(chunk)) read.push(chunk);
      }
    const modules = read.flatMap(({ moduleIds }) => moduleIds);
    return new Set(modules.flatMap((id) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? []));
  };
  const all = [...chunks.values()];
  expect([
    ...packagesOf(all.find(({ facadeModuleId }) => facadeModuleId?.endsWith('/renderer/index.html'))),
  ]).toEqual([]);
  const page = packagesOf(all.find(({ facadeModuleId }) => facadeModuleId?.endsWith('/renderer/main.tsx')));
  expect(page).toContain('react-dom');
  expect(page).not.toContain('zod');
  // Main puts the styles of a rendered form into the page itself.
  const html = files.find(({ fileName }) => fileName === 'index.html');
  expect(html?.type === 'asset' ? html.source : '').toContain('<script type="module"');
  expect(html?.type === 'asset' ? html.source : '').not.toContain('stylesheet');
});
