import { describe, expect } from 'vitest';
import type { LinkedAccount, UnlinkedAccount } from '../../../shared/api/account-link.ts';
import type { CaseView } from '../../../shared/api/case.ts';
import type { TimelineEntry } from '../../../shared/api/timeline.ts';
import { codeFor } from '../../backend/desk-call.ts';
import { replaced } from '../../directories/lab-parts.ts';
import { isWithoutOpenldap, marlenesAddress, twoDirectoriesTest } from './two-directories.ts';

describe.skipIf(isWithoutOpenldap)('accounts of one person in two directories', () => {
  const it = twoDirectoriesTest()
    .extend('linksOf', ({ desk }) => async (id: string) => {
      const { body } = await desk.call<{ accounts: LinkedAccount[] }>('GET', `/accounts/${id}/links`);
      return body.accounts;
    })
    .extend('unlinkedOf', ({ desk }) => async (id: string) => {
      const { body } = await desk.call<{ unlinked: UnlinkedAccount[] }>('GET', `/accounts/${id}/links`);
      return body.unlinked;
    })
    .extend('timelineOf', ({ desk }) => async (id: string) => {
      const { body } = await desk.call<{ entries: TimelineEntry[] }>('GET', `/accounts/${id}/timeline`);
      return body.entries;
    })
    /** Makes the links so old that evidence can count. */
    .extend(
      'rested',
      ({ backend }) =>
        () =>
          backend.changeRows((db) => db.updateTable('account_links').set({ linked_at: 1 }).execute()),
    )
    .extend('verifiedAt', ({ desk, mailSink }) => async (accountId: string) => {
      const { body } = await desk.call<CaseView>('POST', '/cases', { accountId });
      const started = await desk.startCode(body.id);
      return (await desk.readBack(started.body.case, await codeFor(mailSink, marlenesAddress))).body.case;
    })
    /** Changes the address in the other directory, as somebody may who can write there. */
    .extend('setAddress', ({ openldap }) => async (address: string) => {
      const people = `ou=people,${openldap.ldap.baseDn}`;
      await openldap.ldap.administrator.modify(`uid=m.okafor,${people}`, replaced('mail', [address]));
    })
    /** The code in the next mail to the address that has one; a notice of the change may come first. */
    .extend('nextCode', ({ mailSink }) => async (address: string) => {
      let code = '';
      while (code === '') code = await codeFor(mailSink, address);
      return code;
    })
    .extend(
      'openLinked',
      ({ desk }) =>
        (caseId: string, accountId: string) =>
          desk.call<CaseView & { code?: string }>('POST', `/cases/${caseId}/linked-cases`, { accountId }),
    );

  it('are linked by their address, which both timelines say', async ({ both, linksOf, timelineOf }) => {
    const [link] = await linksOf(both.own);
    expect(link).toMatchObject({
      accountId: both.other,
      directory: 'ldap',
      directoryName: 'Head office',
      userName: 'm.okafor',
      outOfScope: false,
    });
    expect((await linksOf(both.other)).map(({ accountId }) => accountId)).toEqual([both.own]);
    for (const [id, directory] of [
      [both.own, 'Head office'],
      [both.other, 'built-in'],
    ] as const)
      expect((await timelineOf(id)).find(({ action }) => action === 'account.linked')).toMatchObject({
        facts: { with: 'm.okafor', directory },
      });
  });

  it('stay two accounts if an administrator unlinks them, also after the next read', async ({
    desk,
    both,
    lab,
    linksOf,
    timelineOf,
    hitsOf,
  }) => {
    const [link] = await linksOf(both.own);
    const unlink = () =>
      desk.call('POST', `/account-links/${link?.linkId ?? ''}/unlink`, { reason: 'Two persons' });
    expect((await unlink()).status).toBe(200);
    expect(await unlink()).toMatchObject({ status: 404, body: { code: 'account.link-not-found' } });
    expect(await linksOf(both.own)).toEqual([]);
    expect((await timelineOf(both.other))[0]).toMatchObject({
      action: 'account.unlinked',
      facts: { reason: 'Two persons' },
    });
    await lab.setPhone('m.okafor', '+49 171 5550177');
    await expect
      .poll(() => hitsOf('+49 171 5550177').then((hits) => hits.length), { timeout: 40_000 })
      .toBe(1);
    expect(await linksOf(both.own)).toEqual([]);
  });

  it('are linked again by an administrator who unlinked them by mistake, as young as a new link', async ({
    desk,
    both,
    rested,
    linksOf,
    unlinkedOf,
    timelineOf,
    verifiedAt,
    openLinked,
  }) => {
    await rested();
    const [link] = await linksOf(both.own);
    const change = (what: 'link' | 'unlink', reason: string) =>
      desk.call<{ code?: string }>('POST', `/account-links/${link?.linkId ?? ''}/${what}`, { reason });
    expect(await change('link', 'By mistake')).toMatchObject({ body: { code: 'account.link-not-found' } });
    await change('unlink', 'Two persons');
    expect(await unlinkedOf(both.own)).toMatchObject([
      { accountId: both.other, directoryName: 'Head office', userName: 'm.okafor', reason: 'Two persons' },
    ]);
    expect((await change('link', 'By mistake')).status).toBe(200);
    expect(await linksOf(both.own)).toMatchObject([{ accountId: both.other, why: 'email' }]);
    expect(await unlinkedOf(both.own)).toEqual([]);
    for (const id of [both.own, both.other])
      expect((await timelineOf(id))[0]).toMatchObject({
        action: 'account.linked',
        actor: { kind: 'operator' },
        facts: { reason: 'By mistake' },
      });
    const first = await verifiedAt(both.own);
    expect((await openLinked(first.id, both.other)).body.takenOver).toMatchObject({ checks: [] });
  });

  it('are not linked again if one has another linked account in that directory', async ({
    backend,
    desk,
    both,
    lab,
    linksOf,
  }) => {
    const [link] = await linksOf(both.own);
    const path = `/account-links/${link?.linkId ?? ''}`;
    await desk.call('POST', `${path}/unlink`, { reason: 'Two persons' });
    const third = 'm.okafor.too';
    await lab.add({ userName: third });
    await expect.poll(() => desk.accountId(third), { timeout: 40_000 }).not.toBe('');
    const thirdId = await desk.accountId(third);
    const [first, second] = [both.own, thirdId].toSorted() as [string, string];
    await backend.changeRows((db) =>
      db
        .insertInto('account_links')
        .values({
          id: 'another-link',
          account_id: first,
          other_id: second,
          why: 'employee-number',
          linked_at: 1,
          unlinked_at: null,
          unlinked_by: null,
          unlink_reason: null,
        })
        .execute(),
    );
    expect(await desk.call('POST', `${path}/link`, { reason: 'By mistake' })).toMatchObject({
      body: { code: 'account.link-unfounded' },
    });
    expect((await linksOf(both.own)).map(({ accountId }) => accountId)).toEqual([thirdId]);
    await lab.remove(third);
  });

  it('are not linked again once they share nothing', async ({ backend, desk, both, linksOf }) => {
    const [link] = await linksOf(both.own);
    const path = `/account-links/${link?.linkId ?? ''}`;
    await desk.call('POST', `${path}/unlink`, { reason: 'Two persons' });
    await backend.changeRows((db) =>
      db
        .updateTable('accounts')
        .set({ email: 'other@example.com', email_key: 'other@example.com' })
        .where('id', '=', both.other)
        .execute(),
    );
    expect(await desk.call('POST', `${path}/link`, { reason: 'By mistake' })).toMatchObject({
      status: 409,
      body: { code: 'account.link-unfounded' },
    });
    expect(await linksOf(both.own)).toEqual([]);
  });

  it('are reset one after the other under the evidence of one call, with a grant for each', async ({
    desk,
    both,
    rested,
    verifiedAt,
    openLinked,
    timelineOf,
  }) => {
    await rested();
    const first = await verifiedAt(both.own);
    expect(first.otherAccounts.map(({ accountId }) => accountId)).toEqual([both.other]);
    const grant = await desk.mint(first.id, 'temporary-password');
    expect((await desk.reset(first.id, grant.body.id, 'temporary-password', 'key-of-the-first')).status).toBe(
      200,
    );
    const second = await openLinked(first.id, both.other);
    expect(second).toMatchObject({
      status: 200,
      body: {
        account: { id: both.other },
        takenOver: { caseId: first.id, checks: ['emailed-code'] },
        assurance: { met: true },
      },
    });
    const used = await desk.reset(second.body.id, grant.body.id, 'temporary-password', 'key-of-the-used');
    expect(used.body.code).toMatch(/^grant\./u);
    const own = await desk.mint(second.body.id, 'temporary-password');
    const done = await desk.reset(second.body.id, own.body.id, 'temporary-password', 'key-of-the-second');
    expect(done).toMatchObject({ status: 200, body: { reset: { state: 'done' } } });
    const actionsOf = async (id: string) => (await timelineOf(id)).map(({ action }) => action);
    expect(await actionsOf(both.own)).toContain('case.continued-elsewhere');
    expect(await actionsOf(both.other)).toEqual(
      expect.arrayContaining(['case.opened', 'case.evidence-taken-over', 'grant.minted', 'reset.done']),
    );
  });

  it('are verified anew while their link is young', async ({ desk, both, verifiedAt, openLinked }) => {
    const first = await verifiedAt(both.own);
    const second = await openLinked(first.id, both.other);
    expect(second.body).toMatchObject({ takenOver: { checks: [] }, assurance: { met: false, earned: 0 } });
    expect((await desk.mint(second.body.id, 'temporary-password')).body.code).toBe('assurance.not-enough');
  });

  it('do not count as one for somebody who writes an address in one of the directories', async ({
    backend,
    desk,
    both,
    rested,
    setAddress,
    nextCode,
    openLinked,
  }) => {
    await rested();
    // The attacker's mailbox has been the other account's address for long: the code goes to the attacker.
    await setAddress('mallory@example.com');
    const { body } = await desk.call<CaseView>('POST', '/cases', { accountId: both.other });
    await backend.changeRows((db) =>
      db.updateTable('accounts').set({ email_changed_at: 1 }).where('id', '=', both.other).execute(),
    );
    const started = await desk.startCode(body.id);
    const passed = await desk.readBack(started.body.case, await nextCode('mallory@example.com'));
    expect(passed.body.case.assurance.met).toBe(true);
    const second = await openLinked(body.id, both.own);
    expect(second.body).toMatchObject({ takenOver: { checks: [] }, assurance: { met: false } });
    expect((await desk.mint(second.body.id, 'temporary-password')).body.code).toBe('assurance.not-enough');
    await setAddress(marlenesAddress);
  });

  it('lose what was taken over once the address changes or the accounts are unlinked', async ({
    backend,
    desk,
    both,
    rested,
    verifiedAt,
    openLinked,
    linksOf,
  }) => {
    await rested();
    const first = await verifiedAt(both.own);
    const second = await openLinked(first.id, both.other);
    expect(second.body.assurance.met).toBe(true);
    const again = async () =>
      (await desk.call<CaseView>('GET', `/cases/${second.body.id}`)).body.assurance.met;
    await backend.changeRows((db) =>
      db
        .updateTable('accounts')
        .set({ email_changed_at: backend.clock.at })
        .where('id', '=', both.own)
        .execute(),
    );
    expect(await again()).toBe(false);
    await backend.changeRows((db) =>
      db.updateTable('accounts').set({ email_changed_at: null }).where('id', '=', both.own).execute(),
    );
    expect(await again()).toBe(true);
    const [link] = await linksOf(both.own);
    await desk.call('POST', `/account-links/${link?.linkId ?? ''}/unlink`, { reason: 'Two persons' });
    expect(await again()).toBe(false);
    expect((await openLinked(first.id, both.other)).body.code).toBe('account.not-linked');
  });

  it('are not opened for an operator whose scope has only one of them', async ({
    backend,
    desk,
    both,
    rested,
    verifiedAt,
    openLinked,
    tokens,
    timelineOf,
  }) => {
    await rested();
    const first = await verifiedAt(both.own);
    await backend.changeRows((db) =>
      db
        .updateTable('operators')
        .set({ scope: JSON.stringify({ departments: [], tiers: [], directories: ['built-in'] }) })
        .where('id', '=', tokens.session.operator.id)
        .execute(),
    );
    const refused = await openLinked(first.id, both.other);
    expect(refused).toMatchObject({ status: 403, body: { code: 'account.out-of-scope' } });
    const { body } = await desk.call<CaseView>('GET', `/cases/${first.id}`);
    expect(body.otherAccounts).toMatchObject([{ outOfScope: true }]);
    await backend.changeRows((db) =>
      db.updateTable('operators').set({ scope: '{}' }).where('id', '=', tokens.session.operator.id).execute(),
    );
    const opened = (await timelineOf(both.other)).filter(({ action }) => action === 'case.opened');
    expect(opened.map(({ outcome }) => outcome)).toEqual(['refused']);
  });

  it('are the operator’s own if one of them is', async ({ backend, desk, both, linksOf, tokens }) => {
    // Nothing but the link connects the operator with the account of the other directory.
    await backend.changeRows(async (db) => {
      await db
        .updateTable('operators')
        .set({ linked_account_id: both.own })
        .where('id', '=', tokens.session.operator.id)
        .execute();
      await db
        .updateTable('accounts')
        .set({ user_name_key: 'somebody', email_key: 'somebody@example.com', employee_number_key: null })
        .where('id', '=', both.own)
        .execute();
    });
    const opened = await desk.call('POST', '/cases', { accountId: both.other });
    expect(opened).toMatchObject({ status: 403, body: { code: 'account.own' } });
    const [link] = await linksOf(both.own);
    const unlinked = await desk.call('POST', `/account-links/${link?.linkId ?? ''}/unlink`, {
      reason: 'Not me',
    });
    expect(unlinked).toMatchObject({ status: 403, body: { code: 'account.own' } });
    await backend.changeRows((db) =>
      db
        .updateTable('account_links')
        .set({ unlinked_at: 1, unlink_reason: 'Another administrator' })
        .execute(),
    );
    const again = await desk.call('POST', `/account-links/${link?.linkId ?? ''}/link`, {
      reason: 'My mistake',
    });
    expect(again).toMatchObject({ status: 403, body: { code: 'account.own' } });
  });
});
