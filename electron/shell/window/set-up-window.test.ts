import type { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { setUpWindow } from './set-up-window.ts';

type Opened = EventEmitter & {
  readonly options: BrowserWindowConstructorOptions;
  readonly addresses: string[];
  readonly acts: string[];
};

const electron = await vi.hoisted(async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  const opened: Opened[] = [];
  class BrowserWindow extends Emitter {
    readonly options: unknown;
    readonly addresses: string[] = [];
    readonly webContents = new Emitter();
    readonly acts: string[] = [];
    isMinimized = () => false;
    isFullScreen = () => true;
    setContentProtection = (isOn: boolean) => void this.acts.push(`protect ${isOn}`);
    show = () => void this.acts.push('show');
    hide = () => void this.acts.push('hide');
    minimize = () => void this.acts.push('minimize');
    constructor(options: unknown) {
      super();
      this.options = options;
      opened.push(this as never);
    }
    loadURL(address: string) {
      this.addresses.push(address);
      this.webContents.emit('dom-ready');
      return Promise.resolve();
    }
  }
  const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } };
  return {
    opened,
    BrowserWindow,
    nativeTheme: { shouldUseDarkColors: false },
    screen: { getPrimaryDisplay: () => display, getAllDisplays: () => [display] },
  };
});
vi.mock('electron', () => electron);

describe('the window of the console', () => {
  const concealed: string[] = [];
  const session = { name: 'the page session' };
  const open = (isDevelopment = false, { opensInBackground = false, staysInTray = false } = {}) => {
    concealed.length = 0;
    electron.opened.length = 0;
    const window = setUpWindow({
      session: session as never,
      preload: '/out/preload/preload.cjs',
      settings: { read: () => ({ window: null }), update: () => undefined } as never,
      log: { info: () => undefined, warn: () => undefined, unexpected: () => '' },
      isDevelopment,
      opensInactive: false,
      opensInBackground,
      hidesOnClose: () => staysInTray,
      onConceal: (why) => concealed.push(why),
      onPageFailed: () => undefined,
      quit: () => undefined,
      now: () => 0,
    });
    void window.open();
    const [opened] = electron.opened;
    if (!opened) throw new Error('No window was opened.');
    return opened;
  };
  let opened: Opened;
  beforeEach(() => {
    opened = open();
  });

  it('keeps its page apart from the computer', () => {
    expect(opened.options.webPreferences).toEqual({
      preload: '/out/preload/preload.cjs',
      session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      devTools: false,
    });
    expect(open(true).options.webPreferences?.devTools).toBe(true);
  });

  it.each<[NodeJS.Platform, readonly string[]]>([
    ['win32', ['protect true', 'show']],
    ['darwin', ['protect true', 'show']],
    // There is no such protection on Linux.
    ['linux', ['show']],
  ])('is kept out of screenshots and recordings on %s', (platform, acts) => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue(platform);
    expect(open().acts).toEqual(acts);
    vi.restoreAllMocks();
  });

  it("is on the display in the page's colour before the page is drawn", () => {
    expect(opened.addresses).toEqual(['app://reset-desk/']);
    expect(opened.options.backgroundColor).toBe('#f8f9fa');
    expect(opened.acts.filter((act) => !act.startsWith('protect'))).toEqual(['show']);
  });

  it.each([
    [{}, ['show']],
    [{ opensInBackground: true }, ['minimize']],
    [{ opensInBackground: true, staysInTray: true }, []],
  ])('appears as the start asks for: %j', (start, acts) => {
    const started = open(false, start);
    started.emit('ready-to-show');
    expect(started.acts).toEqual(acts);
  });

  it.each([
    [false, [], false],
    [true, ['hide'], true],
  ])(
    'is hidden instead of closed where the console stays in the tray: %j',
    (staysInTray, acts, isPrevented) => {
      const started = open(false, { staysInTray });
      started.acts.length = 0;
      let prevented = false;
      started.emit('close', { preventDefault: () => (prevented = true) });
      expect([started.acts, prevented]).toEqual([acts, isPrevented]);
    },
  );

  it.each([
    ['blur', 'blur'],
    ['hide', 'hidden'],
    ['minimize', 'hidden'],
  ])('hides secrets at %s', (event, why) => {
    opened.emit(event);
    expect(concealed).toEqual([why]);
  });
});
