import { afterAll } from 'vitest';
import type { AccountHit } from '../../../shared/api/account.ts';
import { startOpenldapLab, type LdapLab } from '../../directories/ldap-lab.ts';
import { deskTestOf } from '../../directories/desk-test.ts';
import { hasOpenldap } from '../../fixtures/openldap.ts';

/** Whether tests of two directories are skipped: only where OpenLDAP is not installed, and never on CI. */
export const isWithoutOpenldap = !hasOpenldap && process.env['CI'] === undefined;

export const marlenesAddress = 'marlene.okafor@example.com';

/**
 * Tests of a desk with the sample accounts in the built-in directory, to which an OpenLDAP is connected as “Head office”. Marlene Okafor has the user name
 * m.okafor and the same address in both.
 */
export function twoDirectoriesTest() {
  let starting: Promise<LdapLab> | undefined;
  const start = () => (starting ??= startOpenldapLab());
  afterAll(async () => {
    await (await starting)?.stop();
  });
  let adding: Promise<unknown> | undefined;
  return (
    deskTestOf(start)
      .extend('openldap', () => start())
      .extend('marlene', async ({ lab }) => {
        adding ??= lab.add({
          userName: 'm.okafor',
          displayName: 'Marlene Okafor',
          email: marlenesAddress,
        });
        await adding;
      })
      .extend('hitsOf', ({ desk }) => async (q: string) => {
        const { body } = await desk.call<{ hits: AccountHit[] }>(
          'GET',
          `/accounts?q=${encodeURIComponent(q)}`,
        );
        return body.hits;
      })
      /** Marlene's accounts, once both directories are read. */
      .extend('both', async ({ marlene: _marlene, connect, hasRead, hitsOf }) => {
        await connect();
        await hasRead();
        const hits = await hitsOf('m.okafor');
        const idOf = (kind: string) => hits.find(({ directory }) => directory?.kind === kind)?.id ?? '';
        return { own: idOf('built-in'), other: idOf('ldap') };
      })
  );
}
