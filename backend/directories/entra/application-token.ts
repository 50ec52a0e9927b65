import { X509Certificate, createHash, createPrivateKey, randomUUID, type KeyObject } from 'node:crypto';
import type { EntraSettings } from '../../../shared/api/directory-settings.ts';
import type { Secret } from '../../../shared/secret/secret.ts';
import {
  DirectoryFault,
  type DirectoryFaultCode,
  type ServiceAccountState,
} from '../external/directory-fault.ts';
import { faultOfStatus } from '../external/http-faults.ts';
import { fieldsOf, textOf } from '../external/json-fields.ts';
import type { Answer } from './graph-transport.ts';
import type { Granted } from './permissions.ts';

/** Milliseconds before a token expires at which a new one is requested. */
const earlyMs = 60_000;
/** Milliseconds without another sign-in after a refusal of the application. */
const refusedMs = 30_000;
/** The validity of an assertion in seconds, and the tolerated clock difference of this computer in seconds. */
const [assertionSeconds, clockSeconds] = [300, 120];

interface Token extends Granted {
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Error numbers of Microsoft's sign-in (`AADSTS…`). Its texts are localised. */
const refusals: Readonly<Record<number, readonly [DirectoryFaultCode, ServiceAccountState | null]>> = {
  7_000_215: ['service-account-wrong', 'wrong-password'],
  7_000_216: ['service-account-wrong', 'wrong-password'],
  7_000_218: ['service-account-wrong', 'wrong-password'],
  700_027: ['service-account-wrong', 'wrong-password'],
  7_000_222: ['service-password-expired', null],
  7_000_112: ['service-account-wrong', 'disabled'],
  90_002: ['realm-unknown', null],
};

type Credential =
  { readonly secret: Secret } | { readonly certificate: X509Certificate; readonly key: KeyObject };

/** Throws `service-key-invalid` if the key is unreadable, encrypted with a passphrase, not RSA, or does not belong to the certificate. */
function credentialOf(
  { credential, certificate: pem }: Pick<EntraSettings, 'credential' | 'certificate'>,
  secret: Secret,
  server: string,
): Credential {
  if (credential === 'secret') return { secret };
  const invalid = () => new DirectoryFault('service-key-invalid', { server });
  let read: { readonly certificate: X509Certificate; readonly key: KeyObject };
  try {
    read = { certificate: new X509Certificate(pem), key: createPrivateKey(secret.expose()) };
  } catch {
    throw invalid();
  }
  if (read.key.asymmetricKeyType !== 'rsa' || !read.certificate.checkPrivateKey(read.key)) throw invalid();
  return read;
}

/** A signed assertion that replaces a client secret. It can be used once and expires after minutes. */
async function assertionOf(
  { certificate, key }: Exclude<Credential, { readonly secret: Secret }>,
  { clientId, audience, now }: { readonly clientId: string; readonly audience: string; readonly now: number },
): Promise<string> {
  const { SignJWT } = await import('jose');
  const thumbprint = createHash('sha256').update(certificate.raw).digest('base64url');
  const seconds = Math.floor(now / 1000);
  return new SignJWT({})
    .setProtectedHeader({ alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(audience)
    .setJti(randomUUID())
    .setIssuedAt(seconds)
    .setNotBefore(seconds - clockSeconds)
    .setExpirationTime(seconds + assertionSeconds)
    .sign(key);
}

/** The permissions in a token. The token is not verified, because the result is only reported. */
function grantedBy(token: string): Granted {
  const texts = (value: unknown) =>
    Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
  try {
    const [, payload = ''] = token.split('.');
    const { roles, wids } = fieldsOf(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    return { permissions: texts(roles), roles: texts(wids) };
  } catch {
    return { permissions: [], roles: [] };
  }
}

/** The fault of a sign-in that answered no token. */
function refusalOf({ status, json }: Answer, server: string): DirectoryFault {
  const { error, error_codes: codes } = fieldsOf(json);
  const numbers = Array.isArray(codes)
    ? codes.filter((code): code is number => typeof code === 'number')
    : [];
  const serverCode = numbers[0] === undefined ? String(status) : `AADSTS${numbers[0]}`;
  const known = numbers.map((code) => refusals[code]).find(Boolean);
  if (known !== undefined) return new DirectoryFault(known[0], { server, serverCode, detail: known[1] });
  // The application is unknown, or the assertion is outside its validity.
  const isRefused = status === 400 || textOf(error) === 'invalid_client';
  return isRefused
    ? new DirectoryFault('service-account-wrong', { server, serverCode })
    : faultOfStatus(status, null, { server, serverCode });
}

/** The application's access token for Microsoft Graph by the client credentials grant, requested on demand. */
export function createApplicationToken({
  settings,
  secret,
  address,
  scope,
  post,
  server,
  now,
}: {
  readonly settings: Pick<EntraSettings, 'clientId' | 'credential' | 'certificate'>;
  readonly secret: Secret;
  /** The URL of the token endpoint. */
  readonly address: string;
  readonly scope: string;
  /** Throws {@link DirectoryFault}. */
  readonly post: (url: string, form: Readonly<Record<string, string>>) => Promise<Answer>;
  /** The sign-in server as `host:port`. */
  readonly server: string;
  readonly now: () => number;
}) {
  const { clientId } = settings;
  let token: Token | null = null;
  let signingIn: Promise<Token> | null = null;
  let refusal: { readonly fault: DirectoryFault; readonly until: number } | null = null;

  async function proof(): Promise<Readonly<Record<string, string>>> {
    const credential = credentialOf(settings, secret, server);
    return 'secret' in credential
      ? { client_secret: credential.secret.expose() }
      : {
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: await assertionOf(credential, { clientId, audience: address, now: now() }),
        };
  }

  async function signIn(): Promise<Token> {
    const answer = await post(address, {
      grant_type: 'client_credentials',
      client_id: clientId,
      scope,
      ...(await proof()),
    });
    const { access_token: given, expires_in: seconds } = fieldsOf(answer.json);
    const text = textOf(given);
    if (answer.status !== 200 || text === null) {
      const fault = refusalOf(answer, server);
      if (fault.code.startsWith('service-')) refusal = { fault, until: now() + refusedMs };
      throw fault;
    }
    refusal = null;
    token = { text, until: now() + Number(seconds ?? 300) * 1000 - earlyMs, ...grantedBy(text) };
    return token;
  }

  /** Concurrent callers share one sign-in. */
  const signInOnce = (): Promise<Token> =>
    (signingIn ??= signIn().finally(() => {
      signingIn = null;
    }));

  return {
    /** Signs in again. */
    signIn: signInOnce,
    /**
     * The current token, or a new one if it has expired. Throws the fault of a refused sign-in, and repeats that fault for half a minute without
     * another request.
     */
    current: async (): Promise<Token> => {
      if (refusal !== null && refusal.until > now()) throw refusal.fault;
      return token !== null && token.until > now() ? token : signInOnce();
    },
    /** Discards a token that Graph no longer accepts. A newer token is kept. */
    forget: (text?: string) => {
      if (text === undefined || token?.text === text) token = null;
    },
  };
}
