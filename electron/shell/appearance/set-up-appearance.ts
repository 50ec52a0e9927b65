import { nativeTheme, type BrowserWindow } from 'electron';
import type { SettingsFile } from '../../services/settings-file/settings-file.ts';
import { backgroundColour } from '../window/set-up-window.ts';

interface Collaborators {
  readonly settings: SettingsFile;
  readonly window: () => BrowserWindow | null;
  readonly onChange: (dark: boolean) => void;
}

/** Applies the stored colour scheme, and reports when the colours change, by choice or with the system. */
export function setUpAppearance({ settings, window, onChange }: Collaborators) {
  nativeTheme.themeSource = settings.read().scheme;
  nativeTheme.on('updated', () => {
    const dark = nativeTheme.shouldUseDarkColors;
    window()?.setBackgroundColor(backgroundColour(dark));
    onChange(dark);
  });
  return {
    choose: (scheme: 'system' | 'light' | 'dark') => {
      nativeTheme.themeSource = scheme;
      settings.update((before) => ({ ...before, scheme }));
    },
  };
}
