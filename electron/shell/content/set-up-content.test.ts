import type { Session } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { declarePageScheme, setUpContent } from './set-up-content.ts';

const { registerSchemes } = vi.hoisted(() => ({ registerSchemes: vi.fn<(schemes: unknown) => void>() }));
vi.mock('electron', () => ({ protocol: { registerSchemesAsPrivileged: registerSchemes } }));

type OnRequest = (details: { url: string }, answer: (response: { cancel: boolean }) => void) => void;

describe('the network of the page', () => {
  let onRequest: OnRequest;
  const served: string[] = [];
  let request: (asked: { method: string; url: string }, answer: () => void) => void;
  let events: string[];
  beforeEach(() => {
    served.length = 0;
    events = [];
    const session = {
      protocol: {
        registerBufferProtocol: (scheme: string, handler: typeof request) => {
          served.push(scheme);
          request = handler;
        },
      },
      webRequest: {
        onBeforeRequest: (listener: OnRequest) => {
          onRequest = listener;
        },
      },
    };
    setUpContent(
      session as unknown as Session,
      '/nowhere',
      () => null,
      () => events.push('served'),
    );
  });
  const isCancelled = (url: string): boolean => {
    const answer = vi.fn<(response: { cancel: boolean }) => void>();
    onRequest({ url }, answer);
    const [first] = answer.mock.calls;
    if (!first) throw new Error('The request was not answered.');
    return first[0].cancel;
  };

  it.each([
    'app://reset-desk/',
    'app://reset-desk/assets/index.js',
    'data:image/png;base64,',
    'blob:app://reset-desk/1',
  ])('reaches its own files: %s', (url) => {
    expect(isCancelled(url)).toBe(false);
  });

  it.each([
    'https://evil.example.com/',
    'http://127.0.0.1:8080/',
    'http://localhost/',
    'ws://127.0.0.1/',
    'wss://evil.example.com/',
    'ftp://evil.example.com/',
    'file:///etc/passwd',
    'app://reset-desk.evil/',
    'app://evil/',
    'https://evil.example.com/?app://reset-desk/',
    'https://data:x@evil.example.com/',
    'chrome-extension://x/',
  ])('reaches nothing else: %s', (url) => {
    expect(isCancelled(url)).toBe(true);
  });

  it('has its file before anything else is begun', async () => {
    request({ method: 'GET', url: 'app://reset-desk/' }, () => events.push('answered'));
    await expect.poll(() => events).toEqual(['answered', 'served']);
  });

  it('is served by one standard scheme in a secure context', () => {
    expect(served).toEqual(['app']);
    declarePageScheme();
    expect(registerSchemes.mock.calls).toEqual([
      [[{ scheme: 'app', privileges: { standard: true, secure: true, codeCache: true } }]],
    ]);
  });
});
