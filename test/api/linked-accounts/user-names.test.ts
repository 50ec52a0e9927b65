import { describe, expect } from 'vitest';
import type { CaseRow } from '../../../shared/api/case.ts';
import type { TimelineEntry } from '../../../shared/api/timeline.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import { browserOf, codeFor, linkFor } from '../../backend/desk-call.ts';
import { isWithoutOpenldap, marlenesAddress, twoDirectoriesTest } from './two-directories.ts';

describe.skipIf(isWithoutOpenldap)('a user name in two directories', () => {
  const it = twoDirectoriesTest();
  const own = 'Quiet+Harbour7';

  it('belongs to an account of its own in each, and a search names their directories', async ({
    desk,
    both,
    hitsOf,
  }) => {
    expect(both.own).not.toBe('');
    expect(both.other).not.toBe('');
    const hits = await hitsOf('m.okafor');
    expect(hits.filter(({ userName }) => userName === 'm.okafor').map(({ directory }) => directory)).toEqual(
      expect.arrayContaining([
        { kind: 'built-in', name: null },
        { kind: 'ldap', name: 'Head office' },
      ]),
    );
    expect((await desk.call<{ rows: unknown[] }>('GET', '/held-rows')).body.rows).toEqual([]);
  });

  it('finds the cases of both accounts', async ({ desk, both }) => {
    for (const accountId of [both.own, both.other]) await desk.call('POST', '/cases', { accountId });
    const { body } = await desk.call<{ cases: CaseRow[] }>('GET', '/cases?account=M.OKAFOR');
    expect(body.cases.map(({ accountId }) => accountId).toSorted()).toEqual(
      [both.own, both.other].toSorted(),
    );
    const { body: log } = await desk.call<{ events: { action: string }[] }>(
      'GET',
      '/audit/events?account=m.okafor&action=case.opened',
    );
    expect(log.events).toHaveLength(2);
  });

  it('gets a link for each account by “Forgot password?”, with the directory in its mail', async ({
    backend,
    desk,
    both,
    mailSink,
  }) => {
    await browserOf(backend.ask).go('POST', '/forgot-password', { address: 'm.okafor' });
    const mails = [await mailSink.mailTo(marlenesAddress), await mailSink.mailTo(marlenesAddress)];
    const texts = mails.map(({ text = '' }) => text);
    expect(texts.filter((text) => text.includes('m.okafor (Head office)'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('m.okafor (Reset Desk)'))).toHaveLength(1);
    const links = texts.map((text) => /https?:\/\/[^/\s]+(\/reset\/\S+)/.exec(text)?.[1] ?? '');
    const ofOther = links[texts.findIndex((text) => text.includes('(Head office)'))] ?? '';
    const token = ofOther.replace('/reset/', '');
    const chosen = await browserOf(backend.ask).go('POST', '/reset', { token, password: own, repeated: own });
    expect(chosen.to).toBe('/reset/done');
    const actionsOf = async (id: string) =>
      (await desk.call<{ entries: TimelineEntry[] }>('GET', `/accounts/${id}/timeline`)).body.entries.map(
        ({ action }) => action,
      );
    expect(await actionsOf(both.other)).toContain('reset-link.used');
    expect(await actionsOf(both.own)).not.toContain('reset-link.used');
  });

  it('signs in with the password of either account, and a wrong one counts at both', async ({
    backend,
    desk,
    lab,
    both,
    mailSink,
  }) => {
    const opened = await desk.call<{ id: string }>('POST', '/cases', { accountId: both.own });
    const started = await desk.startCode(opened.body.id);
    await desk.readBack(started.body.case, await codeFor(mailSink, marlenesAddress));
    const grant = await desk.mint(opened.body.id, 'reset-link');
    expect((await desk.reset(opened.body.id, grant.body.id, 'reset-link', 'key-of-a-link')).status).toBe(200);
    const token = (await linkFor(mailSink, marlenesAddress)).replace('/reset/', '');
    await browserOf(backend.ask).go('POST', '/reset', { token, password: own, repeated: own });
    const known = 'Known-4712-Lavender';
    const directory = lab.connect();
    await directory.setOwnPassword(await lab.keyOf('m.okafor'), new Secret(known));
    const failuresOf = async (id: string) =>
      (await desk.call<{ entries: TimelineEntry[] }>('GET', `/accounts/${id}/timeline`)).body.entries.filter(
        ({ action }) => action === 'account.sign-in-failed',
      ).length;
    const signIn = (password: string) => browserOf(backend.ask).signIn('m.okafor', password);
    expect((await signIn(own)).status).toBe(303);
    expect((await signIn(known)).status).toBe(303);
    // The right password of one account is no failure of the built-in one, whose lock this backend keeps.
    expect([await failuresOf(both.own), await failuresOf(both.other)]).toEqual([0, 0]);
    const wrong = await signIn('Wrong-4711-Passw0rd');
    expect(wrong.text).toContain('is wrong');
    expect([await failuresOf(both.own), await failuresOf(both.other)]).toEqual([1, 1]);
    await directory.close();
  });

  it('locks neither account for the other while the last used one is asked first', async ({
    backend,
    lab,
    both: _both,
  }) => {
    const directory = lab.connect();
    const key = await lab.keyOf('m.okafor');
    await directory.setOwnPassword(key, new Secret('Known-4713-Passw0rd'));
    for (let times = 0; times < 5; times += 1)
      expect((await browserOf(backend.ask).signIn('m.okafor', 'Known-4713-Passw0rd')).status).toBe(303);
    expect(await directory.read(key)).toMatchObject({ lockedSince: null });
    await directory.close();
  });
});
