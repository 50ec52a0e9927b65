import { app, Menu } from 'electron';
import { menuTemplate, type MenuActions, type MenuContext } from './menu-template.ts';

/** Sets the application menu. `scheme` is checked in it, so call this again when it changes. */
export function setUpMenu(
  choices: Pick<MenuContext, 'scheme' | 'schemeIsManaged' | 'isDevelopment'>,
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
  const context = { platform: process.platform, appName: app.name, ...choices };
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(context, { ...actions, about })));
}
