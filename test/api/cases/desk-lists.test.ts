import { describe, expect } from 'vitest';
import type { CaseRow } from '../../../shared/api/case.ts';
import type { DeskView } from '../../../shared/api/desk.ts';
import { apiTest, staffedTest } from '../../fixtures/api.ts';
import { browserOf } from '../../backend/desk-call.ts';

const hour = 3_600_000;

describe('the start page', () => {
  const it = apiTest.extend(
    'lists',
    ({ desk, backend }) =>
      async (dayStart = backend.clock.at - 6 * hour) => {
        const query = `dayStart=${encodeURIComponent(new Date(dayStart).toISOString())}`;
        return (await desk.call<DeskView>('GET', `/desk?${query}`)).body;
      },
  );

  it('lists a temporary password until its user has chosen a new one', async ({
    verifiedCase,
    desk,
    backend,
    lists,
  }) => {
    const grant = await desk.mint(verifiedCase.id, 'temporary-password');
    const { body } = await desk.reset(verifiedCase.id, grant.body.id, 'temporary-password', 'press-one');
    expect((await lists()).unfinished).toEqual([
      expect.objectContaining({
        displayName: 'Marlene Okafor',
        action: 'temporary-password',
        isOpened: false,
      }),
    ]);
    const browser = browserOf(backend.ask);
    await browser.signIn('m.okafor', body.temporaryPassword ?? '');
    expect((await lists()).unfinished).toMatchObject([{ isOpened: true }]);
    await browser.choose('Quiet+Harbour7');
    expect((await lists()).unfinished).toEqual([]);
  });

  it('counts locked accounts and shows the end of each lock', async ({ backend, lists }) => {
    const before = (await lists()).locked;
    expect(before.count).toBeGreaterThan(0);
    expect(before.accounts.every(({ until }) => until === null)).toBe(true);
    const browser = browserOf(backend.ask);
    backend.clock.at += 1000;
    for (let tries = 0; tries < 5; tries += 1) await browser.signIn('m.okafor', 'wrong');
    const { count, accounts } = (await lists()).locked;
    expect(count).toBe(before.count + 1);
    expect(accounts[0]).toMatchObject({ userName: 'm.okafor', until: expect.any(String) as string });
  });

  it('lists the day’s refused callers and hourly cases', async ({ desk, backend, lists }) => {
    const dayStart = backend.clock.at - 2.5 * hour;
    const { id } = await desk.openCase('m.okafor');
    await desk.call('POST', `/cases/${id}/refuse`, { reason: 'could-not-verify' });
    const view = await lists(dayStart);
    expect(view.lookTwice).toContainEqual(
      expect.objectContaining({ kind: 'refused', caseId: id, displayName: 'Marlene Okafor' }),
    );
    expect(view.teamByHour).toEqual(Array.from({ length: 24 }, (_, at) => (at === 2 ? 1 : 0)));
    expect((await lists(backend.clock.at + 1)).lookTwice).toEqual([]);
  });

  it('lists flagged accounts and refused callers in one order, newest first', async ({
    desk,
    backend,
    lists,
  }) => {
    for (const [account, reason] of [
      ['c.celik7', 'suspicious'],
      ['m.okafor', 'could-not-verify'],
    ] as const) {
      backend.clock.at += 60_000;
      const { id } = await desk.openCase(account);
      await desk.call('POST', `/cases/${id}/refuse`, { reason });
    }
    expect((await lists()).lookTwice.map(({ kind }) => kind)).toEqual(['refused', 'flagged']);
  });

  describe('without a text message gateway', () => {
    const real = it.override('backendOptions', { outboxDelivers: false });
    real('says that texts cannot be sent', async ({ lists }) => {
      expect((await lists()).troubles).toEqual([{ channel: 'text', reason: 'channel-not-set-up' }]);
    });
  });
});

describe('what the start page lists', () => {
  staffedTest('ends at the operator’s scope', async ({ staffedDesk }) => {
    const legal = await staffedDesk.hire('lea', 'Lea Legal', ['operator'], {
      departments: ['Legal'],
      tiers: [],
      directories: [],
    });
    const dayStart = encodeURIComponent(new Date(staffedDesk.backend.clock.at).toISOString());
    const locked = async (member: typeof legal) =>
      (await member.call<DeskView>('GET', `/desk?dayStart=${dayStart}`)).body.locked.count;
    expect(await locked(legal)).toBeLessThan(await locked(staffedDesk.ann));
  });
});

describe('what lapses on the start page', () => {
  staffedTest('is a lock after wrong passwords', async ({ staffedDesk }) => {
    const { ann, backend } = staffedDesk;
    const locked = async () => {
      const dayStart = encodeURIComponent(new Date(backend.clock.at - hour).toISOString());
      return (await ann.call<DeskView>('GET', `/desk?dayStart=${dayStart}`)).body.locked.count;
    };
    const before = await locked();
    const browser = browserOf(backend.ask);
    for (let tries = 0; tries < 5; tries += 1) await browser.signIn('m.okafor', 'wrong');
    expect(await locked()).toBe(before + 1);
    backend.clock.at += hour;
    await ann.prove();
    expect(await locked()).toBe(before);
  });
});

describe('the list of cases', () => {
  const it = apiTest.extend('numbers', ({ desk }) => async (query: string) => {
    const { body } = await desk.call<{ cases: CaseRow[] }>('GET', `/cases?${query}`);
    return body.cases.map(({ userName }) => userName);
  });

  it('shows open cases, resets, refusals and the rest separately', async ({
    verifiedCase,
    desk,
    numbers,
  }) => {
    const grant = await desk.mint(verifiedCase.id, 'temporary-password');
    await desk.reset(verifiedCase.id, grant.body.id, 'temporary-password', 'press-one');
    const refused = await desk.openCase('c.celik7');
    await desk.call('POST', `/cases/${refused.id}/refuse`, { reason: 'suspicious' });
    expect(await numbers('show=reset')).toEqual(['m.okafor']);
    expect(await numbers('show=refused')).toEqual(['c.celik7']);
    expect(await numbers('show=open')).toContain('m.okafor');
    expect(await numbers('show=open')).not.toContain('c.celik7');
    expect(await numbers('show=no-reset')).not.toContain('m.okafor');
  });

  it('shows the cases of a period', async ({ desk, backend, numbers }) => {
    await desk.openCase('m.okafor');
    backend.clock.at += 60_000;
    const from = backend.clock.at;
    await desk.openCase('c.celik7');
    const at = encodeURIComponent(new Date(from).toISOString());
    expect(await numbers(`from=${at}`)).toEqual(['c.celik7']);
    expect(await numbers(`to=${at}`)).toEqual(['m.okafor']);
  });
});
