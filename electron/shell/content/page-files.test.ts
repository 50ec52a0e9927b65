import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  firstScreenOf,
  firstScreensFile,
  screenPlaceholders,
  valuePlaceholders,
} from '../../../shared/bridge/first-screen.ts';
import {
  decodeStartState,
  noncePlaceholder,
  schemePlaceholder,
  startStatePlaceholder,
} from '../../../shared/bridge/start-state.ts';
import type { ConsoleState } from '../../../shared/bridge/state.ts';
import { unmanaged } from '../../../shared/managed/unmanaged.ts';
import { predictedState } from '../../features/server/initial-state.ts';
import { newSettings } from '../../services/settings-file/settings.ts';
import { isPage } from './page-address.ts';
import { createPageFiles } from './page-files.ts';

describe("the page's files", () => {
  let folder: string;
  let serve: ReturnType<typeof createPageFiles>;
  let initialState: ConsoleState | null = null;
  let isDark = false;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reset-desk-'));
    const root = join(folder, 'renderer');
    await mkdir(root);
    await writeFile(
      join(root, 'index.html'),
      `<html class="${schemePlaceholder}"><meta nonce="${noncePlaceholder}"><meta name="start" content="${startStatePlaceholder}">` +
        `${screenPlaceholders.styles}<div>${screenPlaceholders.html}</div>`,
    );
    await writeFile(join(root, firstScreensFile), JSON.stringify({ styles: '', font: '', screens: {} }));
    await writeFile(join(root, 'main.js'), 'void 0;');
    await writeFile(join(root, 'notes.txt'), 'not of the page');
    await writeFile(join(folder, 'secret.js'), 'outside');
    let loads = 0;
    serve = createPageFiles({
      root,
      host: 'reset-desk',
      newNonce: () => `nonce-${(loads += 1)}`,
      initialState: () => initialState,
      isDark: () => isDark,
    });
  });
  afterAll(() => rm(folder, { recursive: true }));
  const get = async (url: string, method = 'GET') => {
    const { status, headers, body } = await serve({ url, method });
    return new Response(new Uint8Array(body), { status, headers });
  };

  it('get a new nonce in the page and its policy at each load', async () => {
    const [first, second] = [await get('app://reset-desk/'), await get('app://reset-desk/index.html')];
    const [one, two] = [await first.text(), await second.text()];
    expect(one).not.toBe(two);
    const nonce = /nonce="([^"]+)"/.exec(one)?.[1] ?? 'none';
    expect(first.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
  });

  it('contain the predicted state, encoded', async () => {
    const start = async () => {
      const page = await (await get('app://reset-desk/')).text();
      return decodeStartState(/name="start" content="([^"]*)"/.exec(page)?.[1] ?? 'none');
    };
    expect(await start()).toBeNull();
    const facts = { keychain: 'ready', platform: 'linux', version: '1.0.0', managed: unmanaged } as const;
    const settings = {
      ...newSettings(),
      current: { kind: 'this-computer' },
      tokenKept: false,
      keychain: 'ready',
      thisComputer: { lastUserName: '"><script>$&ännä', port: null, provider: null },
    } as const;
    initialState = predictedState(settings, facts);
    expect(await start()).toMatchObject({ stage: 'sign-in', lastUserName: '"><script>$&ännä' });
    expect(await (await get('app://reset-desk/')).text()).not.toContain('<script>');
  });

  it('contain the rendered screen of the predicted state, with its values escaped', async () => {
    const facts = { keychain: 'ready', platform: 'linux', version: '1.0.0', managed: unmanaged } as const;
    const settings = {
      ...newSettings(),
      current: { kind: 'this-computer' },
      tokenKept: false,
      keychain: 'ready',
      thisComputer: { lastUserName: `"'><script>$&ä`, port: null, provider: 'Ex & <b>' },
    } as const;
    const state = predictedState(settings, facts);
    const name = state === null ? null : firstScreenOf(state);
    const html = `<input value="${valuePlaceholders.lastUserName}"><b>${valuePlaceholders.provider}</b>`;
    await writeFile(
      join(folder, 'renderer', firstScreensFile),
      JSON.stringify({
        styles: 'b{}',
        font: './assets/inter.woff2',
        screens: { [name ?? 'none']: { html, styles: `<style nonce="${noncePlaceholder}">a{}</style>` } },
      }),
    );
    const page = async () => (await get('app://reset-desk/')).text();
    initialState = state;
    const shown = await page();
    expect(shown).toContain('<input value="&quot;&#x27;&gt;&lt;script&gt;$&amp;ä"><b>Ex &amp; &lt;b&gt;</b>');
    expect(shown).toMatch(/<style nonce="nonce-\d+">b\{\}<\/style><style nonce="nonce-\d+">a\{\}<\/style>/);
    expect(shown).toMatch(/<link rel="preload" as="font" [^>]*href="\.\/assets\/inter\.woff2"><style/);
    // What an organisation manages may change the form.
    initialState = state && { ...state, managed: { ...unmanaged, values: { SignIn: 'provider' } } };
    expect(await page()).toContain('<div></div>');
    initialState = null;
    expect(await page()).toContain('<div></div>');
  });

  it('start in the colours of the system', async () => {
    const scheme = async () => /class="(\w+)"/.exec(await (await get('app://reset-desk/')).text())?.[1];
    expect(await scheme()).toBe('light');
    isDark = true;
    expect(await scheme()).toBe('dark');
  });

  it('are served with a policy without unsafe sources and connections', async () => {
    const policy = (await get('app://reset-desk/main.js')).headers.get('content-security-policy');
    expect(policy).toContain("connect-src 'none'");
    expect(policy).not.toContain('unsafe');
  });

  it.each([
    ['the page', 'app://reset-desk/', 'GET'],
    ['a script', 'app://reset-desk/main.js', 'GET'],
    ['a missing file', 'app://reset-desk/missing.js', 'GET'],
    ['a file outside', 'app://reset-desk/..%2Fsecret.js', 'GET'],
    ['a refused method', 'app://reset-desk/main.js', 'POST'],
  ])('carry every security header: %s', async (_which, url, method) => {
    const { headers } = await get(url, method);
    const policy = (headers.get('content-security-policy') ?? '')
      .replace(/nonce-nonce-\d+/, 'nonce-nonce-N')
      .split('; ');
    expect({ ...Object.fromEntries(headers), 'content-type': '', 'content-security-policy': policy }).toEqual(
      {
        'content-type': '',
        'content-security-policy': [
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self' 'nonce-nonce-N'",
          "img-src 'self' data:",
          "font-src 'self'",
          "connect-src 'none'",
          "object-src 'none'",
          "frame-src 'none'",
          "worker-src 'none'",
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'none'",
        ],
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy':
          'camera=(), microphone=(), geolocation=(), display-capture=(), clipboard-read=(), usb=(), serial=(), hid=(), bluetooth=(), midi=(), payment=(), screen-wake-lock=()',
        'cache-control': 'no-store',
      },
    );
  });

  it.each([
    'app://reset-desk/../secret.js',
    'app://reset-desk/..%2Fsecret.js',
    'app://reset-desk/%2e%2e/secret.js',
    'app://reset-desk/..%5Csecret.js',
    'app://reset-desk/main.js%00.html',
    'app://elsewhere/main.js',
    'app://reset-desk/notes.txt',
    'app://reset-desk/%ZZ',
    'app://reset-desk/missing.js',
  ])('are not served for %s', async (url) => {
    expect((await get(url)).status).toBe(404);
  });

  it('are served for GET only', async () => {
    expect((await get('app://reset-desk/main.js')).status).toBe(200);
    expect((await get('app://reset-desk/main.js', 'POST')).status).toBe(405);
  });
});

it('recognizes only the address of the page', () => {
  expect(['app://reset-desk/', 'app://reset-desk/#case'].every(isPage)).toBe(true);
  const others = ['app://reset-desk/x', 'app://elsewhere/', 'https://reset-desk/', 'about:blank', ''];
  expect(others.filter(isPage)).toEqual([]);
});
