import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExternalDirectory } from '../../backend/directories/external/external-directory.ts';
import type { PolicyView } from '../../shared/api/policy-calls.ts';
import type { SignInMethodsView } from '../../shared/api/sign-in-methods.ts';
import { Secret } from '../../shared/secret/secret.ts';
import { faultOf, setTemporary } from './contract/subject.ts';
import type { DeskTest } from './desk-test.ts';
import type { KeycloakLab } from './keycloak-lab.ts';
import { startPassword } from './lab.ts';

/** An authenticator app that a user has set up, as Keycloak stores it. */
const authenticator = (userLabel: string) => ({
  type: 'otp',
  userLabel,
  secretData: JSON.stringify({ value: 'KVKFKRCPNZQUYMLXOVYDSQKJKZDTSRLD' }),
  credentialData: JSON.stringify({
    subType: 'totp',
    digits: 6,
    counter: 0,
    period: 30,
    algorithm: 'HmacSHA1',
  }),
});

const addCredentials = async (lab: KeycloakLab, key: string, credentials: readonly object[]) => {
  const user = (await lab.keycloak.admin('GET', `/users/${key}`)) as object;
  await lab.keycloak.admin('PUT', `/users/${key}`, { ...user, credentials });
};
const actionsOf = async (lab: KeycloakLab, key: string) =>
  ((await lab.keycloak.admin('GET', `/users/${key}`)) as { requiredActions: string[] }).requiredActions;

/** Second factors that a realm keeps: in the adapter, and at the desk. */
export function describeKeycloakMethods(start: () => Promise<KeycloakLab>, deskTest: DeskTest): void {
  describe('a second factor in Keycloak', () => {
    let lab: KeycloakLab;
    let directory: ExternalDirectory;
    beforeAll(async () => {
      lab = await start();
      directory = lab.connectWith({});
    }, 400_000);
    afterAll(() => directory.close());
    const methodsOf = async (key: string) => (await directory.signInMethods?.list(key)) ?? [];
    const remove = (key: string, id: string) =>
      directory.signInMethods?.remove(key, id) ?? Promise.reject(new Error('It removes none'));

    it('is listed by its kind and what its user recognises, and a password is not', async () => {
      const key = await lab.add({ userName: 'factors.listed' });
      // The realm keeps former passwords in the same list.
      await setTemporary(directory, key, new Secret('Temporary-4712-Passw0rd'));
      expect(await methodsOf(key)).toEqual([]);
      await addCredentials(lab, key, [authenticator('Blue phone')]);
      const [method] = await methodsOf(key);
      expect(method).toMatchObject({ kind: 'one-time-codes', label: 'Blue phone' });
      expect(Math.abs((method?.addedAt ?? 0) - Date.now())).toBeLessThan(60_000);
    });

    it('is removed, its user signs in with the password, and Keycloak demands a new one', async () => {
      const key = await lab.add({ userName: 'factors.lost' });
      await addCredentials(lab, key, [authenticator('Lost phone')]);
      const [method] = await methodsOf(key);
      await remove(key, method?.id ?? '');
      expect(await methodsOf(key)).toEqual([]);
      expect(await actionsOf(lab, key)).toEqual(['CONFIGURE_TOTP']);
      expect(await directory.verifyPassword(key, new Secret(startPassword))).toBe('right');
      // It is gone already.
      await remove(key, method?.id ?? '');
    });

    it('is not demanded anew while its user has another one of its kind', async () => {
      const key = await lab.add({ userName: 'factors.two' });
      await addCredentials(lab, key, [authenticator('Old phone'), authenticator('New phone')]);
      const old = (await methodsOf(key)).find(({ label }) => label === 'Old phone');
      await remove(key, old?.id ?? '');
      expect((await methodsOf(key)).map(({ label }) => label)).toEqual(['New phone']);
      expect(await actionsOf(lab, key)).toEqual([]);
    });

    it('is no password, which is never removed', async () => {
      const key = await lab.add({ userName: 'factors.password' });
      const [password] = (await lab.keycloak.admin('GET', `/users/${key}/credentials`)) as { id: string }[];
      expect((await faultOf(remove(key, password?.id ?? ''))).code).toBe('not-possible');
      expect(await directory.verifyPassword(key, new Secret(startPassword))).toBe('right');
    });

    it('is not removed by a service account that may only read', async () => {
      const key = await lab.add({ userName: 'factors.unmanaged' });
      await addCredentials(lab, key, [authenticator('Phone')]);
      const [method] = await methodsOf(key);
      const reader = lab.connect({ withoutRights: true });
      const fault = await faultOf(reader.signInMethods?.remove(key, method?.id ?? '') ?? Promise.resolve());
      await reader.close();
      expect([fault.code, fault.detail]).toEqual(['right-missing', 'sign-in-methods']);
      expect(await methodsOf(key)).toHaveLength(1);
    });

    deskTest.extend('factorsOfZoe', async ({ lab: ofDesk, zoe }) => {
      await addCredentials(ofDesk as KeycloakLab, zoe, [authenticator('Zoe’s phone')]);
    })(
      'is removed at the desk, and one that is made up is not found',
      async ({ connect, hasRead, verified, factorsOfZoe: _added, desk: { call, mint } }) => {
        await connect();
        await hasRead();
        const { body } = await call<PolicyView>('GET', '/policy');
        const { document } = body;
        await call('PUT', '/policy', {
          basedOn: body.version,
          document: {
            ...document,
            bars: { ...document.bars, standard: 40, sensitive: 40, privileged: 40 },
            factors: { standard: 1, sensitive: 1, privileged: 1 },
          },
        });
        const { id } = await verified();
        const path = `/cases/${id}/sign-in-methods`;
        const listed = await call<SignInMethodsView>('GET', path);
        expect(listed.body).toMatchObject({ obstacle: null });
        const removed = async (methodId: string) => {
          const grant = await mint(id, 'remove-sign-in-method');
          return call<SignInMethodsView & { code?: string }>('POST', `${path}/remove`, {
            grantId: grant.body.id,
            methodId,
          });
        };
        expect((await removed('made-up')).body.code).toBe('directory.method-not-found');
        const answer = await removed(listed.body.methods[0]?.id ?? '');
        expect(answer).toMatchObject({ status: 200, body: { methods: [] } });
      },
    );
  });
}
