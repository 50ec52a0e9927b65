import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ElectronApplication } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance, Lock } from '../screens/entrance.ts';
import { ImportScreen } from '../screens/import-screen.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Runs a script in the page from main, because Playwright cannot use a page whose process has failed. Null if its process has failed, or fails before
 * it answers.
 */
const inPage = (app: ElectronApplication, script: string): Promise<unknown> =>
  app.evaluate(async ({ BrowserWindow }, text) => {
    const page = BrowserWindow.getAllWindows()[0]?.webContents;
    if (page === undefined || page.isCrashed()) return null;
    let onGone = () => {};
    const gone = new Promise((resolve) => {
      onGone = () => resolve(null);
      page.once('render-process-gone', onGone);
    });
    // A page that is being loaded again cannot answer; the caller asks again.
    const answer = page.executeJavaScript(text).catch(() => null);
    return Promise.race([answer, gone]).finally(() => page.off('render-process-gone', onGone));
  }, script);
const textOf = (app: ElectronApplication) => inPage(app, 'document.body.innerText').then(String);

test('a window whose process fails is loaded again at most a few times', async ({
  launchConsole,
  userData,
}) => {
  const { window, app } = await launchConsole();
  await new Entrance(window).useThisComputer.waitFor();
  await app.evaluate(({ dialog }) => {
    const answers: ((answer: { response: number }) => void)[] = [];
    Object.assign(globalThis, { answers });
    dialog.showMessageBox = (() =>
      new Promise((resolve) => {
        answers.push(resolve);
      })) as never;
  });
  const asked = () => app.evaluate(() => (globalThis as unknown as { answers: unknown[] }).answers.length);
  const crash = () =>
    app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
    });
  for (let failure = 0; failure < 3; failure += 1) {
    await inPage(app, 'document.body.dataset.before = "yes"');
    await crash();
    await expect.poll(() => inPage(app, 'document.body.dataset.before ?? "new"')).toBe('new');
    await expect.poll(() => textOf(app)).toContain('The window failed and was reloaded');
  }
  // A dump would contain the content of the screen.
  const dumps = (await readdir(userData, { recursive: true })).filter((name) => name.endsWith('.dmp'));
  expect(dumps).toEqual([]);
  expect(await asked()).toBe(0);
  await crash();
  await expect.poll(asked).toBe(1);
  await app.evaluate(() => {
    (globalThis as unknown as { answers: ((answer: { response: number }) => void)[] }).answers[0]?.({
      response: 0,
    });
  });
  await expect.poll(() => textOf(app)).toContain('Where are your accounts?');
});

test('a graphics process that fails again and again does not end the console', async ({
  launchConsole,
  userData,
}) => {
  const { window, app } = await launchConsole();
  await new Entrance(window).useThisComputer.waitFor();
  const graphicsProcess = () =>
    app.evaluate(
      ({ app: electron }) => electron.getAppMetrics().find(({ type }) => type === 'GPU')?.pid ?? null,
    );
  let before: number | null = null;
  for (let failure = 0; failure < 8; failure += 1) {
    await expect.poll(async () => (await graphicsProcess()) ?? before).not.toBe(before);
    before = await graphicsProcess();
    if (before !== null) process.kill(before, 'SIGKILL');
  }
  await expect(window.getByTestId('notice-graphics-failed')).toContainText(
    'does not use the graphics hardware',
  );
  await expect(new Entrance(window).useThisComputer).toBeVisible();
  await app.close();
  expect(JSON.parse(await readFile(join(userData, 'settings.json'), 'utf8'))).toMatchObject({
    graphicsFailedIn: expect.any(String) as unknown,
  });
  const again = await launchConsole();
  await expect(new Entrance(again.window).useThisComputer).toBeVisible();
});

test('a locked console opens no file dialog, whatever the page asks for', async ({ launchConsole }) => {
  const { window, app } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  await app.evaluate(({ dialog, powerMonitor }) => {
    const dialogs: string[] = [];
    Object.assign(globalThis, { dialogs });
    dialog.showOpenDialog = (async () => {
      dialogs.push('open');
      return { canceled: true, filePaths: [] };
    }) as never;
    dialog.showSaveDialog = (async () => {
      dialogs.push('save');
      return { canceled: true, filePath: '' };
    }) as never;
    // The system locks its screen.
    powerMonitor.emit('lock-screen');
  });
  await expect(new Lock(window).unlock).toBeVisible();
  const codes = await window.evaluate(async () => {
    const { resetDesk } = globalThis as unknown as {
      resetDesk: Record<string, Record<string, (args?: unknown) => Promise<{ failure?: { code: string } }>>>;
    };
    const calls: readonly [string, string, unknown?][] = [
      ['imports', 'choose'],
      ['imports', 'saveReport', { importId: 'x' }],
      ['downloads', 'saveAudit', { query: {} }],
      ['downloads', 'saveMissing', { requiredResetId: 'x' }],
      ['downloads', 'saveCases', { query: { whose: 'own' } }],
      ['downloads', 'saveEvidence', { caseId: 'x', caseNumber: 1, format: 'pdf' }],
      ['app', 'saveProblemReport', { description: '', files: [] }],
      ['self', 'saveRecoveryCodes', { recoveryCodes: Array.from({ length: 10 }, () => 'aaaaa-bbbbb') }],
    ];
    return Promise.all(
      calls.map(async ([group, name, args]) => (await resetDesk[group]?.[name]?.(args))?.failure?.code),
    );
  });
  expect(codes).toEqual(codes.map(() => 'console.locked'));
  expect(await app.evaluate(() => (globalThis as unknown as { dialogs: string[] }).dialogs)).toEqual([]);
});

test.describe('settings that', () => {
  const faults: readonly [string, string, RegExp, string][] = [
    ['are damaged', '{"version":1,"sch', /were damaged.*settings\.json\.damaged/, 'settings.json.damaged'],
    [
      'come from a newer version',
      '{"version":2}',
      /newer version.*settings\.json\.newer/,
      'settings.json.newer',
    ],
  ];
  for (const [how, content, words, keptAs] of faults) {
    test(`${how} are kept in another file, which a message names`, async ({ launchConsole, userData }) => {
      await writeFile(join(userData, 'settings.json'), content);
      const { window } = await launchConsole();
      await expect(window.getByRole('alert')).toContainText(words);
      await expect(new Entrance(window).useThisComputer).toBeVisible();
      expect(await readFile(join(userData, keptAs), 'utf8')).toBe(content);
    });
  }
});

test('a folder that cannot be written ends the start with a message and code 1', async ({ userData }) => {
  await writeFile(join(userData, 'plain'), '');
  const electron = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? '', 'electron');
  const folder = join(userData, 'plain', 'data');
  const started = spawn(electron, ['--no-sandbox', root], {
    env: { ...process.env, RESET_DESK_USER_DATA: folder, RESET_DESK_HEADLESS: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let words = '';
  started.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
  const [code] = (await once(started, 'exit')) as [number | null];
  expect(words).toContain('Reset Desk cannot start because it cannot write to its folder.');
  expect(words).toContain(`${folder} (ENOTDIR): A file has the name of a folder on its path.`);
  expect(code).toBe(1);
  expect(await readdir(userData)).toEqual(['plain']);
});

test('waiting for a server that never answers can be cancelled', async ({ launchConsole, userData }) => {
  const server = http.createServer(() => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const first = await launchConsole();
  const entrance = new Entrance(first.window);
  await entrance.serverAddress.fill(address);
  await entrance.connect.click();
  await first.window.getByTestId('choose-server-cancel').click();
  await expect(entrance.connect).toBeEnabled();
  await expect(entrance.connectFailure).toBeHidden();
  await first.app.close();

  const settings = JSON.parse(await readFile(join(userData, 'settings.json'), 'utf8')) as object;
  const current = { kind: 'server', address };
  await writeFile(join(userData, 'settings.json'), JSON.stringify({ ...settings, current }));
  const { window } = await launchConsole();
  await window.getByTestId('connecting-other-server').click();
  await expect(new Entrance(window).useThisComputer).toBeVisible();
  server.closeAllConnections();
  server.close();
});

test('a search without a connection says so once', async ({ launchConsole }) => {
  const { app, window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  const desk = new Desk(window);
  await desk.importSamples();
  await app.evaluate(() => {
    const client = process.getBuiltinModule('node:http');
    const send = client.request.bind(client);
    // Nothing listens on this port.
    client.request = ((options: object, ...rest: never[]) => send({ ...options, port: 9 }, ...rest)) as never;
  });
  await desk.search.fill('m.okafor');
  await expect(window.getByTestId('trouble-banner')).toContainText('No connection to the server.');
  await expect(window.getByRole('alert')).toHaveCount(1);
});

test('an import that a proxy in front of the server refuses ends with the reason', async ({
  launchConsole,
  userData,
}) => {
  const { app, window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  const file = join(userData, 'people.csv');
  await writeFile(file, 'username,name,email\na.fter,Ada After,a.fter@example.com\n');
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, file);
  await new Desk(window).importFile.click();
  await new ImportScreen(window).choose.click();
  // From now on, a proxy that accepts no file answers in place of the backend.
  await app.evaluate(() => {
    const client = process.getBuiltinModule('node:http');
    const send = client.request.bind(client);
    const proxy = client.createServer((request, response) => {
      request.resume();
      response.writeHead(413, { 'Content-Type': 'text/html', Connection: 'close' }).end('<html>413</html>');
    });
    proxy.listen(0, '127.0.0.1');
    client.request = ((options: { method?: string; port?: unknown; path?: string }, ...rest: never[]) => {
      const isUpload = options.method === 'PUT' && String(options.path).endsWith('/content');
      const address = proxy.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      return send((isUpload ? { ...options, port } : options) as never, ...rest);
    }) as never;
  });
  await new ImportScreen(window).run.click();
  const { screen, progressBar, done } = new ImportScreen(window);
  await expect(screen).toContainText('A proxy in front of the server refuses requests of this size');
  await expect(screen).toContainText('The import stopped');
  await expect(progressBar).toBeHidden();
  await done.click();
  await expect(new Desk(window).search).toBeVisible();
});
