import { once } from 'node:events';
import { createServer } from 'node:https';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEntra } from '../../backend/directories/entra/entra-directory.ts';
import { createKeycloak } from '../../backend/directories/keycloak/keycloak-directory.ts';
import { entraSettings, keycloakSettings } from '../../shared/api/directory-settings.ts';
import { Secret } from '../../shared/secret/secret.ts';
import { makeCertificateAuthority } from '../fixtures/certificate-authority.ts';
import { adapterCollaborators } from './lab-parts.ts';
import { servicePassword } from './lab.ts';

interface HttpAnswer {
  readonly status: number;
  readonly body?: unknown;
}
type Kind = 'keycloak' | 'entra';
/** The requests of a check: for the realm or tenant, for a token, and for a user. */
type Request = 'realm' | 'token' | 'user';

const tenant = 'example.onmicrosoft.com';
const clientId = '0f2d6a0e-6f0b-4f55-8b54-0a4b0c1d2e3f';

const key = '5a0d2d5e-5f0b-4f55-8b54-0a4b0c1d2e3f';
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const permissions = [
  'User.Read.All',
  'Domain.Read.All',
  'RoleManagement.Read.Directory',
  'User-PasswordProfile.ReadWrite.All',
  'User.RevokeSessions.All',
];
const userAdministrator = 'fe930be7-5e62-47db-91af-98c3a49a38b1';
/** The answer with a token for these roles. */
const tokenWith = (realmRoles: readonly string[], roles: readonly string[], wids: readonly string[]) => {
  const claims = { roles, wids, resource_access: { 'realm-management': { roles: realmRoles } } };
  const token = [part({ alg: 'none' }), part(claims), 'unsigned'].join('.');
  return { status: 200, body: { access_token: token, expires_in: 300 } };
};

const right: Readonly<Record<Request, HttpAnswer>> = {
  realm: { status: 200, body: { realm: 'staff', issuer: 'https://login.example.com' } },
  token: tokenWith(['manage-users'], permissions, [userAdministrator]),
  user: { status: 200, body: { value: [] } },
};

const requestOf = (path: string): Request => {
  if (path.endsWith('/token')) return 'token';
  return path === '/realms/staff' || path.includes('.well-known') ? 'realm' : 'user';
};

const refused: HttpAnswer = { status: 401, body: { error: 'invalid_client', error_codes: [7_000_215] } };

/** What each answer means, and at which step of the check it is shown. */
const rows: readonly (readonly [
  what: string,
  kinds: readonly Kind[],
  request: Request,
  answer: HttpAnswer | 'silence',
  step: string,
  fault: string,
])[] = [
  ['the realm does not exist', ['keycloak'], 'realm', { status: 404 }, 'read-base', 'realm-unknown'],
  [
    'the tenant does not exist',
    ['entra'],
    'realm',
    { status: 400, body: { error: 'invalid_tenant', error_codes: [90_002] } },
    'read-base',
    'realm-unknown',
  ],
  ['a gateway does not reach it', ['keycloak', 'entra'], 'realm', { status: 502 }, 'connect', 'unreachable'],
  ['it is not available', ['keycloak', 'entra'], 'realm', { status: 503 }, 'connect', 'unreachable'],
  ['it limits requests', ['keycloak', 'entra'], 'realm', { status: 429 }, 'connect', 'throttled'],
  ['it is silent', ['keycloak', 'entra'], 'realm', 'silence', 'connect', 'timeout'],
  ['the secret is wrong', ['keycloak', 'entra'], 'token', refused, 'bind', 'service-account-wrong'],
  [
    'the client has no service account',
    ['keycloak'],
    'token',
    { status: 400, body: { error: 'unauthorized_client' } },
    'bind',
    'service-account-wrong',
  ],
  ['the sign-in limits requests', ['keycloak', 'entra'], 'token', { status: 429 }, 'bind', 'throttled'],
  ['the sign-in is not available', ['keycloak', 'entra'], 'token', { status: 503 }, 'bind', 'unreachable'],
  ['the sign-in is silent', ['keycloak', 'entra'], 'token', 'silence', 'bind', 'timeout'],
  ['the right is missing', ['keycloak', 'entra'], 'user', { status: 403 }, 'read-base', 'right-missing'],
  [
    'the token is refused',
    ['keycloak', 'entra'],
    'user',
    { status: 401 },
    'read-base',
    'service-account-wrong',
  ],
  ['reads are limited', ['keycloak', 'entra'], 'user', { status: 429 }, 'read-base', 'throttled'],
  ['reads end at a gateway', ['keycloak', 'entra'], 'user', { status: 504 }, 'read-base', 'unreachable'],
  ['reads are silent', ['keycloak', 'entra'], 'user', 'silence', 'read-base', 'timeout'],
  ['reads fail', ['keycloak', 'entra'], 'user', { status: 500 }, 'read-base', 'answer-invalid'],
];

describe('a connection check over HTTP', () => {
  let answers: Readonly<Record<Request, HttpAnswer | 'silence'>> = right;
  let close: () => Promise<void>;
  let connect: (
    kind: Kind,
    changes?: { readonly authorities?: string; readonly port?: number; readonly canTryPasswords?: boolean },
  ) => ReturnType<typeof createKeycloak>;

  beforeAll(async () => {
    const { authority, server: certificate } = await makeCertificateAuthority();
    const silent = new Set<ServerResponse>();
    const server = createServer(certificate, (request, response) => {
      const answer = answers[requestOf(new URL(request.url ?? '', 'https://localhost').pathname)];
      if (answer === 'silence') {
        silent.add(response);
        return;
      }
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
    });
    server.on('tlsClientError', () => undefined);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port: itsPort } = server.address() as AddressInfo;
    connect = (kind, { authorities = authority, port = itsPort, canTryPasswords = false } = {}) => {
      const url = `https://127.0.0.1:${port}`;
      const secret = new Secret(servicePassword);
      const collaborators = { ...adapterCollaborators, requestMs: 1000 };
      return kind === 'keycloak'
        ? createKeycloak(
            keycloakSettings.parse({
              kind,
              url,
              realm: 'staff',
              clientId: 'reset-desk',
              authorities,
              canTryPasswords,
            }),
            secret,
            collaborators,
          )
        : createEntra(
            entraSettings.parse({
              kind,
              tenant,
              clientId,
              credential: 'secret',
              signInUrl: url,
              graphUrl: url,
              authorities,
            }),
            secret,
            { ...collaborators, wait: () => Promise.resolve() },
          );
    };
    close = async () => {
      for (const response of silent) response.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    };
  });
  afterAll(() => close());

  const failed = async (...options: Parameters<typeof connect>) => {
    const directory = connect(...options);
    const report = await directory.check();
    await directory.close();
    return report.servers.flatMap(({ steps }) =>
      steps.filter(({ outcome }) => outcome === 'failed').map(({ step, fault }) => [step, fault]),
    );
  };
  const each = rows.flatMap(([what, kinds, ...row]) => kinds.map((kind) => [kind, what, ...row] as const));

  it.each(each)('of %s says that %s', async (kind, _what, request, answer, step, fault) => {
    answers = { ...right, [request]: answer };
    expect(await failed(kind)).toEqual([[step, fault]]);
  });

  it.each(['keycloak', 'entra'] as const)('of %s says why there is no connection', async (kind) => {
    answers = right;
    expect(await failed(kind, { port: 1 })).toEqual([['connect', 'unreachable']]);
    expect(await failed(kind, { authorities: '' })).toEqual([['certificate', 'certificate-untrusted']]);
  });

  it.each([
    [503, {}, 'answer-invalid'],
    [429, {}, 'throttled'],
    [401, { error: 'invalid_client' }, 'service-account-wrong'],
  ])('does not take status %i for a wrong password', async (status, body, code) => {
    const user = { id: key, username: 'ann', enabled: true };
    answers = { ...right, user: { status: 200, body: user } };
    const directory = connect('keycloak', { canTryPasswords: true });
    await directory.read(key);
    answers = { ...answers, token: { status, body } };
    await expect(directory.verifyPassword(key, new Secret('Any-4711-Passw0rd'))).rejects.toMatchObject({
      code,
    });
    await directory.close();
  });

  it.each(['keycloak', 'entra'] as const)('of %s passes all steps otherwise', async (kind) => {
    answers = right;
    expect(await failed(kind)).toEqual([]);
  });

  const rightsOf = async (kind: Kind) => {
    const directory = connect(kind);
    const [server] = (await directory.check()).servers;
    await directory.close();
    return [server?.steps.at(-1)?.outcome, server?.missingRights, server?.unknownRights];
  };

  it.each(permissions.slice(2))('of entra fails at the rights without %s', async (permission) => {
    const others = permissions.filter((other) => other !== permission);
    answers = { ...right, token: tokenWith([], others, [userAdministrator]) };
    const [outcome, missing] = await rightsOf('entra');
    expect([outcome, missing]).toEqual(['failed', [expect.any(String)]]);
  });

  it('of entra leaves the rights open where the token names no role', async () => {
    answers = { ...right, token: tokenWith([], permissions, []) };
    expect(await rightsOf('entra')).toEqual(['unchecked', [], ['directory-role', 'reset-privileged']]);
  });

  const manageable = (manage: boolean): HttpAnswer => ({
    status: 200,
    body: [{ id: key, username: 'ann', enabled: true, access: { manage } }],
  });

  it('of keycloak fails at the rights without manage-users', async () => {
    answers = { ...right, user: manageable(false), token: tokenWith(['view-users'], [], []) };
    const [outcome, missing] = await rightsOf('keycloak');
    expect([outcome, missing]).toEqual(['failed', expect.arrayContaining(['reset-password', 'unlock'])]);
  });

  it('of keycloak passes where a fine-grained permission stands for manage-users', async () => {
    answers = { ...right, user: manageable(true), token: tokenWith(['query-users'], [], []) };
    expect(await rightsOf('keycloak')).toEqual(['passed', [], []]);
  });

  it('of keycloak names the right to read accounts', async () => {
    answers = { ...right, user: { status: 403 } };
    expect(await rightsOf('keycloak')).toEqual(['not-tried', ['read-accounts'], []]);
  });
});
