import { afterAll, describe, expect, it } from 'vitest';
import { describeContract } from './contract.ts';
import { startEntraLab, type EntraLab } from './entra-lab.ts';
import { describeEntra } from './entra-own.ts';
import { describeSignInMethods } from './entra-methods.ts';
import { describeAccessPasses } from './entra-passes.ts';

describe('Microsoft Entra ID', () => {
  let starting: Promise<EntraLab> | undefined;
  const start = () => (starting ??= startEntraLab());
  afterAll(async () => {
    await (await starting)?.stop();
  });
  describeContract(start);
  describeEntra(start);
  describeAccessPasses(start);
  describeSignInMethods(start);

  describe('its stand-in', () => {
    it('has received and sent only what fits the types that Microsoft publishes', async () => {
      expect([...new Set((await start()).tenant.problems)]).toEqual([]);
    });
  });
});
