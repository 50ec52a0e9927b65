import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a test run keeps the private key of the feeds that its packages trust, in its folder. */
export const updateKeyFile = 'update-key.pem';

/** Makes a key pair for the feeds of updates in a test run. Writes the private key (Ed25519, PKCS #8 in PEM) to the folder and answers the public one. */
export function makeUpdateKey(folder: string): string {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  mkdirSync(folder, { recursive: true });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  writeFileSync(join(folder, updateKeyFile), pem, { mode: 0o600 });
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}
