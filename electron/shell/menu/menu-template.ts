import type { MenuItemConstructorOptions } from 'electron';
import type { EventValue } from '../../../shared/bridge/contract.ts';
import { menuTexts as texts } from './menu-texts.ts';

type Scheme = 'system' | 'light' | 'dark';

/** The actions of the menu's entries. */
export interface MenuActions {
  readonly navigate: (to: EventValue<'navigate'>['to']) => void;
  readonly lock: () => void;
  readonly chooseScheme: (scheme: Scheme) => void;
  readonly copyDiagnostics: () => void;
  readonly about: () => void;
}

export interface MenuContext {
  readonly platform: NodeJS.Platform;
  readonly appName: string;
  readonly scheme: Scheme;
  /** The organisation manages the scheme, so it cannot be changed here. */
  readonly schemeIsManaged: boolean;
  readonly isDevelopment: boolean;
}

const separator: MenuItemConstructorOptions = { type: 'separator' };

/**
 * The menu by each platform's conventions: on macOS, Settings and Quit are in the app menu and closing the window does not quit;
 * elsewhere they are in the File menu, and About is in the Help menu.
 */
export function menuTemplate(context: MenuContext, actions: MenuActions): MenuItemConstructorOptions[] {
  const { platform, appName, scheme, schemeIsManaged, isDevelopment } = context;
  const isMac = platform === 'darwin';
  const entry = (label: string, click: () => void, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click,
    ...(accelerator !== undefined && { accelerator }),
  });
  const go = (label: string, to: Parameters<MenuActions['navigate']>[0], accelerator?: string) =>
    entry(
      label,
      () => {
        actions.navigate(to);
      },
      accelerator,
    );
  const about = entry(texts.about(appName), actions.about);
  const settings = go(texts.settings, 'settings', 'CmdOrCtrl+,');
  const schemes: readonly [Scheme, string][] = [
    ['system', texts.system],
    ['light', texts.light],
    ['dark', texts.dark],
  ];

  const appMenu: MenuItemConstructorOptions = {
    label: appName,
    submenu: [
      about,
      separator,
      settings,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
  return [
    ...(isMac ? [appMenu] : []),
    {
      label: texts.file,
      submenu: [
        go(texts.importAccounts, 'import'),
        separator,
        entry(texts.lock, actions.lock, 'CmdOrCtrl+Shift+L'),
        separator,
        ...(isMac ? [{ role: 'close' } as const] : [settings, separator, { role: 'quit' } as const]),
      ],
    },
    { role: 'editMenu', label: texts.edit },
    {
      label: texts.view,
      submenu: [
        go(texts.search, 'search', 'CmdOrCtrl+K'),
        go(texts.desk, 'desk'),
        go(texts.cases, 'cases'),
        separator,
        {
          label: texts.appearance,
          submenu: schemes.map(([value, label]) => ({
            label,
            type: 'radio',
            checked: value === scheme,
            enabled: !schemeIsManaged,
            click: () => {
              actions.chooseScheme(value);
            },
          })),
        },
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(isDevelopment ? [separator, { role: 'toggleDevTools' } as const] : []),
      ],
    },
    ...(isMac ? [{ role: 'windowMenu' } as const] : []),
    {
      role: 'help',
      label: texts.help,
      submenu: [
        go(texts.keys, 'keys', 'CmdOrCtrl+/'),
        go(texts.documentation, 'documentation'),
        go(texts.report, 'report'),
        entry(texts.copyDiagnostics, actions.copyDiagnostics),
        separator,
        go(texts.licences, 'licences'),
        ...(isMac ? [] : [about]),
      ],
    },
  ];
}
