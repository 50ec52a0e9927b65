import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { runnerImport, type Plugin } from 'vite';
import { firstScreensFile, type FirstScreens } from '../shared/bridge/first-screen.ts';
import { noncePlaceholder } from '../shared/bridge/start-state.ts';

const root = new URL('..', import.meta.url).pathname;

const withoutStyles: Plugin = {
  name: 'without-styles',
  enforce: 'pre',
  resolveId: (name) => (name.endsWith('.css') ? '\0style' : null),
  load: (id) => (id === '\0style' ? '' : null),
};

/** Renders the first screens and writes them beside the start page, for main to put into it. */
export async function writeFirstScreens(): Promise<void> {
  const { module } = await runnerImport<{
    readonly renderFirstScreens: (styleNonce: string) => Promise<FirstScreens>;
  }>(join(root, 'renderer', 'app', 'first-screens.tsx'), {
    root: join(root, 'renderer'),
    configFile: false,
    logLevel: 'warn',
    plugins: [withoutStyles, react()],
  });
  const screens = await module.renderFirstScreens(noncePlaceholder);
  writeFileSync(join(root, 'out', 'renderer', firstScreensFile), JSON.stringify(screens));
}
