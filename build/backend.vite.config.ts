import { defineConfig } from 'vite';

const root = new URL('..', import.meta.url).pathname;

/** The backend in one file, for plain Node and for Electron's utility process; only native modules stay outside. */
export default defineConfig({
  root,
  ssr: { noExternal: true, external: ['libsql', '@node-rs/argon2'] },
  build: {
    ssr: `${root}backend/main.ts`,
    outDir: `${root}out/backend`,
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rollupOptions: { output: { entryFileNames: 'main.js', format: 'es' } },
  },
});
