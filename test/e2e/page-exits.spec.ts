import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { ElectronApplication } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { Entrance } from '../screens/entrance.ts';

/** Counts what reaches a port of this computer: datagrams by UDP, connections by TCP. */
async function listenForLeaks() {
  const received: string[] = [];
  const udp = createSocket('udp4').on('message', () => received.push('datagram'));
  udp.bind(0, '127.0.0.1');
  await once(udp, 'listening');
  const tcp = createServer((socket) => {
    received.push('connection');
    socket.destroy();
  });
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  return {
    received,
    udpPort: udp.address().port,
    tcpPort: (tcp.address() as AddressInfo).port,
    close: () => {
      udp.close();
      tcp.close();
    },
  };
}

test('no script of the page reaches the network', async ({ launchConsole }) => {
  const leaks = await listenForLeaks();
  const { window, app } = await launchConsole();
  await new Entrance(window).useThisComputer.waitFor();
  const opened = await spyOnShell(app);
  const tried = await window.evaluate(
    async ({ udpPort, tcpPort }) => {
      const http = `http://127.0.0.1:${tcpPort}/`;
      const outcomes: Record<string, string> = {};
      const attempt = async (name: string, work: () => unknown) => {
        try {
          const done = Promise.resolve(work()).then(
            () => 'done',
            (thrown: unknown) => `refused: ${String(thrown).slice(0, 60)}`,
          );
          const late = new Promise<string>((resolve) => {
            setTimeout(resolve, 3000, 'no answer');
          });
          outcomes[name] = await Promise.race([done, late]);
        } catch (thrown) {
          outcomes[name] = `refused: ${String(thrown).slice(0, 60)}`;
        }
      };
      const append = (tag: string, attributes: Record<string, string>) =>
        new Promise<void>((resolve, reject) => {
          const element = document.createElement(tag);
          for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
          element.addEventListener('load', () => resolve());
          element.addEventListener('error', () => reject(new Error('error event')));
          document.body.append(element);
        });
      /** Gathers candidates by STUN and TURN, by UDP and TCP. */
      const connectPeers = async (from: typeof globalThis) => {
        const connection = new from.RTCPeerConnection({
          iceServers: [
            { urls: [`stun:127.0.0.1:${udpPort}`, `stun:localhost:${udpPort}`] },
            {
              urls: [
                `turn:127.0.0.1:${udpPort}`,
                `turn:127.0.0.1:${tcpPort}?transport=tcp`,
                `turns:127.0.0.1:${tcpPort}?transport=tcp`,
              ],
              username: 'secret',
              credential: 'secret',
            },
          ],
        });
        connection.createDataChannel('out');
        await connection.setLocalDescription();
        await new Promise<void>((resolve) => {
          connection.addEventListener('icegatheringstatechange', () => {
            if (connection.iceGatheringState === 'complete') resolve();
          });
        });
      };
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const inner = frame.contentWindow as unknown as typeof globalThis;
      await Promise.all([
        attempt('WebRTC', () => connectPeers(globalThis)),
        attempt('WebRTC in a frame', () => connectPeers(inner)),
        attempt('fetch', () => fetch(http, { mode: 'no-cors' })),
        attempt('fetch in a frame', () => inner.fetch(http, { mode: 'no-cors' })),
        attempt('XMLHttpRequest', () => {
          const request = new XMLHttpRequest();
          request.open('GET', http, false);
          request.send();
        }),
        attempt('WebSocket', () => {
          const socket = new WebSocket(`ws://127.0.0.1:${tcpPort}/`);
          return new Promise((_resolve, reject) => {
            socket.addEventListener('error', () => reject(new Error('error event')));
          });
        }),
        attempt('EventSource', () => new EventSource(http)),
        attempt('WebTransport', () => new inner.WebTransport(`https://127.0.0.1:${udpPort}/`).ready),
        attempt('beacon', () => navigator.sendBeacon(http, 'secret')),
        attempt('image', () => append('img', { src: http })),
        attempt('script', () => append('script', { src: http })),
        attempt('style', () => append('link', { rel: 'stylesheet', href: http })),
        attempt('prefetch', () => append('link', { rel: 'prefetch', href: http })),
        attempt('preload', () => append('link', { rel: 'preload', href: http, as: 'image' })),
        attempt('module preload', () => append('link', { rel: 'modulepreload', href: http })),
        attempt('icon', () => append('link', { rel: 'icon', href: http })),
        attempt('manifest', () => append('link', { rel: 'manifest', href: http })),
        attempt('preconnect', () => append('link', { rel: 'preconnect', href: http })),
        attempt('DNS prefetch', () =>
          append('link', { rel: 'dns-prefetch', href: `//localhost:${tcpPort}` }),
        ),
        attempt('prerender', () =>
          append('script', { type: 'speculationrules' }).then(
            () => undefined,
            () => undefined,
          ),
        ),
        attempt('frame', () => append('iframe', { src: http })),
        attempt('object', () => append('object', { data: http })),
        attempt('embed', () => append('embed', { src: http })),
        attempt('video', () => append('video', { src: http, preload: 'auto' })),
        attempt('font', () => new FontFace('out', `url(${http})`).load()),
        attempt('worker', () => new Worker(http)),
        attempt('service worker', () => navigator.serviceWorker.register('/worker.js')),
        attempt('worklet', () => CSS && new AudioContext().audioWorklet.addModule(http)),
        attempt('import', () => import(/* @vite-ignore */ `${http}x.js`)),
        attempt('window', () => globalThis.open(http)),
        attempt('form', () => {
          const form = document.createElement('form');
          form.action = http;
          form.method = 'POST';
          document.body.append(form);
          form.submit();
        }),
        attempt('link with ping', () => {
          const link = document.createElement('a');
          link.href = '#x';
          link.ping = http;
          document.body.append(link);
          link.click();
        }),
        attempt('download', () => {
          const link = document.createElement('a');
          link.href = http;
          link.download = 'x';
          document.body.append(link);
          link.click();
        }),
        attempt('navigation', () => {
          location.href = http;
        }),
      ]);
      return outcomes;
    },
    { udpPort: leaks.udpPort, tcpPort: leaks.tcpPort },
  );
  expect(Object.keys(tried).length).toBeGreaterThan(30);
  expect(tried['WebRTC']).toMatch(/^refused/);
  expect(await opened()).toEqual([]);
  expect(window.url()).toMatch(/^app:\/\/reset-desk\//);
  // What was sent before it has arrived once this has.
  const control = createSocket('udp4');
  control.send('control', leaks.udpPort, '127.0.0.1');
  await expect.poll(() => leaks.received, { message: JSON.stringify(tried) }).toEqual(['datagram']);
  control.close();
  leaks.close();
});

test('the page gets no permission, no window and no other address', async ({ launchConsole }) => {
  const { window, app } = await launchConsole();
  await new Entrance(window).useThisComputer.waitFor();
  const opened = await spyOnShell(app);
  const addresses = [
    'https://evil.example/',
    'http://127.0.0.1:1/',
    'file:///etc/passwd',
    'app://other-host/',
    'app://reset-desk/other.html',
    'data:text/html,x',
    'javascript:void(0)',
    'chrome://gpu',
    'devtools://devtools/bundled/inspector.html',
    'mailto:x@example.com',
  ];
  const permission = await window.evaluate(async (targets) => {
    for (const address of targets) {
      globalThis.open(address);
      globalThis.open(address, '_self');
      location.assign(address);
    }
    const media = navigator.mediaDevices as MediaDevices | undefined;
    return {
      notification: await Notification.requestPermission(),
      camera: await (media?.getUserMedia({ video: true }) ?? Promise.reject(new Error('none'))).then(
        () => 'granted',
        () => 'denied',
      ),
      clipboard: await navigator.clipboard.readText().then(
        () => 'granted',
        () => 'denied',
      ),
      place: await new Promise((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          () => resolve('denied'),
        );
      }),
    };
  }, addresses);
  expect(permission).toEqual({
    notification: 'denied',
    camera: 'denied',
    clipboard: 'denied',
    place: 'denied',
  });
  expect(app.windows()).toHaveLength(1);
  expect(await opened()).toEqual([]);
  // Asked in main: Playwright would wait for the end of the refused navigations.
  const shown = await app.evaluate(async ({ BrowserWindow }) => {
    const [only] = BrowserWindow.getAllWindows();
    const hasButton = `document.querySelector('[data-testid=choose-server-here]') !== null`;
    return {
      url: only?.webContents.getURL(),
      hasButton: await only?.webContents.executeJavaScript(hasButton),
    };
  });
  expect(shown).toEqual({ url: 'app://reset-desk/', hasButton: true });
});

test('a page that a script navigates away is loaded again, and after repeated navigations the console asks what to do', async ({
  launchConsole,
}) => {
  const { window, app } = await launchConsole();
  const { useThisComputer } = new Entrance(window);
  await useThisComputer.waitFor();
  await app.evaluate(({ dialog }) => {
    const asked: Electron.MessageBoxOptions[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = (async (_parent: unknown, options: Electron.MessageBoxOptions) => {
      asked.push(options);
      return { response: 0, checkboxChecked: false };
    }) as never;
  });
  const asked = () =>
    app.evaluate(() =>
      (globalThis as unknown as { asked: { message: string }[] }).asked.map((a) => a.message),
    );
  const ways = [
    () => {
      location.href = 'about:blank';
    },
    () => {
      location.replace('about:blank');
    },
    () => {
      history.pushState(null, '', '/elsewhere');
    },
  ];
  for (const [number, way] of ways.entries()) {
    await window.evaluate((at) => Object.assign(globalThis, { marked: at }), number);
    await window.evaluate(way).catch(() => undefined);
    await window.waitForFunction(
      (at) =>
        (globalThis as unknown as { marked?: number }).marked !== at && location.href === 'app://reset-desk/',
      number,
    );
    await expect(useThisComputer).toBeVisible();
  }
  await expect(window.getByTestId('notice-page-failed')).toContainText('was loaded again');
  expect(await asked()).toEqual([]);
  await window.evaluate(ways[0] as () => void).catch(() => undefined);
  await expect.poll(asked).toEqual(['The window of Reset Desk keeps failing.']);
  await expect(useThisComputer).toBeVisible();
  await window.getByTestId('notice-page-failed').getByRole('button').click();
  await expect(window.getByTestId('notice-page-failed')).toBeHidden();
});

/** Records what the console asks the system to open. */
async function spyOnShell(app: ElectronApplication) {
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (address: string) => void opened.push(address);
    shell.openPath = async (path: string) => {
      opened.push(path);
      return '';
    };
  });
  return () => app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
}
