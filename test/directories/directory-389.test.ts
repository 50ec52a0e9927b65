import { afterAll, describe, expect, it } from 'vitest';
import { hasDirectory389 } from '../fixtures/directory-389.ts';
import { deskTestOf } from './desk-test.ts';
import { describeMistypedSettings } from './mistyped-settings.ts';
import { describeOddNames } from './odd-names.ts';
import { describeContract, describeSeveralServers } from './contract.ts';
import { describeFaultTable } from './fault-table.ts';
import { describeFreeipa } from './freeipa.ts';
import { setKeepingRules } from './kept-rules.ts';
import { describeKeptPasswords } from './kept-passwords.ts';
import { describeKills } from './kills.ts';
import { describeReadingRights } from './reading-rights.ts';
import { replaced } from './lab-parts.ts';
import { keptIn } from './resets.ts';
import { startDirectory389Lab, type LdapLab } from './ldap-lab.ts';

describe.skipIf(!hasDirectory389 && process.env['CI'] === undefined)('389 Directory Server', () => {
  let starting: Promise<LdapLab> | undefined;
  const start = () => (starting ??= startDirectory389Lab());
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
  describeKills(start, { isDemandApart: true });
  describeFaultTable(start);
  describeKeptPasswords(keptIn(deskTestOf(start)));
  describeFreeipa(start);

  it('accepts each generated password under every rule of its syntax check', async () => {
    const lab = await start();
    const { administrator } = lab.ldap;
    const key = await lab.add({
      userName: 'ten.aeiou',
      displayName: 'Tea Rose Inner',
      email: 'on.the.sea@example.com',
      department: 'Loud',
    });
    const policy = {
      passwordMinDigits: '3',
      passwordMinUppers: '2',
      passwordMinLowers: '2',
      passwordMinSpecials: '2',
      passwordMaxRepeats: '1',
      passwordMaxSequence: '2',
      passwordMaxSeqSets: '2',
      passwordMaxClassChars: '4',
      passwordMinTokenLength: '2',
      passwordUserAttributes: 'departmentNumber',
      passwordBadWords: 'ab cd',
      passwordPalindrome: 'on',
    };
    const former = Object.keys(policy).map((name) => replaced(name, []));
    for (const [name, value] of Object.entries(policy))
      await administrator.modify('cn=config', replaced(name, [value]));
    const directory = lab.connectWith({});
    const { characters } = (await directory.prepareReset(key)).policy;
    expect(characters).toMatchObject({ maxRepeats: 1, maxSequence: 2, maxSameKind: 4 });
    expect(characters.absent).toEqual(expect.arrayContaining(['ab', 'te', 'os', 'he', 'ud']));
    await setKeepingRules(directory, key);
    await directory.close();
    for (const change of former) await administrator.modify('cn=config', change);
  });
});
