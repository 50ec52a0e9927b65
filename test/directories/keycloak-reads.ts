import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generateTemporaryPassword } from '../../backend/passwords/temporary-passwords/generate-temporary-password.ts';
import { presets } from '../../shared/password-policy/policy.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../shared/secret/secret.ts';
import { forbiddenPasswords } from '../fixtures/keycloak.ts';
import { everyAccount, everything, faultOf, never, setTemporary } from './contract/subject.ts';
import { isUsableKey } from '../../backend/directories/external/account-key.ts';
import { setKeepingRules } from './kept-rules.ts';
import type { KeycloakLab } from './keycloak-lab.ts';
import { servicePassword, startPassword } from './lab.ts';

/** More than one page of the adapter. */
const many = 620;
const nameOf = (at: number) => `aa.page${String(at).padStart(4, '0')}`;

/** A server that issues a token and answers every other request by `answer`. */
async function startStandIn(
  lab: KeycloakLab,
  answer: (path: string, authorization: string) => { readonly status: number; readonly body: string },
) {
  let tokens = 0;
  const server = createServer(lab.certificates.server, (request, response) => {
    const path = request.url ?? '';
    request.resume();
    if (path.endsWith('/token')) {
      tokens += 1;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ access_token: `e30.e30.${tokens}`, expires_in: 300 }));
      return;
    }
    const { status, body } = answer(path, request.headers.authorization ?? '');
    response.writeHead(status, { 'content-type': body.startsWith('<') ? 'text/html' : 'application/json' });
    response.end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    directory: lab.connect({ servers: [{ host: '127.0.0.1', port }] }),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Reads of many accounts while the realm, or the way to it, changes. */
export function describeKeycloakReads(start: () => Promise<KeycloakLab>): void {
  describe('a read of a realm', () => {
    let lab: KeycloakLab;
    beforeAll(async () => {
      lab = await start();
    }, 400_000);

    it('misses no user where others are deleted or renamed between two pages', async () => {
      const { admin } = lab.keycloak;
      const users = Array.from({ length: many }, (_none, at) => ({ username: nameOf(at), enabled: true }));
      await admin('POST', '/partialImport', { ifResourceExists: 'FAIL', users });
      const directory = lab.connectWith({});
      for (const read of [
        () => directory.readKeys(never()),
        async function* () {
          for await (const page of directory.readAll(never())) yield page.accounts.map(({ key }) => key);
        },
      ]) {
        const present = (await admin('GET', `/users?search=aa.page&max=${many * 2}`)) as { id: string }[];
        const keys: string[] = [];
        let gone: string[] = [];
        for await (const page of read()) {
          if (keys.length === 0) {
            // The first three of the page, so that all others move towards the start.
            gone = present.slice(0, 3).map(({ id }) => id);
            for (const id of gone) await admin('DELETE', `/users/${id}`);
          }
          keys.push(...page);
        }
        expect(keys).toEqual(expect.arrayContaining(present.slice(3).map(({ id }) => id)));
        expect(new Set(keys).size).toBe(keys.length);
      }
      await directory.close();
    }, 60_000);

    it('has users with ids of any script, and those with ids that no path can hold, for the list of refused entries', async () => {
      const user = (id: string, userName: string) => ({
        id,
        username: userName,
        enabled: true,
        credentials: [{ type: 'password', value: startPassword }],
      });
      await lab.keycloak.addRealm({
        realm: 'any-script',
        enabled: true,
        eventsEnabled: true,
        adminEventsEnabled: true,
        users: [
          user('zoë müller', 'zoe'),
          user('石田-太郎', 'taro'),
          user('a/../b', 'slash'),
          user('x%2Fy', 'percent'),
          {
            username: 'service-account-reset-desk',
            serviceAccountClientId: 'reset-desk',
            enabled: true,
            clientRoles: { 'realm-management': ['manage-users', 'view-users', 'view-events'] },
          },
        ],
        clients: [
          {
            clientId: 'reset-desk',
            secret: servicePassword,
            serviceAccountsEnabled: true,
            standardFlowEnabled: false,
            directAccessGrantsEnabled: true,
          },
        ],
      });
      const directory = lab.connectWith({ realm: 'any-script' });
      const { cursor } = await directory.changesSince(null, never());
      const all = await everyAccount(directory);
      expect(Object.fromEntries(all.map(({ key, userName }) => [userName, [key, isUsableKey(key)]]))).toEqual(
        {
          zoe: ['zoë müller', true],
          taro: ['石田-太郎', true],
          slash: ['a/../b', false],
          percent: ['x%2Fy', false],
        },
      );
      for (const key of ['zoë müller', '石田-太郎']) {
        await setTemporary(directory, key, new Secret('Temporary-4712-Passw0rd'));
        expect(await directory.read(key)).toMatchObject({ key, mustChange: true });
      }
      const changed = await directory.changesSince(cursor, never());
      expect(changed.accounts.map(({ userName }) => userName).toSorted()).toEqual(['taro', 'zoe']);
      expect(await directory.read('x%2Fy')).toMatchObject({ userName: 'percent' });
      expect((await faultOf(directory.unlock('x%2Fy'))).code).toBe('account-gone');
      await directory.close();
    }, 60_000);

    it('names the privileged groups and roles that the realm lacks', async () => {
      const directory = lab.connectWith({
        privilegedGroups: ['/outer', '/outer/absent', 'absent'],
        privilegedRoles: ['offline_access', 'no such/role'],
      });
      const { servers, sample } = await directory.check();
      expect(servers[0]?.unknownNames).toEqual(['/outer/absent', 'absent', 'no such/role']);
      expect(servers[0]?.steps.every(({ outcome }) => outcome === 'passed')).toBe(true);
      expect(sample).not.toBeNull();
      await directory.close();
    });

    it('finds changes and deletions although the realm no longer records events', async () => {
      const { admin } = lab.keycloak;
      const changed = await lab.add({ userName: 'unrecorded' });
      const gone = await lab.add({ userName: 'unrecorded.gone' });
      const directory = lab.connectWith({});
      const { cursor } = await directory.changesSince(null, never());
      try {
        for (const off of [{ adminEventsEnabled: false }, { enabledEventTypes: ['LOGIN'] }]) {
          await admin('PUT', '/events/config', { eventsEnabled: true, adminEventsEnabled: true, ...off });
          expect((await directory.check()).contactTimes).toBe('none');
          await lab.setPhone('unrecorded', '+49 171 1111111');
          const { accounts, presentKeys } = await directory.changesSince(cursor, never());
          expect(accounts.find(({ key }) => key === changed)?.phones ?? ['+49 171 1111111']).toEqual([
            '+49 171 1111111',
          ]);
          expect(presentKeys?.has(changed)).toBe(true);
        }
        await lab.remove('unrecorded.gone');
        expect((await directory.changesSince(cursor, never())).goneKeys).toContain(gone);
      } finally {
        await admin('PUT', '/events/config', {
          eventsEnabled: true,
          adminEventsEnabled: true,
          enabledEventTypes: [],
        });
      }
      expect((await directory.check()).contactTimes).toBe('entry');
      await directory.close();
    }, 60_000);

    it('does not take the 404 of a proxy for an empty realm or an account that is gone', async () => {
      const { directory, stop } = await startStandIn(lab, (path) =>
        path.startsWith('/admin/')
          ? { status: 404, body: '<html>Not Found</html>' }
          : { status: 200, body: '{}' },
      );
      const key = '00000000-0000-4000-8000-000000000000';
      expect((await faultOf(directory.read(key))).code).toBe('answer-invalid');
      expect((await faultOf(everyAccount(directory))).code).toBe('answer-invalid');
      expect((await faultOf(everything(directory.readKeys(never())))).code).toBe('answer-invalid');
      expect((await faultOf(directory.unlock(key))).code).toBe('answer-invalid');
      const { servers } = await directory.check();
      expect(servers[0]?.steps).toContainEqual({
        step: 'read-base',
        outcome: 'failed',
        fault: 'answer-invalid',
      });
      await directory.close();
      stop();
    });

    it('continues with a new token where the first one ends between two pages', async () => {
      const page = (from: number, count: number) =>
        JSON.stringify(
          Array.from({ length: count }, (_none, at) => ({
            id: `00000000-0000-4000-8000-${String(from + at).padStart(12, '0')}`,
            username: nameOf(from + at),
          })),
        );
      const { directory, stop } = await startStandIn(lab, (path, authorization) => {
        const first = Number(/first=(\d+)/.exec(path)?.[1] ?? 0);
        if (!path.includes('/users?')) return { status: 404, body: '{"error":"Could not find"}' };
        if (first > 0 && authorization.endsWith('.1')) return { status: 401, body: '{"error":"HTTP 401"}' };
        return { status: 200, body: first === 0 ? page(0, 500) : page(first, 700 - first) };
      });
      expect(new Set(await everything(directory.readKeys(never()))).size).toBe(700);
      await directory.close();
      stop();
    });

    it('gives the number of characters of each kind that its policy demands, and a reset has them', async () => {
      const { admin } = lab.keycloak;
      const key = await lab.add({ userName: 'counted' });
      const { passwordPolicy } = (await admin('GET', '')) as { readonly passwordPolicy: string };
      const counted = 'length(10) and digits(4) and upperCase(3) and specialChars(5) and lowerCase(2)';
      await admin('PUT', '', { passwordPolicy: counted });
      const directory = lab.connectWith({});
      const prepared = await directory.prepareReset(key);
      const { characters } = prepared.policy;
      expect(characters).toEqual({ least: { upper: 3, lower: 2, digits: 4, signs: 5 } });
      const rules = { style: 'words', minBits: 44, characters } as const;
      const { password } = generateTemporaryPassword(rules, presets.classic, {});
      await prepared.setTemporaryPassword(password);
      expect(await directory.verifyPassword(key, password)).toBe('must-change');
      await directory.close();
      await admin('PUT', '', { passwordPolicy });
    });

    it('accepts each generated password under every rule that a realm can have', async () => {
      const { admin } = lab.keycloak;
      const { passwordPolicy } = (await admin('GET', '')) as { readonly passwordPolicy: string };
      const rules = [
        'length(10) and maxLength(16) and digits(2) and upperCase(2) and lowerCase(2) and specialChars(2)',
        'notUsername and notContainsUsername and notEmail and passwordHistory(3) and passwordAge(30)',
        'forceExpiredPasswordChange(365) and maxAuthAge(300) and hashAlgorithm(pbkdf2-sha512) and hashIterations(1000)',
        `regexPattern(^(?!.*\\()[ -~]*$) and passwordBlacklist(${forbiddenPasswords.list})`,
      ];
      // No password of words lacks this letter.
      const key = await lab.add({ userName: 'e', email: 'e@example.com' });
      await admin('PUT', '', { passwordPolicy: rules.join(' and ') });
      const directory = lab.connectWith({});
      const { policy } = await directory.prepareReset(key);
      expect(policy).toMatchObject({
        minLength: 10,
        history: 3,
        characters: { longest: 16, least: { upper: 2, lower: 2, digits: 2, signs: 2 }, absent: ['e'] },
        unchecked: ['pattern', 'forbidden-passwords'],
      });
      await setKeepingRules(directory, key, 3);
      const refusals: Record<string, string> = {
        'aaAA11##aaAA11##a': 'too-long',
        'eaAA11##aaAA': 'contains-name',
        'aaAA11##(aaAA': 'not-complex',
        [forbiddenPasswords.password]: 'forbidden',
      };
      const reasons: [string, unknown][] = [];
      for (const password of Object.keys(refusals))
        reasons.push([password, (await faultOf(setTemporary(directory, key, new Secret(password)))).detail]);
      expect(Object.fromEntries(reasons)).toEqual(refusals);
      await directory.close();
      await admin('PUT', '', { passwordPolicy });
    });

    it('says that the realm is unknown where it was renamed meanwhile, and not that its accounts are gone', async () => {
      const { admin, realm } = lab.keycloak;
      const key = await lab.add({ userName: 'of.renamed.realm' });
      const directory = lab.connectWith({});
      expect(await directory.read(key)).toMatchObject({ key });
      await admin('PUT', '', { realm: 'renamed' });
      try {
        expect((await faultOf(directory.read(key))).code).toBe('realm-unknown');
        expect((await faultOf(everyAccount(directory))).code).toBe('realm-unknown');
      } finally {
        await admin('PUT', '/../renamed', { realm });
      }
      expect(await directory.read(key)).toMatchObject({ key });
      await directory.close();
    });
  });
}
