import { createContext, useContext } from 'react';
import type { ConsoleState } from '../../../shared/bridge/state.ts';

interface StartupInUse {
  readonly startup: ConsoleState['startup'];
  /** Main has stored the choice. */
  readonly onChosen: (chosen: ConsoleState['startup']) => void;
}

export const StartupContext = createContext<StartupInUse>({
  startup: { autostart: false, tray: false },
  onChosen: () => undefined,
});

/** Whether the console starts with the system and has an icon in the tray. */
export const useStartup = (): StartupInUse => useContext(StartupContext);
