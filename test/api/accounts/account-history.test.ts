import { describe, expect } from 'vitest';
import { apiTest } from '../../fixtures/api.ts';
import type { AccountView } from '../../../shared/api/account.ts';
import type { TimelineEntry } from '../../../shared/api/timeline.ts';

describe('an account and its history', () => {
  const it = apiTest
    .extend('id', async ({ desk }) => await desk.accountId('m.okafor'))
    .extend(
      'timeline',
      ({ desk, id }) =>
        async (limit: number) =>
          (
            await desk.call<{ entries: TimelineEntry[]; more: boolean }>(
              'GET',
              `/accounts/${id}/timeline?limit=${limit}`,
            )
          ).body,
    );

  it('masks the contact data of an account everywhere in the answer', async ({ desk, id }) => {
    const { status, body } = await desk.call<AccountView>('GET', `/accounts/${id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      userName: 'm.okafor',
      emailMasked: 'm•••••r@example.com',
      phoneMasked: expect.stringMatching(/^\+\d+ ••• •••• \d{3}$/),
    });
    expect(JSON.stringify(body)).not.toContain('marlene.okafor@');
  });

  it('answers for an account that is not there', async ({ desk }) => {
    expect((await desk.call('GET', '/accounts/nobody')).status).toBe(404);
    expect((await desk.call('GET', '/accounts/nobody/timeline')).status).toBe(404);
  });

  it('lists what happened from the newest event', async ({ desk, id, timeline }) => {
    const view = await desk.openCase('m.okafor', { ticket: 'INC-20931' });
    await desk.startCode(view.id);
    await desk.call('POST', `/accounts/${id}/contact`, { caseId: view.id });
    const { entries, more } = await timeline(200);
    expect(more).toBe(false);
    const own = entries.filter(({ actor }) => actor.self);
    expect(own.map(({ action }) => action)).toEqual([
      'account.contact-unmasked',
      'check.started',
      'case.opened',
    ]);
    expect(own.every(({ caseNumber }) => caseNumber === view.number)).toBe(true);
    expect(own[1]?.facts).toMatchObject({ kind: 'emailed-code' });
    const times = entries.map(({ at }) => at);
    expect(times.toSorted().toReversed()).toEqual(times);
    const first = await timeline(2);
    expect(first).toEqual({ entries: entries.slice(0, 2), more: true });
    // The history does not reveal what the screen masks.
    expect(JSON.stringify(entries)).not.toContain('marlene.okafor@');
  });
});
