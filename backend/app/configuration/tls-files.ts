import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ServerSettings } from './environment.ts';
import { WrongConfiguration } from './start-fault.ts';

interface TlsFiles {
  /** PEM. */
  readonly cert: string;
  readonly key: string;
  /** When the certificate expires, in milliseconds. */
  readonly expiresAt: number;
}

type Variable = 'RESET_DESK_TLS_CERT' | 'RESET_DESK_TLS_KEY';

function readPem<T>(variable: Variable, file: string, parse: (pem: string) => T) {
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
    throw new WrongConfiguration(
      `${variable}: ${file} cannot be read (${code}). Name a file that the backend's user can read.`,
      {
        cause: thrown,
      },
    );
  }
  try {
    return { pem, parsed: parse(pem) };
  } catch (thrown) {
    const what = variable === 'RESET_DESK_TLS_CERT' ? 'certificate' : 'private key without a passphrase';
    throw new WrongConfiguration(`${variable}: ${file} contains no ${what} in PEM.`, { cause: thrown });
  }
}

/** Reads the certificate and its key. Throws an error that names the variable and says what to do: a {@link WrongConfiguration} if a file is wrong by itself. */
export function readTlsFiles(files: NonNullable<ServerSettings['tls']>): TlsFiles {
  const cert = readPem('RESET_DESK_TLS_CERT', files.cert, (pem) => new X509Certificate(pem));
  const key = readPem('RESET_DESK_TLS_KEY', files.key, (pem) => createPrivateKey(pem));
  if (!cert.parsed.checkPrivateKey(key.parsed))
    // The two are replaced one after the other: another start finds both.
    throw new Error(
      `RESET_DESK_TLS_KEY: ${files.key} is not the key of the certificate in ${files.cert}. The certificate of the server must be the first in its file.`,
    );
  return { cert: cert.pem, key: key.pem, expiresAt: Date.parse(cert.parsed.validTo) };
}
