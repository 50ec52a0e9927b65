import type { ConsoleState } from '../../shared/bridge/state.ts';
import type { Emit } from '../bridge/emitter.ts';
import { setUpMenu } from '../shell/menu/set-up-menu.ts';
import type { Collaborators } from './collaborators.ts';

/** Sets up the menu and keeps it up to date. Returns the function that changes the colour scheme. */
export function composeMenu(
  { settings, managed, appearance, isDevelopment }: Collaborators,
  actions: {
    readonly emit: Emit;
    readonly lock: () => void;
    readonly copyDiagnostics: () => void;
  },
): (scheme: ConsoleState['scheme']) => void {
  const { emit, ...menuActions } = actions;
  const chooseScheme = (scheme: ConsoleState['scheme']) => {
    appearance.choose(scheme);
    update();
  };
  const update = () => {
    const schemeIsManaged = managed.values.ColorScheme !== undefined;
    setUpMenu(
      { scheme: settings.read().scheme, schemeIsManaged, isDevelopment },
      {
        ...menuActions,
        navigate: (to) => {
          emit('navigate', { to });
        },
        chooseScheme,
      },
    );
  };
  update();
  return chooseScheme;
}
