import type { ManagedState } from '../../../shared/managed/managed-settings.ts';
import type { SettingsFile } from '../settings-file/settings-file.ts';
import type { Settings } from '../settings-file/settings.ts';

/**
 * The settings file with the managed values in the place of the operator's own, which the file keeps: they are back when a setting is no longer managed.
 * The server is chosen in the file itself, since its user name and keychain entry go with it: a locked one always, a preset one at the first start.
 */
export function withManagedSettings(file: SettingsFile, { values }: ManagedState): SettingsFile {
  const { ServerUrl, ServerLocked = false, ColorScheme, SpellingLanguage } = values;
  const { current } = file.read();
  const isChosen = current?.kind === 'server' && current.address === ServerUrl;
  const managedServer: Settings['current'] =
    ServerUrl === undefined ? null : { kind: 'server', address: ServerUrl };
  // A locked server without a valid address is none: the operator's own choice is not what the organisation allows.
  if (!isChosen && current !== managedServer && (ServerLocked || current === null)) {
    // The known state of keychain and lock belongs to the previous server.
    file.update((before) => ({ ...before, current: managedServer, locked: false, tokenKept: null }));
  }
  if (ColorScheme === undefined && SpellingLanguage === undefined) return file;
  const managed = (settings: Settings): Settings => ({
    ...settings,
    ...(ColorScheme !== undefined && { scheme: ColorScheme }),
    ...(SpellingLanguage !== undefined && { spelling: SpellingLanguage }),
  });
  return { ...file, read: () => managed(file.read()) };
}
