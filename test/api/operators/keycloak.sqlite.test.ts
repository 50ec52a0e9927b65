import { createHash, randomBytes } from 'node:crypto';
import { Agent, fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OperatorRow } from '../../../shared/api/operators.ts';
import type { SessionTokens } from '../../../shared/api/session.ts';
import { deskOf } from '../../backend/desk-call.ts';
import { startTestBackend } from '../../backend/start-test-backend.ts';
import { makeCertificateAuthority } from '../../fixtures/certificate-authority.ts';
import { hasKeycloak, startKeycloak, type Keycloak } from '../../fixtures/keycloak.ts';

/** Starts Java, possibly on a machine that is busy with other tests. */
const timeout = 400_000;
const redirectUri = 'http://127.0.0.1:45678/callback';
const [clientId, secret] = ['reset-desk-console', 'the-secret-of-the-client'];
const password = 'Quiet+Harbour7';
const claim = 'desk_roles';

/** A browser without a screen: follows Keycloak's sign-in form to the redirect address. */
async function signInAt(address: string, userName: string, dispatcher: Agent): Promise<URL> {
  const cookies = new Map<string, string>();
  const go = async (url: string, form?: Readonly<Record<string, string>>) => {
    const answer = await fetch(url, {
      dispatcher,
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
    return answer;
  };
  const page = await (await go(address)).text();
  const action = /<form[^>]*\saction="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&');
  if (action === undefined) throw new Error(`Keycloak shows no form: ${page.slice(0, 500)}`);
  const answer = await go(action, { username: userName, password });
  const to = answer.headers.get('location');
  if (to === null) throw new Error(`Keycloak refused the sign-in: ${answer.status}`);
  return new URL(to);
}

// Keycloak comes from Maven Central, which not every network can reach. Without its archive, these tests are skipped, in CI as well.
describe.skipIf(!hasKeycloak && process.env['CI'] === undefined)(
  'operators who sign in at Keycloak',
  { timeout },
  () => {
    let keycloak: Keycloak;
    let backend: Awaited<ReturnType<typeof startTestBackend>>;
    let desk: ReturnType<typeof deskOf>;
    let client: string;
    let user: string;
    const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
    const role = async () => [await keycloak.admin('GET', '/roles/desk')];
    const post = async <T>(path: string, body: object) =>
      (await (await backend.ask('POST', `/api/v1/session/provider${path}`, body)).json()) as T;

    beforeAll(async () => {
      const authorities = await makeCertificateAuthority();
      keycloak = await startKeycloak(authorities.server);
      backend = await startTestBackend(undefined, { realTime: true });
      const ann = await backend.setUp();
      desk = deskOf(backend.ask, ann.accessToken);
      client = String(
        await keycloak.admin('POST', '/clients', {
          clientId,
          secret,
          publicClient: false,
          standardFlowEnabled: true,
          redirectUris: [redirectUri],
          attributes: {
            'backchannel.logout.url': `${backend.address()}/api/v1/session/provider/back-channel-logout`,
            'backchannel.logout.session.required': 'true',
          },
          protocolMappers: [
            {
              name: 'roles of the desk',
              protocol: 'openid-connect',
              protocolMapper: 'oidc-usermodel-realm-role-mapper',
              config: {
                'claim.name': claim,
                'jsonType.label': 'String',
                multivalued: 'true',
                'id.token.claim': 'true',
              },
            },
          ],
        }),
      );
      await keycloak.admin('POST', '/roles', { name: 'desk' });
      user = String(
        await keycloak.admin('POST', '/users', {
          username: 'bob',
          enabled: true,
          email: 'bob@example.com',
          emailVerified: true,
          firstName: 'Bob',
          lastName: 'Example',
          credentials: [{ type: 'password', value: password, temporary: false }],
        }),
      );
      await keycloak.admin('POST', `/users/${user}/role-mappings/realm`, await role());
      const trusted = await desk.call('PUT', '/settings/trust', {
        authorities: authorities.authority,
        clientCertificate: '',
      });
      expect(trusted.status).toBe(200);
      const set = await desk.call('PUT', '/settings/provider', {
        enabled: true,
        name: 'Keycloak',
        issuer: `${keycloak.url}/realms/${keycloak.realm}`,
        clientId,
        scopes: 'openid profile email',
        userNameClaim: 'preferred_username',
        rolesClaim: claim,
        roles: [{ value: 'desk', role: 'operator' }],
        matchBy: 'user-name',
        create: true,
        secondFactor: 'provider',
        secret,
      });
      expect(set.status).toBe(200);
    }, timeout);
    afterAll(async () => {
      await dispatcher.destroy();
      await backend?.stop();
      await keycloak?.stop();
    }, timeout);

    const signIn = async () => {
      const verifier = randomBytes(32).toString('base64url');
      const codeChallenge = createHash('sha256').update(verifier).digest('base64url');
      const { ticket, url } = await post<{ ticket: string; url: string }>('', { redirectUri, codeChallenge });
      const { search } = await signInAt(url, 'bob', dispatcher);
      return post<SessionTokens & { code?: string }>('/finish', { ticket, verifier, query: search.slice(1) });
    };
    const statusOf = async ({ accessToken }: SessionTokens) =>
      (await deskOf(backend.ask, accessToken).call('GET', '/me')).status;
    const bob = async () =>
      (await desk.call<{ operators: OperatorRow[] }>('GET', '/operators')).body.operators.find(
        ({ userName }) => userName === 'bob',
      );

    it('are created with the role that Keycloak gives them', async () => {
      const tokens = await signIn();
      expect(await statusOf(tokens)).toBe(200);
      expect(await bob()).toMatchObject({ roles: ['operator'], email: 'bob@example.com' });
    });

    it('sign in at once after Keycloak has a new signing key', async () => {
      await keycloak.admin('POST', '/components', {
        name: 'a newer key',
        providerId: 'rsa-generated',
        providerType: 'org.keycloak.keys.KeyProvider',
        config: { priority: ['200'], enabled: ['true'], active: ['true'] },
      });
      expect(await statusOf(await signIn())).toBe(200);
    });

    it('lose their session when it is ended at Keycloak', async () => {
      const tokens = await signIn();
      expect(await statusOf(tokens)).toBe(200);
      await keycloak.admin('POST', `/users/${user}/logout`);
      await expect.poll(() => statusOf(tokens), { timeout: 60_000 }).toBe(401);
    });

    it('lose their session and role when Keycloak has taken the role, at the next sign-in', async () => {
      const tokens = await signIn();
      await keycloak.admin('DELETE', `/users/${user}/role-mappings/realm`, await role());
      expect((await signIn()).code).toBe('provider.no-role');
      expect(await statusOf(tokens)).toBe(401);
      expect((await bob())?.roles).not.toContain('operator');
    });

    it('are refused in words when the secret of the client is wrong', async () => {
      await keycloak.admin('POST', `/users/${user}/role-mappings/realm`, await role());
      await keycloak.admin('POST', `/clients/${client}/client-secret`);
      expect(await signIn()).toMatchObject({ code: expect.stringMatching(/^provider\./) as string });
    });
  },
);
