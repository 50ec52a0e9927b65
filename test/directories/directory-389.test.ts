import { afterAll, describe } from 'vitest';
import { hasDirectory389 } from '../fixtures/directory-389.ts';
import { describeOddNames } from './odd-names.ts';
import { describeContract, describeSeveralServers } from './contract.ts';
import { describeFaultTable } from './fault-table.ts';
import { startDirectory389Lab, type LdapLab } from './ldap-lab.ts';

describe.skipIf(!hasDirectory389 && process.env['CI'] === undefined)('389 Directory Server', () => {
  let starting: Promise<LdapLab> | undefined;
  const start = () => (starting ??= startDirectory389Lab());
  afterAll(async () => {
    await (await starting)?.stop();
  });
  describeContract(start);
  describeSeveralServers(start);
  describeOddNames(async () => {
    const lab = await start();
    return { lab, ...lab.odd };
  });
  describeFaultTable(start);
});
