import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Secret } from '../../shared/secret/secret.ts';
import { everyAccount, setTemporary } from './contract/subject.ts';
import { startOpenldapLab, type LdapLab } from './ldap-lab.ts';

const reset = 'Temporary-4712-Passw0rd';

/** What OpenLDAP's log of changes tells about the age of contact data at a first read. */
export function describeOpenldapLog(): void {
  describe('an OpenLDAP with a log of changes', () => {
    let lab: LdapLab;
    /** Milliseconds of the second in which the accounts were changed for the second time. */
    let lastSecond: number;
    beforeAll(async () => {
      lab = await startOpenldapLab({ logsChanges: true });
      for (const userName of ['reset', 'refused', 'moved'])
        await lab.add({ userName, phones: ['+49 170 1', '+49 30 1'] });
      const added = Date.now();
      // Times have whole seconds.
      await vi.waitUntil(() => Math.floor(Date.now() / 1000) > Math.floor(added / 1000), { timeout: 5000 });
      lastSecond = Date.now() - (Date.now() % 1000);
      const directory = lab.connect();
      await setTemporary(directory, await lab.keyOf('reset'), new Secret(reset));
      await directory.verifyPassword(await lab.keyOf('refused'), new Secret('Wrong-4711-Passw0rd'));
      await lab.setPhone('moved', '+49 170 2');
      await setTemporary(directory, await lab.keyOf('moved'), new Secret(reset));
      await directory.close();
    }, 120_000);
    afterAll(() => lab.stop());

    const readBy = async (options: Parameters<LdapLab['connect']>[0] = {}) => {
      const directory = lab.connect(options);
      const all = await everyAccount(directory);
      await directory.close();
      return new Map(all.map((account) => [account.userName, account]));
    };

    it.each(['reset', 'refused'])(
      'tells that the contact data is older than a change of the password or a wrong one: %s',
      async (userName) => {
        const account = (await readBy()).get(userName);
        expect(account?.contactSetAt.phone).toBe(account?.createdAt);
        expect(account?.contactSetAt.phone).toBeLessThan(lastSecond);
      },
    );

    it('tells when contact data was changed, although the password was changed after it', async () => {
      expect((await readBy()).get('moved')?.contactSetAt.phone).toBeGreaterThanOrEqual(lastSecond);
    });

    it('is mentioned by the check of the connection', async () => {
      const timesFor = async (options: Parameters<LdapLab['connect']>[0]) => {
        const directory = lab.connect(options);
        const { contactTimes } = await directory.check();
        await directory.close();
        return contactTimes;
      };
      expect(await timesFor({})).toBe('attribute');
      expect(await timesFor({ withoutRights: true })).toBe('entry');
    });

    it('tells nothing to a service account that may not read it', async () => {
      const account = (await readBy({ withoutRights: true })).get('reset');
      expect(account?.contactSetAt.phone).toBeGreaterThanOrEqual(lastSecond);
    });
  });
}
