import { expect, it } from 'vitest';
import type { ExternalAccount } from '../external/external-directory.ts';
import type { LdapAccounts } from './ldap-accounts.ts';
import { createLdapChanges } from './ldap-changes.ts';
import type { LdapConnection } from './ldap-connection.ts';
import { generalizedTime, ldapEntry } from './ldap-entry.ts';

const signal = new AbortController().signal;

/**
 * A directory with entries that tests change, which is read a minute after the last time by default. `afterList`: it answers lists of one entry, and what
 * happens in the second after each.
 */
function directoryOf(entries: Map<string, string>, startedAt: string, afterList?: () => void) {
  let now = Date.parse(startedAt);
  const found = (since = '') =>
    [...entries]
      .filter(([, time]) => (generalizedTime(time) ?? 0) >= (generalizedTime(since) ?? 0))
      .map(([key, modifyTimestamp]) => ldapEntry({ dn: `uid=${key}`, key, modifyTimestamp }));
  const accounts = {
    prepareReader: () =>
      Promise.resolve({
        hasKey: () => true,
        keyIfInScope: (entry) => entry.text('key'),
        accountOf: (entry) => ({ key: entry.text('key') }) as ExternalAccount,
        learn: () => undefined,
      }),
    async *pages(_connection, _signal, filter = '') {
      const since = />=([^)]+)\)/.exec(filter)?.[1];
      if (afterList === undefined) {
        yield found(since);
        return;
      }
      for (const key of entries.keys()) {
        const list = found(since).filter((entry) => entry.text('key') === key);
        if (list.length === 0) continue;
        yield list;
        now += 1000;
        afterList();
      }
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
  let cursor: string | null = null;
  return {
    since: (text: string | null) => changes.since(connection, text, signal),
    read: async (afterMs = 60_000) => {
      now += afterMs;
      const next = await changes.since(connection, cursor, signal);
      ({ cursor } = next);
      return next.accounts.map(({ key }) => key);
    },
  };
}

it.each(['20990101000000Z', '99999999999999Z'])(
  'an entry with a change at %s is reported until that second is over, and hides no later change',
  async (future) => {
    const entries = new Map([
      ['odd', future],
      ['ann', '20261201085000Z'],
    ]);
    const { read, since } = directoryOf(entries, '2026-12-01T09:00:00Z');
    await read(0);
    expect(await read()).toEqual(['odd', 'ann']);
    // They may have changed again in the second of the first report.
    expect(await read(100)).toEqual(['odd', 'ann']);
    expect(await read()).toEqual(['odd']);
    expect(await read()).toEqual([]);
    entries.set('ann', '20261201090130Z');
    expect(await read()).toEqual(['ann']);
    const poisoned = JSON.stringify({ at: '20990101000000Z', readAt: 0, keys: [] });
    expect(await since(poisoned)).toMatchObject({ isLost: true });
  },
);

it('changes are read by the directory’s clock if this server’s is months behind', async () => {
  const entries = new Map([
    ['ann', '20261201085000Z'],
    ['bea', '20261201085500Z'],
  ]);
  const { read } = directoryOf(entries, '2026-03-01T09:00:00Z');
  await read(0);
  expect(await read()).toEqual(['ann', 'bea']);
  expect(await read()).toEqual([]);
  entries.set('ann', '20261201090130Z');
  expect(await read()).toEqual(['ann']);
  expect(await read()).toEqual([]);
});

it('an entry that changes after its list was read is reported next, although a later change was read', async () => {
  const entries = new Map([
    ['ann', '20261201090030Z'],
    ['bea', '20261201090031Z'],
    ['cid', '20261201090032Z'],
  ]);
  const events = [() => entries.set('ann', '20261201090101Z'), () => entries.set('cid', '20261201090102Z')];
  const { read } = directoryOf(entries, '2026-12-01T09:00:00Z', () => events.shift()?.());
  await read(0);
  expect(await read()).toEqual(['ann', 'bea', 'cid']);
  expect(await read()).toEqual(['ann', 'cid']);
  expect(await read()).toEqual([]);
});

it('many entries that changed within the time that their read takes are reported twice at most', async () => {
  const entries = new Map(['ann', 'bea', 'cid', 'dan'].map((key) => [key, '20261201090030Z']));
  const { read } = directoryOf(entries, '2026-12-01T09:00:00Z', () => undefined);
  await read(0);
  expect(await read()).toHaveLength(4);
  expect(await read()).toHaveLength(4);
  expect(await read()).toEqual([]);
});
