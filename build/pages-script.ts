import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = `${root}backend/web/pages/script.ts`;

/** The script of the self-service pages, bundled and made small, as the module from which the backend serves it. */
export async function bundlePagesScript(): Promise<string> {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      lib: { entry: `${root}backend/web/pages/browser/page-script.ts`, formats: ['iife'], name: 'pages' },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const [chunk] = output !== undefined && 'output' in output ? output.output : [];
  if (chunk?.type !== 'chunk') throw new Error('The script of the pages was not built');
  return `// Made from backend/web/pages/browser by build/pages-script.ts; a test says when it is old.\nexport const script = ${JSON.stringify(chunk.code.trim())};\n`;
}

/** What the backend serves now. */
export const pagesScriptInForce = (): string => readFileSync(target, 'utf8');

if (import.meta.main) writeFileSync(target, await bundlePagesScript());
