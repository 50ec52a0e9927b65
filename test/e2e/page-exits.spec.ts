import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { ElectronApplication } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { Entrance } from '../screens/entrance.ts';
import { prepareAttempts, tryAddresses, tryElements, tryNavigations, tryRequests } from './ways-out.ts';

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
    ports: { udpPort: udp.address().port, tcpPort: (tcp.address() as AddressInfo).port },
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
  await window.evaluate(prepareAttempts);
  await window.evaluate(tryRequests, leaks.ports);
  await window.evaluate(tryElements, leaks.ports);
  const tried = await window.evaluate(tryNavigations, leaks.ports);
  expect(Object.keys(tried).length).toBeGreaterThan(30);
  expect(tried['WebRTC']).toMatch(/^refused/);
  expect(await opened()).toEqual([]);
  expect(window.url()).toMatch(/^app:\/\/reset-desk\//);
  // Once this arrives, everything that was sent before it has arrived.
  const control = createSocket('udp4');
  control.send('control', leaks.ports.udpPort, '127.0.0.1');
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
    'resetdesk://account/jdoe',
    'ms-msdt:/id',
    'blob:app://reset-desk/0',
    'view-source:app://reset-desk/',
    '//evil.example/',
    'app://reset-desk:80/',
    'app://reset-desk.evil.example/',
  ];
  expect(await window.evaluate(tryAddresses, addresses)).toBeGreaterThan(250);
  const permission = await window.evaluate(async () => {
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
  });
  expect(permission).toEqual({
    notification: 'denied',
    camera: 'denied',
    clipboard: 'denied',
    place: 'denied',
  });
  expect(app.windows()).toHaveLength(1);
  expect(await opened()).toEqual([]);
  // Queried in main, because Playwright would wait for the end of the refused navigations.
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

test('a page that a script navigates away is loaded again at most a few times', async ({ launchConsole }) => {
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
  await expect(window.getByTestId('notice-page-failed')).toContainText('was reloaded');
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
