import { join } from 'node:path';
// oxlint-disable-next-line no-restricted-imports -- it asks the backend in this process, and is no part of the package
import { get } from 'node:http';
import type { Script } from 'node:vm';
import { app, type WebContents } from 'electron';
import { keepCompiled, loadCached } from './load-cached.ts';
import { keepYoungHeapSmall } from './young-heap.ts';

/**
 * Started by `npm run package` instead of the console: starts the console and the backend of the folder `RESET_DESK_OUT`, and writes the compiled code of
 * what a start has run beside their bundles. It is no part of the package.
 */
const out = process.env['RESET_DESK_OUT'] ?? '';
const scripts = new Map<string, Script>();
const keep = (file: string, script: Script) => void scripts.set(file, script);

/** The backend says that it is ready before it has loaded what answers requests. */
const untilAnswered = (port: number) =>
  new Promise<void>((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/healthz' }, (response) => {
      response.resume().once('end', resolve);
    }).once('error', reject);
  });

/** Answers when the backend has answered a request. It takes this process for the one of its own that the console starts. */
const startBackend = () =>
  new Promise<void>((resolve, reject) => {
    const parentPort = {
      on: (_message: 'message', listener: (message: { readonly data: unknown }) => void) => {
        listener({
          data: {
            type: 'start',
            dataFolder: join(app.getPath('userData'), 'backend of the recorder'),
            preferredPort: 0,
            setupCode: 'a setup code of no use',
            version: app.getVersion(),
          },
        });
      },
      postMessage: (message: { readonly type: string; readonly port?: number }) => {
        if (message.type === 'ready') resolve(untilAnswered(message.port ?? 0));
        else reject(new Error(`The backend did not start: ${JSON.stringify(message)}`));
      },
    };
    Object.assign(process, { parentPort });
    loadCached(join(out, 'backend', 'backend.cjs'), keep);
  });

/** Milliseconds for everything. */
const timeoutMs = 50_000;
setTimeout(() => {
  process.stderr.write('The console did not start.\n');
  app.exit(1);
}, timeoutMs);

const record = async (page: WebContents) => {
  // The console then loads its client, starts its own backend and asks it.
  await page.executeJavaScript('resetDesk.server.useThisComputer()');
  await startBackend();
  for (const [file, script] of scripts) keepCompiled(file, script);
  app.exit(0);
};

app.on('web-contents-created', (_event, page) => {
  page.once('did-finish-load', () => {
    record(page).catch((thrown: unknown) => {
      process.stderr.write(`${String(thrown)}\n`);
      app.exit(1);
    });
  });
});
keepYoungHeapSmall();
loadCached(join(out, 'main', 'console.cjs'), keep);
