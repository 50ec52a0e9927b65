import { app } from 'electron';
import type { Notices } from '../features/notices/notices.ts';
import { createRecoveryLimit } from '../limits/recovery-limit.ts';
import type { Log } from '../log/log.ts';
import type { SettingsFile } from '../services/settings-file/settings-file.ts';

interface Collaborators {
  readonly settings: SettingsFile;
  readonly notices: Notices;
  readonly version: string;
  readonly log: Log;
  readonly now: () => number;
}

/** After the third failure within a minute, graphics hardware is no longer used. */
const limit = { max: 2, withinMs: 60_000 } as const;

/**
 * Keeps a failing graphics process from ending the console, which Chromium does after six failures; the temporary passwords in main would be
 * lost. The next start of this version draws without graphics hardware. Must run before Electron is ready.
 */
export function setUpGraphics({ settings, notices, version, log, now }: Collaborators): void {
  app.commandLine.appendSwitch('disable-gpu-process-crash-limit');
  if (settings.read().graphicsFailedIn === version) app.disableHardwareAcceleration();
  const { mayRecover } = createRecoveryLimit({ ...limit, now });
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (type !== 'GPU' || reason === 'clean-exit') return;
    log.warn('graphics process exited', { reason, exitCode });
    if (mayRecover() || settings.read().graphicsFailedIn === version) return;
    notices.add('graphics-failed');
    settings.update((before) => ({ ...before, graphicsFailedIn: version }));
  });
}
