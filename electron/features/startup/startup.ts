import type { ConsoleState } from '../../../shared/bridge/state.ts';
import type { ManagedState } from '../../../shared/managed/managed-settings.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import type { SettingsFile } from '../../services/settings-file/settings-file.ts';
import type { Settings } from '../../services/settings-file/settings.ts';

type Startup = ConsoleState['startup'];

/** Whether the console starts with the system and has an icon in the tray: the organisation's choice, else the operator's. */
export const startupOf = ({ startup }: Settings, { values }: ManagedState): Startup => ({
  autostart: values.Autostart ?? startup.autostart,
  tray: values.Tray ?? startup.tray,
});

interface Collaborators {
  readonly settings: SettingsFile;
  readonly managed: ManagedState;
  readonly setAutostart: (isOn: boolean) => void;
  readonly setTray: (isShown: boolean) => void;
}

/** Applies what was chosen, and changes it. */
export function createStartup({ settings, managed, setAutostart, setTray }: Collaborators): {
  /** At the start: the tray, and an autostart that may be missing or name an older program. */
  readonly apply: () => void;
  /** Throws `console.managed` for a change of what the organisation manages. */
  readonly choose: (chosen: Startup) => void;
} {
  const { Autostart, Tray } = managed.values;
  return {
    apply: () => {
      const { autostart, tray } = startupOf(settings.read(), managed);
      // What the operator switched off in the system's own settings stays off, unless the organisation decides.
      if (autostart || Autostart !== undefined) setAutostart(autostart);
      if (tray) setTray(true);
    },
    choose: (chosen) => {
      const before = startupOf(settings.read(), managed);
      const isRefused =
        (Autostart !== undefined && chosen.autostart !== before.autostart) ||
        (Tray !== undefined && chosen.tray !== before.tray);
      if (isRefused) throw new ConsoleFailure('console.managed');
      settings.update((stored) => ({
        ...stored,
        startup: {
          autostart: Autostart === undefined ? chosen.autostart : stored.startup.autostart,
          tray: Tray === undefined ? chosen.tray : stored.startup.tray,
        },
      }));
      if (chosen.autostart !== before.autostart) setAutostart(chosen.autostart);
      if (chosen.tray !== before.tray) setTray(chosen.tray);
    },
  };
}
