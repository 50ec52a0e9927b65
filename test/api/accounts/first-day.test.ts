import { describe, expect } from 'vitest';
import type { AccountHit, AccountView } from '../../../shared/api/account.ts';
import { browserOf, linkFor } from '../../backend/desk-call.ts';
import { analyseCsv, importCsv } from '../../backend/import-csv.ts';
import { apiTest } from '../../fixtures/api.ts';

const password = 'Quiet+Harbour7';
const fields = ['userName', 'displayName', 'email', 'startsAt'] as const;
const nina = 'nina.new@example.com';
/** The backend's clock shows 09:00. The operator's session lasts longer. */
const soon = '2026-03-01T09:05:00Z';
const fiveMinutes = 300_000;
const rowOf = (firstDay: string) => `n.new,Nina New,${nina},${firstDay}`;

const it = apiTest
  .extend('user', ({ backend }) => browserOf(backend.ask))
  .extend(
    'importRow',
    ({ desk }) =>
      (firstDay: string) =>
        importCsv(desk, { csv: rowOf(firstDay), fields }),
  )
  /** Sets a password through a mailed link. */
  .extend('choose', ({ user, mailSink }) => async () => {
    await user.go('POST', '/forgot-password', { address: nina });
    const token = (await linkFor(mailSink, nina)).split('/').at(-1) ?? '';
    return user.go('POST', '/reset', { token, password, repeated: password });
  });

describe('a person whose first day is in the future', () => {
  it('gets no link before it, and one from then on', async ({
    importRow,
    user,
    mailSink,
    backend,
    choose,
  }) => {
    await importRow(soon);
    await user.go('POST', '/forgot-password', { address: nina });
    expect((await mailSink.mailTo(nina)).text).toContain('before its first day');
    backend.clock.at += fiveMinutes;
    expect((await choose()).status).toBeLessThan(400);
    expect((await user.signIn('n.new', password)).to).toMatch(/^\/account/);
  });

  it('is shown with that day at the desk, and found by the status', async ({ importRow, desk, backend }) => {
    await importRow(soon);
    const id = await desk.accountId('n.new');
    const shown = async () => (await desk.call<AccountView>('GET', `/accounts/${id}`)).body;
    expect(await shown()).toMatchObject({
      statuses: ['not-started'],
      startsAt: expect.any(String) as string,
    });
    const { body } = await desk.call<{ hits: AccountHit[] }>('GET', '/accounts?q=nina&status=not-started');
    expect(body.hits.map((hit) => hit.userName)).toEqual(['n.new']);
    backend.clock.at += fiveMinutes;
    expect(await shown()).toMatchObject({ statuses: ['active'], startsAt: null });
  });

  it('can sign in at once after an import with an earlier day', async ({
    importRow,
    desk,
    backend,
    user,
    choose,
  }) => {
    await importRow(soon);
    const view = await importRow('2026-02-15');
    expect(view).toMatchObject({ changed: 1 });
    // What was issued until that instant is invalid.
    backend.clock.at += 1000;
    await choose();
    expect((await user.signIn('n.new', password)).to).toMatch(/^\/account/);
    expect(await analyseCsv(desk, { csv: rowOf('2026-02-15'), fields })).toMatchObject({ unchanged: 1 });
  });

  it('is signed out and refused if they were known without that day', async ({
    importRow,
    user,
    choose,
    mailSink,
  }) => {
    await importRow('');
    await choose();
    await mailSink.mailTo(nina);
    await user.signIn('n.new', password);
    expect((await user.go('GET', '/account')).status).toBe(200);
    await importRow(soon);
    expect((await user.go('GET', '/account')).to).toMatch(/^\/login/);
    expect((await user.signIn('n.new', password)).status).toBe(401);
    expect((await mailSink.mailTo(nina)).text).toContain('before its first day');
  });

  it('does not vouch as a manager', async ({ importRow, desk }) => {
    await importRow(soon);
    await importCsv(desk, {
      csv: 'e.emp,Emil Emp,emil@example.com,n.new',
      fields: ['userName', 'displayName', 'email', 'manager'],
    });
    const opened = await desk.openCase('e.emp');
    expect(opened.checks.find(({ kind }) => kind === 'managers-word')).toMatchObject({
      obstacle: { reason: 'manager-unknown' },
    });
  });
});

describe('a first day in the past', () => {
  it('is not stored, and its passing changes nothing', async ({ desk, importRow, backend }) => {
    await importRow(soon);
    backend.clock.at += fiveMinutes;
    expect(await analyseCsv(desk, { csv: rowOf(soon), fields })).toMatchObject({ unchanged: 1 });
  });
});
