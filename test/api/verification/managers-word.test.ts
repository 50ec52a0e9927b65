import { describe, expect } from 'vitest';
import type { CaseView } from '../../../shared/api/case.ts';
import { browserOf } from '../../backend/desk-call.ts';
import { checkTest as it, minute, rowOf } from './check-calls.ts';

describe('the word of a manager', () => {
  it('is given once on a page that opening does not use up', async ({ askManager, backend, read }) => {
    const { view, path, token } = await askManager();
    expect(rowOf(view, 'managers-word')).toMatchObject({
      person: 'Anna Smith',
      destination: expect.stringMatching(/^a•+0?@e/u) as string,
      attempt: { state: 'pending' },
    });
    const name = view.account.displayName;
    const browser = browserOf(backend.ask);
    await browser.go('GET', path);
    const page = await browser.go('GET', path);
    for (const part of [
      view.account.displayName,
      view.account.userName,
      'Ann Example',
      String(view.number),
    ]) {
      expect(page.text).toContain(part);
    }
    expect(rowOf(await read(view.id), 'managers-word')?.attempt?.state).toBe('pending');
    const answers = await Promise.all(
      ['yes', 'no'].map((word) => browser.go('POST', '/managers-word', { token, word, name })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 410]);
    expect((await browser.go('POST', '/managers-word', { token, word: 'yes', name })).status).toBe(410);
    expect((await browser.go('GET', path)).status).toBe(410);
  });

  it('settles the check by a yes or no', async ({ askManager, backend, read, desk }) => {
    const first = await askManager();
    await browserOf(backend.ask).go('POST', '/managers-word', {
      token: first.token,
      word: 'yes',
      name: first.view.account.displayName,
    });
    expect((await read(first.view.id)).assurance).toMatchObject({
      earned: 60,
      factors: { earned: ['attested'] },
    });
    await desk.call('POST', `/cases/${first.view.id}/close`, {});
    backend.clock.at += 2 * minute;
    const second = await askManager();
    await browserOf(backend.ask).go('POST', '/managers-word', {
      token: second.token,
      word: 'no',
      name: second.view.account.displayName,
    });
    const after = await read(second.view.id);
    expect(after.assurance.earned).toBe(0);
    expect(rowOf(after, 'managers-word')).toMatchObject({
      obstacle: { reason: 'locked-for-case' },
      attempt: { state: 'failed' },
    });
  });

  it.for([
    ['of a call that has ended', true, 0],
    ['that came too late', false, 31 * minute],
  ] as const)(
    'is not taken for a question %s',
    async ([_which, isClosed, passed], { askManager, desk, backend }) => {
      const { view, token } = await askManager();
      if (isClosed) await desk.call('POST', `/cases/${view.id}/close`, {});
      backend.clock.at += passed;
      const { displayName: name } = view.account;
      const given = await browserOf(backend.ask).go('POST', '/managers-word', { token, word: 'yes', name });
      expect(given.status).toBe(410);
    },
  );

  it('counts only from the manager’s own page', async ({ askManager, backend, answer }) => {
    const { view, token } = await askManager();
    const browser = browserOf(backend.ask);
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    const { displayName: name } = view.account;
    const withForged = { token: forged, word: 'yes', name };
    expect((await browser.go('POST', '/managers-word', withForged)).status).toBe(410);
    const foreign = await backend.ask(
      'POST',
      '/managers-word',
      `token=${token}&word=yes&name=${encodeURIComponent(name)}`,
      {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'cross-site',
      },
    );
    expect(foreign.status).toBe(403);
    expect((await answer(view, 'managers-word', { code: '1' })).code).toBe('request.invalid');
  });

  it('cannot be asked when no manager is on file', async ({ desk, startCheck }) => {
    const view = (
      await desk.call<CaseView>('POST', '/cases', { accountId: await desk.accountId('a.smith0') })
    ).body;
    expect(rowOf(view, 'managers-word')).toMatchObject({ obstacle: { reason: 'no-manager' } });
    expect((await startCheck(view.id, 'managers-word')).code).toBe('check.unavailable');
  });
});
