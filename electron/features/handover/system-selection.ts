import { clipboard } from 'electron';
import type { SelectionPort } from './guarded-clipboard.ts';

/** Electron 33, which is used where a newer one cannot be downloaded, takes the selection as an argument. */
interface OldClipboard {
  readonly readText: (type: 'selection') => string;
  readonly clear: (type: 'selection') => void;
}

/** The selection of Linux desktops; null on other systems. */
export function systemSelection(): SelectionPort | null {
  if (process.platform !== 'linux') return null;
  if ('selection' in clipboard) {
    const { selection } = clipboard;
    return {
      readText: () => selection.readText(),
      clear: () => {
        selection.clear();
      },
    };
  }
  const old = clipboard as unknown as OldClipboard;
  return {
    readText: () => old.readText('selection'),
    clear: () => {
      old.clear('selection');
    },
  };
}
