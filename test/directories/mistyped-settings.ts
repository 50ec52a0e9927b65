import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ExternalDirectory } from '../../backend/directories/external/external-directory.ts';
import { everyAccount, everything, faultOf, never } from './contract/subject.ts';
import type { OddLab } from './odd-names.ts';

/** What people mistype in the settings of an LDAP directory. `people` is the unit that is the scope. */
const mistyped: readonly (readonly [
  what: string,
  settings: (people: string) => object,
  expected: 'base-unknown' | 'filter-invalid',
])[] = [
  ['the base', (people) => ({ baseDn: people.replace('test', 'tset'), scope: {} }), 'base-unknown'],
  ['a base that is no distinguished name', () => ({ baseDn: 'corp.test', scope: {} }), 'base-unknown'],
  ['a unit', (people) => ({ scope: { include: [`ou=absent,${people}`] } }), 'base-unknown'],
  ['a unit that is no distinguished name', () => ({ scope: { include: ['people'] } }), 'base-unknown'],
  ['a unit elsewhere', () => ({ scope: { include: ['ou=people,dc=other,dc=test'] } }), 'base-unknown'],
  ['a filter without a value', () => ({ scope: { filter: 'department' } }), 'filter-invalid'],
  ['a filter with a bracket too many', () => ({ scope: { filter: '(department=*))' } }), 'filter-invalid'],
];

/** Settings with mistakes: the check and the feed name them, and no read takes them for an empty directory. */
export function describeMistypedSettings(start: () => Promise<OddLab>): void {
  describe('settings with a mistake in', () => {
    let odd: OddLab;
    let directory: ExternalDirectory | undefined;
    beforeAll(async () => {
      odd = await start();
      await odd.lab.add({ userName: 'mistyped.anyone' });
    }, 120_000);
    afterEach(() => directory?.close());

    it.for(mistyped)('%s are named', async ([, settings, code]) => {
      directory = odd.connectWith(settings(odd.people));
      const { servers } = await directory.check();
      const failed = servers[0]?.steps.filter(({ outcome }) => outcome === 'failed');
      expect(failed?.map(({ fault }) => fault)).toEqual([code]);
      expect((await faultOf(everything(directory.readKeys(never())))).code).toBe(code);
      expect((await faultOf(everyAccount(directory))).code).toBe(code);
    });

    it('the names of groups and of excluded units are listed', async () => {
      const absent = `cn=absent,${odd.people}`;
      const scope = { include: [odd.people], exclude: [`ou=absent,${odd.people}`] };
      directory = odd.connectWith({ scope, privilegedGroups: [odd.privileged, absent, 'Admins'] });
      const { servers, sample } = await directory.check();
      expect(servers[0]?.unknownNames).toEqual([`ou=absent,${odd.people}`, absent, 'Admins']);
      expect(sample).not.toBeNull();
    });
  });
}
