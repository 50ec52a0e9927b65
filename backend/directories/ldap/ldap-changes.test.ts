import { expect, it } from 'vitest';
import type { ExternalAccount } from '../external/external-directory.ts';
import type { LdapAccounts } from './ldap-accounts.ts';
import { createLdapChanges } from './ldap-changes.ts';
import type { LdapConnection } from './ldap-connection.ts';
import { generalizedTime, ldapEntry } from './ldap-entry.ts';

const signal = new AbortController().signal;

it.each(['20990101000000Z', '99999999999999Z'])(
  'an entry with a change at %s is reported once, and hides no later change',
  async (future) => {
    let now = Date.parse('2026-12-01T09:00:00Z');
    const entries = new Map([['odd', future]]);
    const found = (since = '') =>
      [...entries]
        .filter(([, time]) => (generalizedTime(time) ?? 0) >= (generalizedTime(since) ?? 0))
        .map(([key, modifyTimestamp]) => ldapEntry({ dn: `uid=${key}`, key, modifyTimestamp }));
    const accounts = {
      prepareReader: () =>
        Promise.resolve({
          keyIfInScope: (entry) => entry.text('key'),
          accountOf: (entry) => ({ key: entry.text('key') }) as ExternalAccount,
          learn: () => undefined,
        }),
      async *pages(_connection, _signal, filter = '') {
        yield found(/>=([^)]+)\)/.exec(filter)?.[1]);
      },
      async *keyPages() {
        yield found();
      },
    } as Partial<LdapAccounts> as LdapAccounts;
    const changes = createLdapChanges({
      now: () => now,
      compareKeysMs: 1_000_000_000,
      feedAttributes: [],
      accounts,
      managerAttribute: '',
    });
    const connection = {} as LdapConnection;
    entries.set('ann', '20261201085000Z');
    let { cursor } = await changes.since(connection, null, signal);
    const read = async () => {
      now += 60_000;
      const next = await changes.since(connection, cursor, signal);
      ({ cursor } = next);
      return next.accounts.map(({ key }) => key);
    };
    expect(await read()).toEqual(['odd', 'ann']);
    expect(await read()).toEqual([]);
    entries.set('ann', '20261201090130Z');
    expect(await read()).toEqual(['ann']);
    const poisoned = JSON.stringify({ at: '20990101000000Z', readAt: now, keys: [] });
    expect(await changes.since(connection, poisoned, signal)).toMatchObject({ isLost: true });
  },
);
