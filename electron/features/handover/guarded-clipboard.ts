import { createHash } from 'node:crypto';
import type { EventValue } from '../../../shared/bridge/contract.ts';
import type { Secret } from '../../../shared/secret/secret.ts';
import type { SetTimer } from '../../services/timers/timers.ts';

/** The functions of Electron's clipboard that are used. Newer versions return promises. */
export interface ClipboardPort {
  readonly writeText: (text: string) => void | Promise<void>;
  readonly readText: () => string | Promise<string>;
}

/** X11's PRIMARY selection, which a middle click pastes. */
export interface SelectionPort {
  readonly readText: () => string | Promise<string>;
  readonly clear: () => void | Promise<void>;
}

interface Collaborators {
  readonly clipboard: ClipboardPort;
  /** Null on systems that have none. */
  readonly selection: SelectionPort | null;
  readonly onChange: (state: EventValue<'clipboard'>) => void;
  readonly now: () => number;
  readonly setTimer: SetTimer;
}

/** How long a copied secret stays in the clipboard. */
const clearAfterMs = 30_000;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Copies secrets, and clears them after 30 s, on lock and on quit, unless something else has been copied in the meantime. */
export function createGuardedClipboard({ clipboard, selection, onChange, now, setTimer }: Collaborators) {
  let ours: string | null = null;
  let cancel: () => void = () => undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other, so that a lock during a copy clears what was being written. */
  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
  const holds = async (port: Pick<ClipboardPort, 'readText'>, copied: string): Promise<boolean> =>
    sha256(await port.readText()) === copied;
  /** Chromium fills the selection with whatever it writes to the clipboard, but clearing the clipboard does not empty it. */
  const clearSelection = async (copied: string): Promise<void> => {
    if (selection !== null && (await holds(selection, copied))) await selection.clear();
  };
  const clearNow = async (): Promise<void> => {
    cancel();
    const copied = ours;
    ours = null;
    if (copied === null) return;
    const isHeld = await holds(clipboard, copied);
    // Not `clear`: a clipboard manager may restore its last entry when the clipboard has no owner.
    if (isHeld) await clipboard.writeText('');
    await clearSelection(copied);
    onChange({ state: isHeld ? 'cleared' : 'replaced', clearedAt: null });
  };
  const copyNow = async (secret: Secret): Promise<number> => {
    cancel();
    const copied = sha256(secret.expose());
    ours = copied;
    await clipboard.writeText(secret.expose());
    await clearSelection(copied);
    const clearedAt = now() + clearAfterMs;
    cancel = setTimer(clearAfterMs, () => void clear());
    onChange({ state: 'holding', clearedAt: new Date(clearedAt).toISOString() });
    return clearedAt;
  };
  const clear = () => inOrder(clearNow);
  return {
    clear,
    /** Returns the time in milliseconds at which it will be cleared. */
    copy: (secret: Secret) => inOrder(() => copyNow(secret)),
  };
}
