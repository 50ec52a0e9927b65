import type { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Log } from '../../log/log.ts';
import { setUpNavigationGuards } from './set-up-navigation-guards.ts';

const { app, newEmitter } = await vi.hoisted(async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  return { app: new Emitter(), newEmitter: () => new Emitter() };
});
vi.mock('electron', () => ({ app }));

interface Attempt {
  readonly url: string;
  readonly isMainFrame: boolean;
}
type OpenHandler = (details: { url: string }) => { action: string };

/** Addresses to which no content may go, however they are asked for. */
const elsewhere = [
  'https://evil.example.com/',
  'http://127.0.0.1:8080/',
  'app://evil/',
  'app://reset-desk.evil/',
  'app://reset-desk/assets/index.js',
  'app://reset-desk/index.html',
  'app://reset-desk',
  'app://user@reset-desk/',
  'file:///etc/passwd',
  'data:text/html,x',
  'blob:app://reset-desk/1',
  'javascript:alert(1)',
  'about:blank',
  'view-source:app://reset-desk/',
  'mailto:ann@example.com',
  '',
];

describe('web contents of the console', () => {
  const lines: string[] = [];
  let contents: EventEmitter;
  let onOpen: OpenHandler | null;
  let webRtc: string | null;
  beforeEach(() => {
    lines.length = 0;
    onOpen = null;
    webRtc = null;
    app.removeAllListeners();
    const log: Log = {
      info: () => undefined,
      warn: (message, facts) => lines.push(message + JSON.stringify(facts ?? {})),
      unexpected: () => '',
    };
    setUpNavigationGuards(log);
    contents = Object.assign(newEmitter(), {
      setWebRTCIPHandlingPolicy: (policy: string) => {
        webRtc = policy;
      },
      setWindowOpenHandler: (handler: OpenHandler) => {
        onOpen = handler;
      },
    });
    app.emit('web-contents-created', {}, contents);
  });
  /** Whether an event was prevented. */
  const isPrevented = (event: string, attempt: object): boolean => {
    const preventDefault = vi.fn<() => void>();
    contents.emit(event, { ...attempt, preventDefault });
    return preventDefault.mock.calls.length > 0;
  };

  describe.each(['will-frame-navigate', 'will-redirect'])('at the event %s', (event) => {
    it.each(['app://reset-desk/', 'app://reset-desk/#/queue'])('stay on the page: %s', (url) => {
      expect(isPrevented(event, { url, isMainFrame: true } satisfies Attempt)).toBe(false);
    });

    it.each(elsewhere)('go nowhere else: %s', (url) => {
      for (const isMainFrame of [true, false])
        expect(isPrevented(event, { url, isMainFrame } satisfies Attempt)).toBe(true);
    });

    it('load no page into a frame, not even the own one', () => {
      expect(isPrevented(event, { url: 'app://reset-desk/', isMainFrame: false })).toBe(true);
    });
  });

  it('send no datagram past the request filter', () => {
    expect(webRtc).toBe('disable_non_proxied_udp');
  });

  it('attach no web view', () => {
    expect(isPrevented('will-attach-webview', {})).toBe(true);
  });

  it.each(['https://evil.example.com/', 'app://reset-desk/', 'about:blank'])('open no window: %s', (url) => {
    expect(onOpen?.({ url })).toEqual({ action: 'deny' });
  });

  it('write no refused address to the log', () => {
    for (const url of elsewhere)
      isPrevented('will-frame-navigate', { url: `${url}?token=abc`, isMainFrame: true });
    onOpen?.({ url: 'https://evil.example.com/?token=abc' });
    expect(lines).not.toEqual([]);
    expect(lines.join('\n')).not.toMatch(/evil|token|etc/);
  });
});
