import type { Session } from 'electron';

/**
 * SECURITY: docs/security.md, 5. The console needs no permission of the web platform, so each is refused, whoever asks; nothing is
 * downloaded, and no dictionary fetched.
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
