import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../shared/secret/secret.ts';
import { hasKeycloak } from '../fixtures/keycloak.ts';
import { describeContract } from './contract.ts';
import { changesOf, everyAccount, faultOf, setTemporary } from './contract/subject.ts';
import { servicePassword, startPassword } from './lab.ts';
import { describeFaultTable } from './fault-table.ts';
import { describeKills } from './kills.ts';
import { describeRequests } from './requests.ts';
import { deskTestOf } from './desk-test.ts';
import { describeGivenOnNames } from './given-on-names.ts';
import { describeResets } from './resets.ts';
import { describeUnanswered } from './unanswered.ts';
import { startKeycloakLab, type KeycloakLab } from './keycloak-lab.ts';
import { describeKeycloakMethods } from './keycloak-methods.ts';
import { describeKeycloakReads } from './keycloak-reads.ts';

const never = () => new AbortController().signal;

// Keycloak comes from Maven Central, which not every network can reach. Without its archive, these tests are skipped, in CI as well.
describe.skipIf(!hasKeycloak && process.env['CI'] === undefined)('Keycloak', () => {
  let starting: Promise<KeycloakLab> | undefined;
  const start = () => (starting ??= startKeycloakLab());
  afterAll(async () => {
    await (await starting)?.stop();
  }, 60_000);
  describeContract(start);
  const deskTest = deskTestOf(start);
  describeGivenOnNames(deskTest);
  describeResets(deskTest);
  describeRequests(deskTest, 6);
  describeUnanswered(deskTest);
  describeKills(start, { ahead: 600_000 });
  describeFaultTable(start);

  describeKeycloakMethods(start, deskTest);

  describe('what Keycloak has besides', () => {
    let lab: KeycloakLab;
    beforeAll(async () => {
      lab = await start();
    }, 400_000);

    it('marks those who have a privileged role, directly, by a composite role or by a group', async () => {
      const { admin } = lab.keycloak;
      const key = await lab.add({ userName: 'powerful' });
      const other = await lab.add({ userName: 'harmless' });
      await admin('POST', '/roles', { name: 'chief' });
      await admin('POST', `/users/${key}/role-mappings/realm`, [await admin('GET', '/roles/chief')]);
      const directory = lab.connectWith({ privilegedRoles: ['chief'], privilegedGroups: [] });
      expect(await directory.read(key)).toMatchObject({ isPrivileged: true });
      expect(await directory.read(other)).toMatchObject({ isPrivileged: false });
      const all = await everyAccount(directory);
      expect(all.filter(({ isPrivileged }) => isPrivileged).map((account) => account.key)).toEqual([key]);
      await directory.close();
    });

    it('keeps the attributes of an account that it disables', async () => {
      const key = await lab.add({
        userName: 'attributed',
        phones: ['+49 170 1', '+49 30 1'],
        department: 'Sales',
      });
      const directory = lab.connectWith({});
      await directory.setEnabled(key, false);
      expect(await directory.read(key)).toMatchObject({
        disabled: true,
        phones: ['+49 170 1', '+49 30 1'],
        department: 'Sales',
      });
      await directory.close();
    });

    it('ends the sessions of a user on request alone', async () => {
      const { admin } = lab.keycloak;
      const key = await lab.add({ userName: 'present' });
      const directory = lab.connectWith({});
      const sessions = async () => (await admin('GET', `/users/${key}/sessions`)) as readonly unknown[];
      expect(await directory.verifyPassword(key, new Secret(startPassword))).toBe('right');
      expect(await sessions()).toHaveLength(0);
      await lab.keycloak.signIn({ id: 'reset-desk', secret: servicePassword }, 'present', startPassword);
      await setTemporary(directory, key, new Secret('Temporary-4712-Passw0rd'));
      expect(await sessions()).toHaveLength(1);
      await directory.endSessions(key);
      expect(await sessions()).toHaveLength(0);
      await directory.close();
    });

    it('neither tries nor changes passwords as the user unless the settings allow it', async () => {
      const key = await lab.add({ userName: 'untried' });
      const directory = lab.connectWith({ canTryPasswords: false });
      expect(directory.capabilities).toMatchObject({
        ownChange: 'not-configured',
        verifyPassword: 'not-configured',
      });
      expect((await faultOf(directory.verifyPassword(key, new Secret(startPassword)))).code).toBe(
        'not-possible',
      );
      await directory.close();
    });

    it('says which rules are not readable without the right to view the realm', async () => {
      const key = await lab.add({ userName: 'unruled' });
      const directory = lab.connect({ withoutRights: true });
      const policy = (await directory.prepareReset(key)).policy;
      expect(policy.unreadable).toContain('minLength');
      expect(policy.minLength).toBeNull();
      await directory.close();
    });

    it('compares all accounts where the events may not be read', async () => {
      const key = await lab.add({ userName: 'compared' });
      const gone = await lab.add({ userName: 'vanishing' });
      const directory = lab.connect({ withoutRights: true });
      const { cursor } = await directory.changesSince(null, never());
      await lab.setPhone('compared', '+49 171 1111111');
      await lab.remove('vanishing');
      const changes = await changesOf(directory, cursor);
      expect(changes.accounts.map((account) => account.key)).toEqual([key]);
      expect(changes.goneKeys).toEqual([gone]);
      await directory.close();
    });
  });

  // Last, since it leaves hundreds of accounts.
  describeKeycloakReads(start);
});
