import { afterAll, describe, expect, it } from 'vitest';
import { describeConfiguredDirectory } from './configured-directory.ts';
import { startEntraLab, type EntraLab } from './entra-lab.ts';
import { describeMethodsOfDesk } from './entra-methods.ts';
import { describePassesOfDesk } from './entra-passes.ts';
import { describeFaults } from './faults.ts';
import { describeRequests } from './requests.ts';
import { deskTestOf } from './desk-test.ts';
import { describeGivenOnNames } from './given-on-names.ts';
import { describeResets } from './resets.ts';

describe('a desk with Microsoft Entra ID', () => {
  let starting: Promise<EntraLab> | undefined;
  const start = () => (starting ??= startEntraLab());
  afterAll(async () => {
    await (await starting)?.stop();
  });
  const deskTest = deskTestOf(start);
  describeGivenOnNames(deskTest);
  describeResets(deskTest);
  describeRequests(deskTest, 4);
  describeFaults(deskTest);
  describeConfiguredDirectory(deskTest);
  describePassesOfDesk(start, deskTest);
  describeMethodsOfDesk(start, deskTest);

  it('exchanges only what fits the types that Microsoft publishes', async () => {
    expect([...new Set((await start()).tenant.problems)]).toEqual([]);
  });
});
