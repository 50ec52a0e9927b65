import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The first files of Electron's processes: little code, which loads the bundles beside it with V8's compiled code. */
export default defineConfig({
  root,
  ssr: { noExternal: true, external: ['electron'] },
  build: {
    ssr: true,
    outDir: `${root}out/main`,
    // The bundle of the console is there already.
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    rollupOptions: {
      input: { main: `${root}electron/main.ts`, 'embedded-backend': `${root}electron/embedded-backend.ts` },
      output: { entryFileNames: '[name].js', chunkFileNames: 'entry-[name].js', format: 'es' },
    },
  },
});
