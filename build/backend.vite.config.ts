import { cpSync, globSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const root = new URL('..', import.meta.url).pathname;

/** The fonts of the evidence pack beside the bundle, where `backend/evidence-pack/fonts.ts` looks for them. */
const fontsBeside: Plugin = {
  name: 'fonts-beside',
  writeBundle: ({ dir = '' }) => {
    const folder = join(dir, 'fonts');
    mkdirSync(folder, { recursive: true });
    const files = globSync(
      [
        'inter/files/inter-*-{400,600}-normal.woff',
        'jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff',
      ],
      { cwd: join(root, 'node_modules', '@fontsource') },
    );
    for (const file of files) {
      cpSync(join(root, 'node_modules', '@fontsource', file), join(folder, basename(file)));
    }
  },
};

/** The backend in one file, for plain Node and for Electron's utility process; only native modules stay outside. */
export default defineConfig({
  root,
  plugins: [fontsBeside],
  ssr: { noExternal: true, external: ['libsql', '@node-rs/argon2'] },
  build: {
    ssr: `${root}backend/main.ts`,
    outDir: `${root}out/backend`,
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    // Beside each other: what reads `import.meta.dirname` must find the same folder wherever it is bundled.
    rollupOptions: {
      output: { entryFileNames: 'main.js', chunkFileNames: 'part-[name].js', format: 'es' },
    },
  },
});
