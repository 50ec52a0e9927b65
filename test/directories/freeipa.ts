import { Attribute, Change } from 'ldapts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExternalDirectory } from '../../backend/directories/external/external-directory.ts';
import { toGeneralizedTime } from '../../backend/directories/ldap/ldap-entry.ts';
import { Secret } from '../../shared/secret/secret.ts';
import { addFreeipaSchema } from '../fixtures/freeipa-schema.ts';
import { everyAccount, setTemporary } from './contract/subject.ts';
import { replaced } from './lab-parts.ts';
import type { LdapLab } from './ldap-lab.ts';
import { startPassword } from './lab.ts';

const keyOf = (at: number) => `0f2d6a0e-6f0b-11f0-8b54-0a4b0c1d2e${String(at).padStart(2, '0')}`;
const hour = 3_600_000;

/**
 * The preset of FreeIPA on a 389 Directory Server with FreeIPA's schema. FreeIPA's plugins, which date and expire passwords, are missing, so the test writes
 * what they write.
 */
export function describeFreeipa(start: () => Promise<LdapLab>): void {
  describe('the preset of FreeIPA with its schema', () => {
    let lab: LdapLab;
    let directory: ExternalDirectory;
    let people: string;
    const now = Date.now();
    const time = (at: number) => toGeneralizedTime(at);
    const second = (at: number) => at - (at % 1000);
    let added = 0;
    const add = async (values: Readonly<Record<string, string>>) => {
      added += 1;
      const uid = `ipa${added}`;
      const dn = `uid=${uid},${people}`;
      await lab.ldap.administrator.add(dn, {
        objectClass: ['inetOrgPerson', 'posixAccount', 'ipaObject', 'krbPrincipalAux'],
        uid,
        cn: uid,
        sn: uid,
        uidNumber: String(10_000 + added),
        gidNumber: '10000',
        homeDirectory: `/home/${uid}`,
        ipaUniqueID: keyOf(added),
        krbPrincipalName: `${uid}@CORP.TEST`,
        ...values,
      });
      await lab.ldap.administrator.modify(dn, replaced('userPassword', [startPassword]));
      return { key: keyOf(added), dn };
    };

    beforeAll(async () => {
      lab = await start();
      const { administrator, baseDn } = lab.ldap;
      people = `ou=people,${baseDn}`;
      await addFreeipaSchema(administrator);
      await administrator.add(`cn=global_policy,${baseDn}`, {
        objectClass: ['krbPwdPolicy', 'nsContainer'],
        cn: 'global_policy',
        krbPwdMinLength: '12',
        krbPwdMinDiffChars: '3',
        krbPwdHistoryLength: '5',
        krbMinPwdLife: '3600',
        krbPwdMaxFailure: '6',
        krbPwdFailureCountInterval: '60',
        krbPwdLockoutDuration: '600',
      });
      const aci = `(targetattr="krbLoginFailedCount")(version 3.0; acl "FreeIPA unlock"; allow (write) userdn="ldap:///uid=helpdesk,ou=services,${baseDn}";)`;
      const modification = new Attribute({ type: 'aci', values: [aci] });
      await administrator.modify(people, new Change({ operation: 'add', modification }));
      directory = lab.connectWith({ preset: 'freeipa', defaultPolicy: `cn=global_policy,${baseDn}` });
    }, 120_000);
    afterAll(() => directory.close());

    it('finds accounts by their unique id and reads what Kerberos keeps about them', async () => {
      const locked = await add({
        krbLoginFailedCount: '6',
        krbLastFailedAuth: time(now),
        krbPasswordExpiration: time(now - hour),
        krbLastPwdChange: time(now - 2 * hour),
      });
      expect(await directory.read(locked.key)).toMatchObject({
        lockedSince: second(now),
        lockedUntil: second(now) + 600_000,
        mustChange: true,
        passwordSetAt: second(now - 2 * hour),
        disabled: false,
      });
      const off = await add({ nsAccountLock: 'TRUE', krbPrincipalExpiration: time(now + hour) });
      expect(await directory.read(off.key)).toMatchObject({
        disabled: true,
        expiresAt: second(now + hour),
        lockedSince: null,
      });
      const keys = (await everyAccount(directory)).map(({ key }) => key);
      expect(keys).toEqual(expect.arrayContaining([locked.key, off.key]));
    });

    it('resets and unlocks by the policy of Kerberos', async () => {
      const { key } = await add({ krbLoginFailedCount: '6', krbLastFailedAuth: time(now) });
      const { policy } = await directory.prepareReset(key);
      expect(policy).toMatchObject({
        minLength: 12,
        complexity: true,
        history: 5,
        minAge: hour,
        lockoutThreshold: 6,
        unreadable: [],
      });
      const temporary = new Secret('Temporary-4712-Passw0rd');
      await setTemporary(directory, key, temporary);
      await directory.unlock(key);
      expect(await directory.read(key)).toMatchObject({ lockedSince: null });
      expect(await directory.verifyPassword(key, new Secret(startPassword))).toBe('wrong');
      expect(await directory.verifyPassword(key, temporary)).not.toBe('wrong');
    });

    it('enables and disables', async () => {
      const { key } = await add({});
      await directory.setEnabled(key, false);
      expect(await directory.read(key)).toMatchObject({ disabled: true });
      await directory.setEnabled(key, true);
      expect(await directory.read(key)).toMatchObject({ disabled: false });
    });
  });
}
