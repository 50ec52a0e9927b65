import type { Session } from 'electron';

/**
 * SECURITY: docs/security.md, 5. The console needs no permission of the web platform, so every request is denied. Downloads are
 * cancelled, and spell checking is off because it would fetch dictionaries.
 */
export function setUpPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setBluetoothPairingHandler((_details, answer) => {
    answer({ confirmed: false });
  });
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => {
    event.preventDefault();
  });
}
