import type { ManagedState } from '../../shared/managed/managed-settings.ts';
import type { HandlerPort } from '../bridge/register.ts';
import type { Notices } from '../features/notices/notices.ts';
import type { Log } from '../log/log.ts';
import type { BackendProcess } from '../services/backend-process/backend-process.ts';
import type { FindProxy } from '../services/reset-api/proxy-choice.ts';
import type { SettingsFile } from '../services/settings-file/settings-file.ts';
import type { SetTimer } from '../services/timers/timers.ts';
import type { setUpAppearance } from '../shell/appearance/set-up-appearance.ts';
import type { ConsoleWindow } from '../shell/window/set-up-window.ts';

export interface Collaborators {
  readonly log: Log;
  readonly settings: SettingsFile;
  readonly managed: ManagedState;
  readonly notices: Notices;
  readonly backend: BackendProcess;
  readonly setupCode: string;
  readonly window: ConsoleWindow;
  readonly appearance: ReturnType<typeof setUpAppearance>;
  /** Receives the page's calls. */
  readonly calls: HandlerPort;
  readonly version: string;
  readonly isDevelopment: boolean;
  readonly now: () => number;
  readonly setTimer: SetTimer;
  /** The system's proxy for an address. */
  readonly findProxy: FindProxy;
}
