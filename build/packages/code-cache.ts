import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { onDisplay } from '../display.ts';
import type { ElectronRuntime } from '../electron-runtime.ts';
import { needLibraries } from '../system-libraries.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const out = join(root, 'out');
const recorder = join(out, 'code-cache');

/** Milliseconds for a start of the console and of its backend. */
const timeoutMs = 60_000;

/** Removes the compiled code of the bundles in `out`, so that it never belongs to other code. */
export function removeCodeCache(): void {
  for (const file of globSync('{main,backend}/*.cache', { cwd: out })) rmSync(join(out, file));
}

/**
 * Has the Electron of the package compile the bundles in `out`, and keeps the compiled code beside them: the package then starts without compiling. V8
 * accepts code of the same V8 with the same flags only, so it must be an Electron's main process.
 */
export async function makeCodeCache(electron: ElectronRuntime): Promise<void> {
  needLibraries(electron.executable);
  removeCodeCache();
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: join(root, 'electron', 'code-cache', 'record-code.ts'),
      outDir: recorder,
      target: 'node20',
      minify: false,
    },
  });
  const manifest = { name: 'record-code', version: '1.0.0', type: 'module', main: 'record-code.js' };
  writeFileSync(join(recorder, 'package.json'), JSON.stringify(manifest));
  const data = mkdtempSync(join(tmpdir(), 'reset-desk-code-'));
  // It runs the package's own code only, and Chromium's sandbox is not available to all who pack.
  const [program = '', ...args] = onDisplay([electron.executable, '--no-sandbox', recorder]);
  try {
    const { status, stderr } = spawnSync(program, args, {
      env: { ...process.env, RESET_DESK_OUT: out, RESET_DESK_USER_DATA: data, RESET_DESK_HEADLESS: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: timeoutMs,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`The code could not be compiled: ${stderr.slice(-2000)}`);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}
