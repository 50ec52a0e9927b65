/** Ports of this computer that listen for leaks. */
export interface Ports {
  readonly udpPort: number;
  readonly tcpPort: number;
}

/** The state that the functions below share in the page. Each function is sent there separately, as text. */
interface Attempts {
  /** The outcome of each way that was tried, by its name. */
  readonly outcomes: Record<string, string>;
  readonly attempt: (name: string, work: () => unknown) => Promise<void>;
  readonly append: (tag: string, attributes: Record<string, string>) => Promise<void>;
}
declare global {
  var attempts: Attempts;
}

/** Runs in the page. Prepares the attempts; each may take 3 s. */
export function prepareAttempts(): void {
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
  globalThis.attempts = { outcomes, attempt, append };
}

/** Runs in the page. Tries every browser interface that sends requests. */
export async function tryRequests({ udpPort, tcpPort }: Ports): Promise<void> {
  const { attempt } = globalThis.attempts;
  const http = `http://127.0.0.1:${tcpPort}/`;
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
    attempt('font', () => new FontFace('out', `url(${http})`).load()),
    attempt('worker', () => new Worker(http)),
    attempt('service worker', () => navigator.serviceWorker.register('/worker.js')),
    attempt('worklet', () => CSS && new AudioContext().audioWorklet.addModule(http)),
    attempt('import', () => import(/* @vite-ignore */ `${http}x.js`)),
  ]);
}

/** Runs in the page. Tries the elements that load something. */
export async function tryElements({ tcpPort }: Ports): Promise<void> {
  const { attempt, append } = globalThis.attempts;
  const http = `http://127.0.0.1:${tcpPort}/`;
  await Promise.all([
    attempt('image', () => append('img', { src: http })),
    attempt('script', () => append('script', { src: http })),
    attempt('style', () => append('link', { rel: 'stylesheet', href: http })),
    attempt('prefetch', () => append('link', { rel: 'prefetch', href: http })),
    attempt('preload', () => append('link', { rel: 'preload', href: http, as: 'image' })),
    attempt('module preload', () => append('link', { rel: 'modulepreload', href: http })),
    attempt('icon', () => append('link', { rel: 'icon', href: http })),
    attempt('manifest', () => append('link', { rel: 'manifest', href: http })),
    attempt('preconnect', () => append('link', { rel: 'preconnect', href: http })),
    attempt('DNS prefetch', () => append('link', { rel: 'dns-prefetch', href: `//localhost:${tcpPort}` })),
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
  ]);
}

/** Runs in the page. Tries to leave it. This is the last attempt, since a successful one ends the page. */
export async function tryNavigations({ tcpPort }: Ports): Promise<Record<string, string>> {
  const { attempt, outcomes } = globalThis.attempts;
  const http = `http://127.0.0.1:${tcpPort}/`;
  await Promise.all([
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
}

/** Runs in the page. Tries each way to open each address, and returns the number of attempts. None of them waits for its end. */
export function tryAddresses(addresses: readonly string[]): number {
  const click = (address: string, attributes: Record<string, string>) => {
    const link = document.createElement('a');
    link.href = address;
    for (const [name, value] of Object.entries(attributes)) link.setAttribute(name, value);
    document.body.append(link);
    link.click();
    link.remove();
  };
  const submit = (address: string, method: string, target: string) => {
    const form = document.createElement('form');
    Object.assign(form, { action: address, method, target });
    document.body.append(form);
    form.submit();
    form.remove();
  };
  const frame = (change: (element: HTMLIFrameElement) => void) => {
    const element = document.createElement('iframe');
    document.body.append(element);
    change(element);
    element.remove();
  };
  const ways: readonly ((address: string) => void)[] = [
    (address) => globalThis.open(address),
    (address) => globalThis.open(address, '_self'),
    (address) => globalThis.open(address, '_top'),
    (address) => globalThis.open(address, 'named', 'popup,noopener'),
    (address) => location.assign(address),
    (address) => location.replace(address),
    (address) => {
      document.location.href = address;
    },
    (address) => click(address, {}),
    (address) => click(address, { target: '_blank' }),
    (address) => click(address, { target: '_top', rel: 'opener' }),
    (address) => click(address, { download: 'x' }),
    (address) => submit(address, 'get', '_self'),
    (address) => submit(address, 'post', '_blank'),
    (address) =>
      frame((element) => {
        element.src = address;
      }),
    (address) =>
      frame((element) => {
        element.contentWindow?.location.replace(address);
      }),
    (address) =>
      frame((element) => {
        element.srcdoc = `<meta http-equiv="refresh" content="0;url=${address}"><base target="_top">`;
      }),
  ];
  for (const address of addresses)
    for (const way of ways)
      try {
        way(address);
      } catch {
        // Refused at once.
      }
  return addresses.length * ways.length;
}
