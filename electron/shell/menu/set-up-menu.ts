import { app, Menu } from 'electron';
import { menuTemplate, type MenuActions } from './menu-template.ts';

/** Puts the menu up; `scheme` is what is chosen now. Call it again when that changes. */
export function setUpMenu(
  scheme: 'system' | 'light' | 'dark',
  developing: boolean,
  actions: Omit<MenuActions, 'about'>,
): void {
  app.setAboutPanelOptions({
    applicationName: app.name,
    applicationVersion: app.getVersion(),
    copyright: 'Reset Desk',
  });
  const about = () => {
    app.showAboutPanel();
  };
  const situation = { platform: process.platform, appName: app.name, scheme, developing };
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(situation, { ...actions, about })));
}
