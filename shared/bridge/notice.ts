import { z } from 'zod';

/** What happened to the console on this computer that the operator has to know. */
export const noticeKinds = [
  /** The page's process ended unexpectedly, and the page was loaded again. */
  'page-failed',
  /** The settings file was damaged. It was kept under another name, `detail`, and the defaults are used. */
  'settings-damaged',
  /** The settings file was written by a newer version. It was kept under another name, `detail`. */
  'settings-newer',
  /** The settings file cannot be read (`detail`: the system's code). The defaults are used, and the file is left alone. */
  'settings-unreadable',
  /** The settings cannot be saved (`detail`: the system's code) and are kept in memory only. */
  'settings-unwritable',
  /** The graphics process keeps failing. The console draws without graphics hardware from its next start on. */
  'graphics-failed',
  /** The keychain has taken the session's token before, and refuses it now. */
  'keychain-lost',
  /** The server is newer, and some entries of its lists were left out. */
  'server-newer',
  /** A newer version (`detail`) is available. */
  'update-available',
  /** A newer version (`detail`) is prepared and starts with the next start of the console. */
  'update-ready',
] as const;

export const notice = z.object({ kind: z.enum(noticeKinds), detail: z.string().nullable() });
export type Notice = z.infer<typeof notice>;
