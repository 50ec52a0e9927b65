import { createHash, randomUUID } from 'node:crypto';
import { createKeychain } from '../services/keychain/keychain.ts';
import { loadKeytar } from '../services/keychain/load-keytar.ts';
import { loadHttp } from '../services/reset-api/load-http.ts';
import { createResetApi } from '../services/reset-api/reset-api.ts';
import { systemTrust } from '../services/reset-api/system-trust.ts';
import type { Collaborators } from './collaborators.ts';

/** Milliseconds. A locked keychain may ask the user for a password in a window of its own. */
const keychainTimeoutMs = 20_000;

/** How this console names itself to the server, in requests and in lists of sessions. */
export const clientName = (version: string) => `Reset Desk ${version} (${process.platform})`;

/** Creates the client of the Reset API and the keychain. `onNoAnswer` is called when the server does not answer. */
export function composeAccess(
  { log, settings, notices, version, setTimer, findProxy }: Collaborators,
  onNoAnswer: () => void,
) {
  /** The addresses of newer servers of which the operator was told. */
  const newer = new Set<string>();
  const api = createResetApi({
    loadHttp: () => loadHttp(systemTrust, findProxy),
    userAgent: clientName(version),
    log,
    setTimer,
    // Each server gets a different id, so that two servers cannot recognise the same console.
    deviceId: (origin) =>
      createHash('sha256').update(`${settings.read().installation} ${origin}`).digest('hex'),
    onNoAnswer,
    onNewer: (base) => {
      if (newer.has(base)) return;
      newer.add(base);
      notices.add('server-newer');
    },
  });
  const keychain = createKeychain({
    load: loadKeytar,
    service: 'Reset Desk',
    newProbe: randomUUID,
    log,
    timeoutMs: keychainTimeoutMs,
  });
  return { api, keychain };
}
