import { fileURLToPath } from 'node:url';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { Entrance } from '../screens/entrance.ts';

/** What each kind of frame gave when the page made it. */
interface Frame {
  readonly name: string;
  /** Whether it shows what it was told to load, instead of nothing or an error page. */
  readonly hasContent: boolean;
  /** The codes with which main answered all calls of the bridge; null without a bridge. */
  readonly answers: readonly string[] | null;
}

const preloadInSubframes = fileURLToPath(new URL('../fixtures/preload-in-subframes.cjs', import.meta.url));

/** Runs in the page. Makes a frame of every kind that could have the page's origin or none. */
async function makeFrames(): Promise<void> {
  const content = '<p>content of a frame</p>';
  const kinds: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    blank: { src: 'about:blank' },
    srcdoc: { srcdoc: content },
    sandboxed: { srcdoc: content, sandbox: 'allow-scripts' },
    data: { src: `data:text/html,${content}` },
    blob: { src: URL.createObjectURL(new Blob([content], { type: 'text/html' })) },
    page: { src: '/' },
    web: { src: 'https://example.com/' },
  };
  for (const [name, attributes] of Object.entries(kinds)) {
    const frame = document.createElement('iframe');
    frame.name = name;
    for (const [key, value] of Object.entries(attributes)) frame.setAttribute(key, value);
    const loaded = new Promise((resolve) => {
      frame.addEventListener('load', resolve);
    });
    document.body.append(frame);
    await loaded;
  }
}

/** Makes the frames and lets each call everything that it finds in its bridge. Main runs the calls in the frames, which Playwright cannot reach all. */
async function callFromFrames(window: Page, app: ElectronApplication): Promise<readonly Frame[]> {
  await window.evaluate(makeFrames);
  return app.evaluate(async ({ BrowserWindow }) => {
    const frames = BrowserWindow.getAllWindows()[0]?.webContents.mainFrame.frames ?? [];
    return Promise.all(
      frames.map(async (frame): Promise<Frame> => ({
        name: frame.name,
        hasContent: (await frame.executeJavaScript('document.body.textContent')) !== '',
        answers: (await frame.executeJavaScript(`
          'resetDesk' in globalThis
            ? Promise.all(
                Object.values(resetDesk)
                  .flatMap((group) => (typeof group === 'function' ? [] : Object.values(group)))
                  .map((call) => call().then(({ failure }) => failure?.code ?? 'answered')),
              )
            : null
        `)) as readonly string[] | null,
      })),
    );
  });
}

test('no frame inside the page has a bridge, and none loads an address', async ({ launchConsole }) => {
  const { window, app } = await launchConsole();
  await new Entrance(window).useThisComputer.waitFor();
  expect(await callFromFrames(window, app)).toEqual([
    { name: 'blank', hasContent: false, answers: null },
    // The content is the page's own; its policy holds there, too.
    { name: 'srcdoc', hasContent: true, answers: null },
    { name: 'sandboxed', hasContent: true, answers: null },
    { name: 'data', hasContent: false, answers: null },
    { name: 'blob', hasContent: false, answers: null },
    { name: 'page', hasContent: false, answers: null },
    { name: 'web', hasContent: false, answers: null },
  ]);
});

test('main refuses every call from a frame inside the page, even if it has a bridge', async ({
  launchConsole,
}) => {
  const { window, app } = await launchConsole({}, ['-r', preloadInSubframes]);
  await new Entrance(window).useThisComputer.waitFor();
  const frames = await callFromFrames(window, app);
  const withBridge = frames.filter(({ answers }) => answers !== null);
  // One of these has the page's origin, the others have none.
  expect(withBridge.map(({ name }) => name)).toEqual(['srcdoc', 'sandboxed', 'data', 'blob', 'page', 'web']);
  for (const { name, answers } of withBridge) {
    expect(answers?.length, name).toBeGreaterThan(100);
    expect(new Set(answers), name).toEqual(new Set(['bridge.refused']));
  }
});
