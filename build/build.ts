import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build as buildWithVite } from 'vite';
import { build as buildConsole } from 'electron-vite';
import { writeFirstScreens } from './first-screens.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'out', 'build.stamp');
const outputs = [
  'main/main.js',
  'main/console.cjs',
  'preload/preload.cjs',
  'renderer/index.html',
  'renderer/first-screens.json',
  'backend/main.js',
  'bundled/backend.json',
];

/** One hash of everything that a build is made from. */
function inputs(): string {
  const files = globSync(
    [
      '{electron,renderer,backend,shared}/**/*',
      'build/*.config.ts',
      'build/{ascii-code,build,bundled-modules,first-screens,replace-by-value,without-evaluated-code}.ts',
      'package-lock.json',
    ],
    { cwd: root },
  )
    .filter((file) => !/\.test\.tsx?$/.test(file) && statSync(join(root, file)).isFile())
    .toSorted();
  const hash = createHash('sha256').update(process.env['RESET_DESK_UPDATE_PUBLIC_KEY'] ?? '');
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** Builds main, preload, renderer and backend into `out`, unless nothing changed since the last build. */
export async function build(): Promise<void> {
  const now = inputs();
  const last = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (last === now && outputs.every((file) => existsSync(join(root, 'out', file)))) return;
  const started = performance.now();
  await buildConsole({ configFile: join(root, 'build', 'electron.vite.config.ts'), logLevel: 'warn' });
  await writeFirstScreens();
  await buildWithVite({ configFile: join(root, 'build', 'entries.vite.config.ts'), logLevel: 'warn' });
  await buildWithVite({ configFile: join(root, 'build', 'backend.vite.config.ts'), logLevel: 'warn' });
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(stamp, now);
  console.log(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await build();
