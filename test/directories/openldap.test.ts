import { Attribute, Change } from 'ldapts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../shared/secret/secret.ts';
import { hasOpenldap } from '../fixtures/openldap.ts';
import { describeConfiguredDirectory } from './configured-directory.ts';
import { describeMistypedSettings } from './mistyped-settings.ts';
import { describeOddNames } from './odd-names.ts';
import { describeContract, describeSeveralServers } from './contract.ts';
import { everything, faultOf, setTemporary } from './contract/subject.ts';
import { describeDirectorySignIn } from './directory-sign-in.ts';
import { describeFaultTable } from './fault-table.ts';
import { startPassword } from './lab.ts';
import { setKeepingRules } from './kept-rules.ts';
import { describeKills } from './kills.ts';
import { describeOpenldapFaults } from './openldap-faults.ts';
import { describeOpenldapLog } from './openldap-log.ts';
import { describeReadingRights } from './reading-rights.ts';
import { describeRequests } from './requests.ts';
import { deskTestOf } from './desk-test.ts';
import { describeGivenOnNames } from './given-on-names.ts';
import { describeResets } from './resets.ts';
import { describeUnanswered } from './unanswered.ts';
import { startOpenldapLab, type LdapLab } from './ldap-lab.ts';

const never = () => new AbortController().signal;

describe.skipIf(!hasOpenldap && process.env['CI'] === undefined)('OpenLDAP', () => {
  let starting: Promise<LdapLab> | undefined;
  const start = () => (starting ??= startOpenldapLab());
  afterAll(async () => {
    await (await starting)?.stop();
  });
  describeContract(start);
  describeSeveralServers(start);
  const startOdd = async () => {
    const lab = await start();
    return { lab, ...lab.odd };
  };
  describeOddNames(startOdd);
  describeMistypedSettings(startOdd);
  describeReadingRights(start);
  const deskTest = deskTestOf(start);
  describeGivenOnNames(deskTest);
  describeResets(deskTest);
  describeRequests(deskTest, 3);
  describeUnanswered(deskTest);
  describeDirectorySignIn(deskTest);
  describeKills(start);
  describeConfiguredDirectory(deskTest);
  describeFaultTable(start);
  describeOpenldapFaults();
  describeOpenldapLog();

  describe('what OpenLDAP has besides', () => {
    let lab: LdapLab;
    beforeAll(async () => {
      lab = await start();
    }, 120_000);

    it('is trusted by its own certificate alone', async () => {
      const key = await lab.add({ userName: 'pinned' });
      const pinned = lab.connectWith({ authorities: lab.certificate });
      expect(await pinned.read(key)).toMatchObject({ key });
      await pinned.close();
      const other = lab.connectWith({ authorities: lab.certificates.otherName.cert });
      expect((await faultOf(other.read(key))).code).toBe('certificate-untrusted');
      await other.close();
    });

    it('accepts each generated password where its policy allows few characters', async () => {
      const key = await lab.add({ userName: 'brief' });
      await lab.setPolicy('brief', 'short');
      const directory = lab.connectWith({});
      expect((await directory.prepareReset(key)).policy).toMatchObject({
        minLength: 10,
        characters: { longest: 14 },
      });
      await setKeepingRules(directory, key);
      await directory.close();
    });

    it('restricts the scope to members of groups and of groups within them', async () => {
      const inside = await lab.add({ userName: 'member', isPrivileged: true });
      const outside = await lab.add({ userName: 'stranger' });
      const narrow = lab.connectWith({ scope: { groups: [`cn=outer,ou=groups,${lab.ldap.baseDn}`] } });
      expect(await narrow.read(inside)).toMatchObject({ key: inside });
      expect(await narrow.read(outside)).toBeNull();
      expect(await everything(narrow.readKeys(never()))).toContain(inside);
      expect(await everything(narrow.readKeys(never()))).not.toContain(outside);
      await narrow.close();
    });

    it('says that the service account’s password has expired', async () => {
      const { administrator, baseDn } = lab.ldap;
      const replace = (type: string, values: string[]) =>
        new Change({ operation: 'replace', modification: new Attribute({ type, values }) });
      await administrator.add(`cn=aged,ou=policies,${baseDn}`, {
        objectClass: ['pwdPolicy', 'device'],
        cn: 'aged',
        pwdAttribute: 'userPassword',
        pwdMaxAge: '1',
        pwdMustChange: 'TRUE',
      });
      const service = `cn=other,ou=services,${baseDn}`;
      await administrator.add(service, {
        objectClass: ['applicationProcess', 'simpleSecurityObject'],
        cn: 'other',
        userPassword: 'Service-4711-Passw0rd',
      });
      await administrator.modify(service, replace('pwdReset', ['TRUE']));
      const mustChange = lab.connectWith({ serviceAccount: service });
      expect(await faultOf(mustChange.read(await lab.add({ userName: 'any' })))).toMatchObject({
        code: 'service-account-wrong',
        detail: 'must-change',
      });
      await mustChange.close();
      await administrator.modify(service, [
        replace('pwdReset', []),
        replace('pwdPolicySubentry', [`cn=aged,ou=policies,${baseDn}`]),
        replace('userPassword', ['Service-4711-Passw0rd']),
      ]);
      await administrator.modify(service, replace('pwdReset', []));
      await expect
        .poll(async () => {
          const expired = lab.connectWith({ serviceAccount: service });
          const answer = await everything(expired.readKeys(never())).then(
            () => 'read',
            (thrown: { code: string }) => thrown.code,
          );
          await expired.close();
          return answer;
        })
        .toBe('service-password-expired');
    });

    it('begins TLS after StartTLS', async () => {
      const key = await lab.add({ userName: 'started' });
      const plain = lab.connectWith({
        encryption: 'start-tls',
        servers: [{ host: '127.0.0.1', port: lab.ldap.plainPort }],
      });
      await setTemporary(plain, key, new Secret('Temporary-4712-Passw0rd'));
      expect(await plain.verifyPassword(key, new Secret('Temporary-4712-Passw0rd'))).toBe('must-change');
      await plain.close();
    });

    it('is asked as any other server where the preset is generic', async () => {
      const key = await lab.add({ userName: 'plain' });
      const generic = lab.connectWith({ preset: 'generic' });
      const [server] = (await generic.check()).servers;
      expect(server?.unknownRights).toEqual(['reset-password']);
      expect(generic.capabilities).toMatchObject({
        forceChange: 'not-on-this-server',
        unlock: 'not-on-this-server',
      });
      expect(await generic.setOwnPassword(key, new Secret('Chosen-4713-Passw0rd'))).toEqual({
        passwordSetAt: null,
      });
      expect((await faultOf(generic.unlock(key))).code).toBe('not-possible');
      expect(await generic.verifyPassword(key, new Secret(startPassword))).toBe('wrong');
      await generic.close();
    });

    it('leaves a password alone where the preset is generic, since it may be the user’s own', async () => {
      const key = await lab.add({ userName: 'undated' });
      const generic = lab.connectWith({ preset: 'generic' });
      await setTemporary(generic, key, new Secret('Temporary-4712-Passw0rd'));
      await generic.close();
      const restarted = lab.connectWith({ preset: 'generic' });
      expect(await restarted.replaceByUnknown(key, null)).toBe('unchecked');
      expect(await restarted.verifyPassword(key, new Secret('Temporary-4712-Passw0rd'))).toBe('right');
      await restarted.close();
    });

    it('names an account once even if it changed in the second of the last read', async () => {
      const directory = lab.connectWith({});
      const { cursor } = await directory.changesSince(null, never());
      const key = await lab.add({ userName: 'once' });
      const keys = (accounts: readonly { readonly key: string }[]) => accounts.map((account) => account.key);
      let changes = await directory.changesSince(cursor, never());
      expect(keys(changes.accounts)).toContain(key);
      await expect
        .poll(async () => {
          changes = await directory.changesSince(changes.cursor, never());
          return changes.accounts.length;
        })
        .toBe(0);
      await lab.setPhone('once', '+49 171 5555555');
      expect(keys((await directory.changesSince(changes.cursor, never())).accounts)).toContain(key);
      await directory.close();
    });
  });
});
