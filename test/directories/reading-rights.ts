import { beforeAll, describe, expect, it } from 'vitest';
import { inetOrgPersonAttributes } from '../../shared/api/directory-settings.ts';
import { changesOf, everyAccount, everything, faultOf, never } from './contract/subject.ts';
import type { LdapLab } from './ldap-lab.ts';

/** Service accounts that lack one right to read each, and what the connection check says of them. */
const limited = [
  ['keyless', 'the attribute with the stable id', ['rights', 'right-missing'], ['read-key']],
  ['nameless', 'the user names', ['rights', 'right-missing'], ['read-user-name']],
  ['blind', 'the unit of the accounts', ['read-base', 'base-unknown'], []],
] as const;

/** Reads by a service account that may not read all that an account is known by. */
export function describeReadingRights(start: () => Promise<LdapLab>): void {
  describe('a service account that may not read', () => {
    let lab: LdapLab;
    beforeAll(async () => {
      lab = await start();
      await lab.add({ userName: 'readable' });
    }, 120_000);
    const connect = (name: string) => lab.connectWith({ serviceAccount: lab.serviceAccount(name) });

    it.for(limited)('%s: %s, fails in the check', async ([name, , failed, missing]) => {
      const directory = connect(name);
      const { servers, sample } = await directory.check();
      const faults = servers[0]?.steps.flatMap(({ step, fault }) => (fault === null ? [] : [[step, fault]]));
      expect(faults).toEqual([failed]);
      expect(servers[0]?.missingRights).toEqual(missing);
      expect(sample).toBeNull();
      await directory.close();
    });

    it('the attribute with the stable id does not find an empty directory', async () => {
      const directory = connect('keyless');
      const refused = { code: 'right-missing', detail: 'read-key' };
      expect(await faultOf(directory.changesSince(null, never()))).toMatchObject(refused);
      expect(await faultOf(everything(directory.readKeys(never())))).toMatchObject(refused);
      await directory.close();
    });
  });

  it('an entry without a user name is read as such, so that it can be shown', async () => {
    const lab = await start();
    const named = await lab.add({ userName: 'numbered', employeeNumber: '4711' });
    const directory = lab.connectWith({
      attributes: { ...inetOrgPersonAttributes, userName: 'employeeNumber' },
    });
    const { cursor } = await directory.changesSince(null, never());
    const nameless = await lab.add({ userName: 'unnumbered', displayName: 'Una Example' });
    const nameOf = (accounts: readonly { readonly key: string; readonly userName: string }[], key: string) =>
      accounts.find((account) => account.key === key)?.userName;
    const all = await everyAccount(directory);
    expect([nameOf(all, named), nameOf(all, nameless)]).toEqual(['4711', '']);
    expect(nameOf((await changesOf(directory, cursor)).accounts, nameless)).toBe('');
    expect(await directory.read(nameless)).toMatchObject({ userName: '', displayName: 'Una Example' });
    await directory.close();
  });
}
