import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { runnerImport, type Plugin } from 'vite';
import { firstScreensFile, type FirstScreen, type FirstScreens } from '../shared/bridge/first-screen.ts';
import { noncePlaceholder } from '../shared/bridge/start-state.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const withoutStyles: Plugin = {
  name: 'without-styles',
  enforce: 'pre',
  resolveId: (name) => (name.endsWith('.css') ? '\0style' : null),
  load: (id) => (id === '\0style' ? '' : null),
};

/** Takes the styles of the first screens out of the built page. Their fonts stay in its folder of assets. */
function takeStyles(): string {
  const assets = join(root, 'out', 'renderer', 'assets');
  const [file, ...others] = globSync('first-*.css', { cwd: assets });
  if (file === undefined || others.length > 0) throw new Error(`${assets} needs exactly one first-*.css.`);
  const styles = readFileSync(join(assets, file), 'utf8');
  for (const part of globSync('first-*', { cwd: assets })) rmSync(join(assets, part));
  return styles.replaceAll('url(./', 'url(./assets/');
}

/** The address of the font with the letters of English among the styles. */
function fontOf(styles: string): string {
  const [, address] = /url\((\.\/assets\/inter-latin-wght-[^)]*)\)/.exec(styles) ?? [];
  if (address === undefined) throw new Error('The styles of the first screens have no font.');
  return address;
}

/** Renders the first screens and writes them beside the start page, for main to put into it. */
export async function writeFirstScreens(): Promise<void> {
  const { module } = await runnerImport<{
    readonly renderFirstScreens: (styleNonce: string) => Promise<Readonly<Record<string, FirstScreen>>>;
  }>(join(root, 'renderer', 'app', 'first-screens.tsx'), {
    root: join(root, 'renderer'),
    configFile: false,
    logLevel: 'warn',
    plugins: [withoutStyles, react()],
  });
  const screens = await module.renderFirstScreens(noncePlaceholder);
  const styles = takeStyles();
  const file: FirstScreens = { styles, font: fontOf(styles), screens };
  writeFileSync(join(root, 'out', 'renderer', firstScreensFile), JSON.stringify(file));
}
