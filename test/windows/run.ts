import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../../build/build.ts';
import { filesIn, packApplication } from '../../build/packages/application.ts';
import { stageProject } from '../../build/packages/foreign-modules.ts';
import { readFuses } from '../../build/packages/fuses.ts';
import { drawIcons } from '../../build/packages/icons.ts';
import { product } from '../../build/packages/identity.ts';
import { isInstalled } from '../../build/packages/run.ts';
import { layOutServer } from '../../build/packages/server/server.ts';
import { buildMsi } from '../../build/packages/windows/msi.ts';
import { findWindowsElectron } from './electron-for-windows.ts';
import { cache, fetchWindowsNode, prepareWine, startWindows, type Windows } from './wine.ts';

/**
 * `npm run test:windows`: builds the `.msi`, installs, upgrades and removes it under wine, and runs the backend and the keychain on Node for Windows.
 * Not a part of `npm test`: it downloads wine (2.8 GB) once.
 */
const target = { platform: 'windows', arch: 'x64' } as const;
const notShown = [
  'the version that Windows lists, which wine does not keep where Windows does;',
  'a notification with its buttons, and the dot on the taskbar;',
  'a window on Windows: the Electron for Windows that package registries have (22) is too old for the product;',
  'the installer for one user (NSIS): its template needs downloads, so the release workflow builds it;',
  'a signature that Windows trusts, SmartScreen, group policies by gpupdate and Intune;',
  'the backend as a scheduled task: wine has no task scheduler of its own.',
];

let [passed, failed] = [0, 0];
function expectTrue(claim: string, holds: boolean, found = ''): void {
  console.log(`${holds ? 'ok' : 'FAILED'}: ${claim}${holds ? '' : `\n${found}`}`);
  if (holds) passed += 1;
  else failed += 1;
}

const installFolder = ['Program Files', product.windows.folder] as const;
const server = 'https://desk.example.com';

async function tryMsi(windows: Windows, folder: string): Promise<void> {
  await build();
  const project = await stageProject(target, join(folder, 'project'));
  const icons = await drawIcons(join(folder, 'icons'));
  const electron = await findWindowsElectron(cache);
  const out = join(folder, 'package');
  const application = await packApplication({ target, electron, icons, out, project });
  const fuses = await readFuses(join(application, `${product.id}.exe`));
  expectTrue(
    'the fuses check the archive and forbid running as Node',
    fuses['EnableEmbeddedAsarIntegrityValidation'] === true && fuses['RunAsNode'] === false,
    JSON.stringify(fuses),
  );
  const older = await buildMsi({ application, icons, version: '0.0.9', arch: 'x64', out });
  const newer = await buildMsi({ application, icons, version: product.version, arch: 'x64', out });
  const msiexec = (...args: readonly string[]) => windows.run('msiexec', ...args, '/qn');
  const asWindows = (file: string) => `Z:${file.replaceAll('/', '\\')}`;
  const registry = (key: string, ...args: readonly string[]) => windows.run('reg', 'query', key, ...args).out;
  const command = 'HKLM\\Software\\Classes\\resetdesk\\shell\\open\\command';

  const installed = msiexec('/i', asWindows(older), `SERVERURL=${server}`, 'SPELLING=de');
  expectTrue('the older version installs without a question', installed.code === 0, installed.out);
  expectTrue(
    'it is in Program Files with its archive and native modules',
    [
      'reset-desk.exe',
      'resources/app.asar',
      'resources/app.asar.unpacked/node_modules/native-reg/prebuilds/win32-x64/node.napi.node',
    ].every((file) => existsSync(windows.path(...installFolder, file))),
  );
  expectTrue(
    'links of the product open it',
    registry(command).includes('reset-desk.exe" "%1"'),
    registry(command),
  );
  expectTrue(
    'its notifications have its name',
    registry(`HKLM\\Software\\Classes\\AppUserModelId\\${product.appId}`).includes(product.name),
  );
  const policies = registry('HKLM\\Software\\Policies\\Reset Desk');
  expectTrue(
    "the installer's properties are managed settings",
    policies.includes(server) && /SpellingLanguage\s+REG_SZ\s+de/.test(policies),
    policies,
  );
  const upgraded = msiexec('/i', asWindows(newer), `SERVERURL=${server}`);
  expectTrue('the newer version replaces it', upgraded.code === 0, upgraded.out);
  const downgraded = msiexec('/i', asWindows(older));
  expectTrue('the older version does not replace the newer one', downgraded.code !== 0, downgraded.out);
  const removed = msiexec('/x', asWindows(newer));
  expectTrue('it is removed without a question', removed.code === 0, removed.out);
  const left = windows.path(...installFolder);
  expectTrue('no file of it is left', !existsSync(left) || filesIn(left).length === 0);
  expectTrue('its links are gone', !registry(command).includes('reset-desk.exe'), registry(command));
  expectTrue(
    'its managed settings are gone',
    !registry('HKLM\\Software\\Policies\\Reset Desk').includes(server),
  );
}

/** A trial on Node for Windows, in a file of its own, since wine's Node cannot communicate over pipes. */
const backendTrial = (data: string, port: number) => `
process.env.RESET_DESK_DATA = ${JSON.stringify(data)};
process.env.RESET_DESK_PORT = '${port}';
await import(new URL('out/backend/main.js', import.meta.url));
`;

/** The answer of the backend; empty without one. Wine's ports are this computer's; a request that Node sends to itself under wine hangs. */
const ask = async (url: string): Promise<string> =>
  fetch(url, { signal: AbortSignal.timeout(5000) }).then(
    (answer) => answer.text(),
    () => '',
  );

const keychainTrial = `
import keytar from 'keytar';
await keytar.setPassword('Reset Desk', 'ann', 'Grüße');
const kept = await keytar.getPassword('Reset Desk', 'ann');
await keytar.deletePassword('Reset Desk', 'ann');
console.log('KEYCHAIN ' + kept + ' ' + (await keytar.getPassword('Reset Desk', 'ann')));
`;

async function tryNode(windows: Windows, folder: string): Promise<void> {
  const node = await fetchWindowsNode(folder);
  const project = join(folder, 'project');
  const laidOut = join(folder, 'server');
  layOutServer(laidOut, target, `${project}/`);
  const application = join(laidOut, 'application');
  const trial = join(application, 'trial.mjs');
  const port = 18_931;
  writeFileSync(trial, backendTrial('C:\\reset-desk-data', port));
  const backend = windows.start(node, trial);
  await backend.hasWritten('"listening"');
  const ready = await ask(`http://127.0.0.1:${port}/readyz`);
  const setUp = await ask(`http://127.0.0.1:${port}/api/v1/about`);
  const output = await backend.stop();
  expectTrue('the backend serves on Node for Windows', ready === '{"status":"ready"}', `${ready}\n${output}`);
  expectTrue('it answers the console', setUp.includes(`"version":"${product.version}"`), setUp);
  expectTrue(
    'its database is in its data folder',
    existsSync(windows.path('reset-desk-data', 'reset-desk.db')),
  );
  copyFileSync(node, join(application, 'node.exe'));
  const help = windows.run(
    'cmd',
    '/c',
    `Z:${join(application, 'reset-desk-backend.cmd').replaceAll('/', '\\')}`,
    '--help',
  );
  expectTrue('its command line answers', help.out.includes('audit verify'), help.out);
  const wrong = join(application, 'wrong.env');
  writeFileSync(wrong, "RESET_DESK_DATA='C:\\reset-desk-data'\nRESET_DESK_PORT='many'\n");
  const supervised = windows.run(node, `--env-file=${wrong}`, join(application, 'run-backend.mjs'));
  expectTrue(
    'its scheduled task does not start a wrong configuration again',
    supervised.code === 78 && supervised.out.split('RESET_DESK_PORT').length === 2,
    `${supervised.code}\n${supervised.out}`,
  );
  writeFileSync(join(project, 'trial.mjs'), keychainTrial);
  const keychain = windows.run(node, join(project, 'trial.mjs'));
  expectTrue(
    'the credential manager keeps a secret',
    keychain.out.includes('KEYCHAIN Grüße null'),
    keychain.out,
  );
}

const missing = ['wixl', 'wixl-heat', 'msibuild', '7za', 'xvfb-run', 'python3'].filter(
  (program) => !isInstalled(program),
);
const refused = missing.length > 0 ? `Not installed: ${missing.join(', ')}.` : await prepareWine();
if (refused !== null) console.log(`SKIPPED: ${refused}`);
else {
  mkdirSync('/tmp', { recursive: true });
  const folder = mkdtempSync('/tmp/reset-desk-windows-');
  try {
    const windows = startWindows(folder);
    if ('refused' in windows) console.log(`SKIPPED: ${windows.refused}`);
    else {
      await tryMsi(windows, folder);
      await tryNode(windows, folder);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
for (const line of notShown) console.log(`NOT SHOWN HERE: ${line}`);
console.log(`\n${passed} passed, ${failed} failed`);
// Processes that electron-builder leaves behind would otherwise set the exit code again.
process.exit(failed === 0 ? 0 : 1);
