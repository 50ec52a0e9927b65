import { X509Certificate, createHash, createPrivateKey, randomUUID, type KeyObject } from 'node:crypto';
import type { EntraSettings } from '../../../shared/api/directory-settings.ts';
import type { Secret } from '../../../shared/secret/secret.ts';
import {
  DirectoryFault,
  type DirectoryFaultCode,
  type ServiceAccountState,
} from '../external/directory-fault.ts';
import { fieldsOf, textOf } from '../external/json-fields.ts';
import type { Answer } from './graph-transport.ts';
import type { Granted } from './permissions.ts';

/** Milliseconds before a token's end at which another is asked for. */
const earlyMs = 60_000;
/** Milliseconds without another sign-in after the application was refused. */
const refusedMs = 30_000;
/** Seconds that an assertion is good for, and by which this computer's clock may be ahead. */
const [assertionSeconds, clockSeconds] = [300, 120];

interface Token extends Granted {
  readonly text: string;
  /** Milliseconds. */
  readonly until: number;
}

/** Numbers of Microsoft's sign-in (`AADSTS…`), whose texts differ by language. */
const refusals: Readonly<Record<number, readonly [DirectoryFaultCode, ServiceAccountState | null]>> = {
  7_000_215: ['service-account-wrong', 'wrong-password'],
  7_000_216: ['service-account-wrong', 'wrong-password'],
  7_000_218: ['service-account-wrong', 'wrong-password'],
  700_027: ['service-account-wrong', 'wrong-password'],
  7_000_222: ['service-password-expired', null],
  7_000_112: ['service-account-wrong', 'disabled'],
};

type Credential =
  { readonly secret: Secret } | { readonly certificate: X509Certificate; readonly key: KeyObject };

/** Throws `service-key-invalid` where the key cannot be read, has a passphrase, is not RSA, or belongs to another certificate. */
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

/** A signed statement that the application makes in place of a secret, good once and for minutes. */
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

/** What a token grants: it is read and not checked, since it only says what to report. */
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

/** The fault of a sign-in that did not answer a token. */
function refusalOf({ status, json }: Answer, server: string): DirectoryFault {
  const { error, error_codes: codes } = fieldsOf(json);
  const numbers = Array.isArray(codes)
    ? codes.filter((code): code is number => typeof code === 'number')
    : [];
  const serverCode = numbers[0] === undefined ? String(status) : `AADSTS${numbers[0]}`;
  const known = numbers.map((code) => refusals[code]).find(Boolean);
  if (known !== undefined) return new DirectoryFault(known[0], { server, serverCode, detail: known[1] });
  // An unknown tenant or application, an assertion outside of its time.
  const isRefused = status === 400 || status === 401 || textOf(error) === 'invalid_client';
  return new DirectoryFault(isRefused ? 'service-account-wrong' : 'answer-invalid', { server, serverCode });
}

/** The application's token for Microsoft Graph, by the grant of client credentials; asked for when it is needed. */
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
  /** Of the token endpoint. */
  readonly address: string;
  readonly scope: string;
  /** Throws {@link DirectoryFault}. */
  readonly post: (url: string, form: Readonly<Record<string, string>>) => Promise<Answer>;
  /** Of the sign-in. */
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

  /** One sign-in for all who wait for a token. */
  const signInOnce = (): Promise<Token> =>
    (signingIn ??= signIn().finally(() => {
      signingIn = null;
    }));

  return {
    /** Signs in anew. */
    signIn: signInOnce,
    /** The token in use, or a new one where it has ended. Throws what the sign-in says, again without asking for half a minute. */
    current: async (): Promise<Token> => {
      if (refusal !== null && refusal.until > now()) throw refusal.fault;
      return token !== null && token.until > now() ? token : signInOnce();
    },
    /** Forgets a token that is no longer accepted; one that was asked for since stays. */
    forget: (text?: string) => {
      if (text === undefined || token?.text === text) token = null;
    },
  };
}
