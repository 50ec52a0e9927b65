import { createHash } from 'node:crypto';
import type { EventValue } from '../../../shared/bridge/contract.ts';
import type { Secret } from '../../../shared/secret/secret.ts';
import type { SetTimer } from '../../services/timers/timers.ts';

/** The functions of Electron's clipboard that are used. Newer versions return promises. */
export interface ClipboardPort {
  readonly writeText: (text: string) => void | Promise<void>;
  readonly readText: () => string | Promise<string>;
}

interface Collaborators {
  readonly clipboard: ClipboardPort;
  readonly onChange: (state: EventValue<'clipboard'>) => void;
  readonly now: () => number;
  readonly setTimer: SetTimer;
}

/** How long a copied secret stays in the clipboard. */
const clearAfterMs = 30_000;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Copies secrets, and clears them after 30 s, on lock and on quit, unless something else has been copied in the meantime. */
export function createGuardedClipboard({ clipboard, onChange, now, setTimer }: Collaborators) {
  let ours: string | null = null;
  let cancel: () => void = () => undefined;

  const clear = async (): Promise<void> => {
    cancel();
    const copied = ours;
    ours = null;
    if (copied === null) return;
    if (sha256(await clipboard.readText()) !== copied)
      return onChange({ state: 'replaced', clearedAt: null });
    await clipboard.writeText('');
    onChange({ state: 'cleared', clearedAt: null });
  };
  return {
    clear,
    /** Returns the time in milliseconds at which it will be cleared. */
    copy: async (secret: Secret): Promise<number> => {
      cancel();
      await clipboard.writeText(secret.expose());
      ours = sha256(secret.expose());
      const clearedAt = now() + clearAfterMs;
      cancel = setTimer(clearAfterMs, () => void clear());
      onChange({ state: 'holding', clearedAt: new Date(clearedAt).toISOString() });
      return clearedAt;
    },
  };
}
