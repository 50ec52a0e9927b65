import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { asciiCode } from './ascii-code.ts';
import { noteBundledModules } from './bundled-modules.ts';
import { bridgeNames, replaceByValue } from './replace-by-value.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The name of the styles that `build/first-screens.ts` takes from the build. */
export const firstStyles = 'first';

/** What cannot be bundled: Electron itself and native modules. */
const external = ['electron', /^electron\/.+/, 'keytar', 'native-reg', 'libsql', '@node-rs/argon2', /^node:/];

/** Electron 33 (tests on closed networks) and the pinned one: Node 20, Chromium 130. */
export default defineConfig({
  main: {
    root,
    plugins: [
      bridgeNames(),
      replaceByValue('electron/services/updates/update-key.ts'),
      asciiCode,
      noteBundledModules('main'),
    ],
    build: {
      outDir: `${root}out/main`,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      externalizeDeps: false,
      lib: { entry: `${root}electron/app/start-app.ts`, formats: ['cjs'] },
      // Files beside each other: code that reads `import.meta.dirname` must find the same folder wherever it is bundled.
      rollupOptions: {
        external,
        output: { entryFileNames: 'console.cjs', chunkFileNames: 'part-[name].cjs' },
      },
    },
  },
  preload: {
    root,
    plugins: [bridgeNames(), noteBundledModules('preload')],
    build: {
      outDir: `${root}out/preload`,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      externalizeDeps: false,
      lib: { entry: `${root}electron/preload/preload.ts`, formats: ['cjs'] },
      rollupOptions: { external: ['electron'], output: { entryFileNames: 'preload.cjs' } },
    },
  },
  renderer: {
    root: `${root}renderer`,
    plugins: [react(), bridgeNames(), noteBundledModules('renderer')],
    build: {
      outDir: `${root}out/renderer`,
      emptyOutDir: true,
      target: 'chrome130',
      // Small files would become data: addresses, which the page's policy refuses for scripts and fonts.
      assetsInlineLimit: 0,
      // Half as much to read before anything is painted.
      minify: 'oxc',
      // The password lists are large, and are loaded only when a user chooses a password.
      chunkSizeWarningLimit: 1000,
      modulePreload: { polyfill: false },
      rollupOptions: {
        // `build/first-screens.ts` puts the styles of the first screens into the start page, so that no further file delays the first frame.
        input: { index: `${root}renderer/index.html`, [firstStyles]: `${root}renderer/first.css` },
      },
    },
  },
});
