import { describe, expect } from 'vitest';
import type { AccountView } from '../../shared/api/account.ts';
import { browserOf, linkFor } from '../backend/desk-call.ts';
import { importCsv } from '../backend/import-csv.ts';
import { zoesAddress } from './desk-test.ts';
import { describeKeptPasswords, keptTest, type PasswordKeeper } from './kept-passwords.ts';

/** Tests of a desk whose built-in directory has Zoe Example's account. */
const it = keptTest.override('keeper', ({ backend, desk, mailSink }): PasswordKeeper => {
  const signIn = async (password: string | null) => {
    const { status, to } = await browserOf(backend.ask).signIn('zoe.example', password ?? '');
    if (status === 401) return 'wrong';
    return to === '/change-password' ? 'must-change' : 'right';
  };
  return {
    unlocks: true,
    lockedAt: null,
    triesPasswords: true,
    short: { password: 'short', notice: 'At least' },
    refused: { password: 'zoe.example', notice: 'user name' },
    addZoe: async () => {
      await importCsv(desk, {
        csv: `zoe.example,Zoe Example,${zoesAddress}`,
        fields: ['userName', 'displayName', 'email'],
      });
    },
    signIn,
    give: async (password) => {
      const browser = browserOf(backend.ask);
      await browser.go('POST', '/forgot-password', { address: zoesAddress });
      const token = (await linkFor(mailSink, zoesAddress)).replace('/reset/', '');
      const sent = await browser.go('POST', '/reset', { token, password, repeated: password });
      expect(sent.to).toBe('/reset/done');
    },
    lock: async () => {
      const id = await desk.accountId('zoe.example');
      await expect
        .poll(async () => {
          await signIn('Wrong-4711-Passw0rd');
          return (await desk.call<AccountView>('GET', `/accounts/${id}`)).body.statuses;
        })
        .toContain('locked');
    },
    // Nothing tells it to the user, since the password was never kept elsewhere.
    expire: () => {
      backend.clock.at += 3_600_000;
      return Promise.resolve();
    },
  };
});

describe('the built-in directory', () => {
  describeKeptPasswords(it);
});
