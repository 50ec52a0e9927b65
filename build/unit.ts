import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { withCompileCache } from './compile-cache.ts';
import { memoryFolder } from './memory-folder.ts';

/**
 * `npm run unit -- name`: the unit and API tests whose file names contain the name. Arguments go to vitest; without `--project` it runs all tests but
 * the ones on PostgreSQL, and with `--watch` it runs them again after each change.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2);
const watch = args.includes('--watch') || args.includes('-w');
const choosesProject = args.some((argument) => argument.startsWith('--project'));
const folder = memoryFolder();
const child = spawn(
  process.execPath,
  [
    `${root}node_modules/vitest/vitest.mjs`,
    watch ? 'watch' : 'run',
    '--config',
    'test/vitest.config.ts',
    ...(choosesProject ? [] : ['--project=node', '--project=heap', '--project=renderer']),
    ...args.filter((argument) => argument !== '--watch' && argument !== '-w'),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...withCompileCache, ...(folder !== null && { TMPDIR: folder }) },
  },
);
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
