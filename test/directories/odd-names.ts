import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from 'ldapts';
import type { ExternalDirectory } from '../../backend/directories/external/external-directory.ts';
import { Secret } from '../../shared/secret/secret.ts';
import { changesOf, everyAccount, everything, never, setTemporary } from './contract/subject.ts';
import { memberAdded, memberRemoved, replaced } from './lab-parts.ts';
import { startPassword, type DirectoryLab } from './lab.ts';

/** Names of people and units that are written with escapes in a distinguished name. */
const names = [
  'Okafor, Marlene',
  'The "Quoted"',
  '#1 Plus+Minus',
  ' spaces before and after ',
  'Žižek (Zoë)*',
  String.raw`back\slash; semicolon`,
  '<angle> = equals',
  '石田 太郎',
  'a/b O’Brien',
];

/** A value within a distinguished name (RFC 4514). */
const escaped = (value: string): string =>
  value.replaceAll(/[\\,+"<>;=]/g, String.raw`\$&`).replaceAll(/^[ #]| $/g, String.raw`\$&`);

/** The same name in another notation: escaped characters as their bytes. */
const inHex = (dn: string): string =>
  dn.replaceAll(
    /\\(.)/g,
    (_escape, character: string) => `\\${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

export interface OddLab {
  readonly lab: DirectoryLab;
  readonly administrator: Client;
  /** The unit that is the scope. */
  readonly people: string;
  readonly privileged: string;
  /** Adds a person at a distinguished name, whose password is {@link startPassword}. Returns its key. */
  addAt(dn: string, userName: string): Promise<string>;
  connectWith(settings: object): ExternalDirectory;
}

/** People and units whose distinguished names need escapes, as a directory has them in fact. */
export function describeOddNames(start: () => Promise<OddLab>): void {
  describe('a distinguished name with', { timeout: 20_000 }, () => {
    let odd: OddLab;
    let directory: ExternalDirectory;
    beforeAll(async () => {
      odd = await start();
      directory = odd.lab.connect();
    }, 120_000);
    afterAll(() => directory.close());
    const tried = (key: string, password: string) => directory.verifyPassword(key, new Secret(password));

    it.for(names.map((name, at) => [name, at] as const))(
      '“%s” is read, found and reset',
      async ([name, at]) => {
        const { administrator, people, privileged, addAt } = odd;
        const unit = `ou=${escaped(`${name} unit`)},${people}`;
        await administrator.add(unit, { objectClass: 'organizationalUnit' });
        const { cursor } = await directory.changesSince(null, never());
        const dn = `cn=${escaped(name)},${unit}`;
        const key = await addAt(dn, `odd.number${at}`);
        const report = await odd.lab.add({ userName: `odd.report${at}` });
        const dnOfReport = (
          await administrator.search(people, {
            filter: `(|(uid=odd.report${at})(sAMAccountName=odd.report${at}))`,
          })
        ).searchEntries[0]?.dn;
        await administrator.modify(dnOfReport ?? '', replaced('manager', [dn]));

        expect(await directory.read(key)).toMatchObject({
          key,
          userName: `odd.number${at}`,
          isPrivileged: false,
        });
        expect((await directory.read(report))?.manager).toBe(key);
        expect((await changesOf(directory, cursor)).accounts.map((account) => account.key)).toContain(key);
        expect(await tried(key, startPassword)).toBe('right');
        await setTemporary(directory, key, new Secret('Temporary-4712-Passw0rd'));
        expect(await tried(key, 'Temporary-4712-Passw0rd')).toBe('must-change');

        await administrator.modify(privileged, memberAdded(dn));
        expect(await directory.read(key)).toMatchObject({ isPrivileged: true });
        const all = await everyAccount(directory);
        expect(all.find((account) => account.key === key)).toMatchObject({ isPrivileged: true });
        expect(all.find((account) => account.key === report)).toMatchObject({ manager: key });
        await administrator.modify(privileged, memberRemoved(dn));

        const within = odd.connectWith({ scope: { include: [inHex(unit)] } });
        expect(await everything(within.readKeys(never()))).toEqual([key]);
        await within.close();
        const without = odd.connectWith({ scope: { include: [people], exclude: [inHex(unit)] } });
        expect(await without.read(key)).toBeNull();
        await without.close();
      },
    );
  });
}
