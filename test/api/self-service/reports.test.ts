import { describe, expect } from 'vitest';
import { staffedTest } from '../../fixtures/api.ts';
import type { FlagView } from '../../../shared/api/flag.ts';
import { browserOf } from '../../backend/desk-call.ts';

describe('a reader who is not the owner reports an unexpected mail', () => {
  const it = staffedTest
    .extend(
      'mails',
      ({ staffedDesk }) =>
        async () =>
          (
            await staffedDesk.ann.call<{ mails: { id: string; to: string; subject: string }[] }>(
              'GET',
              '/outbox?limit=200',
            )
          ).body.mails,
    )
    .extend('tokenIn', ({ mails, staffedDesk }) => async (subject: string) => {
      await expect.poll(async () => (await mails()).map((mail) => mail.subject)).toContain(subject);
      const mail = (await mails()).find((one) => one.subject === subject);
      const { body } = await staffedDesk.ann.call<{ text: string }>('GET', `/outbox/${mail?.id ?? ''}`);
      return /\/report\/([\w-]{43})/.exec(body.text)?.[1] ?? '';
    })
    .extend(
      'actions',
      ({ staffedDesk }) =>
        async () =>
          (await staffedDesk.backend.readAudit()).map(({ action }) => action),
    );

  it('an operator voids the link of an invitation only by the button', async ({
    staffedDesk,
    tokenIn,
    mails,
    actions,
  }) => {
    await staffedDesk.ann.prove();
    await staffedDesk.ann.call('POST', '/operators', {
      userName: 'olga',
      displayName: 'Olga Operator',
      email: 'olga@example.com',
      roles: ['operator'],
      scope: { departments: [], tiers: [], directories: [] },
    });
    const subject = 'Your invitation to Reset Desk';
    const token = await tokenIn(subject);
    const mail = (await mails()).find((one) => one.subject === subject);
    const { body } = await staffedDesk.ann.call<{ text: string }>('GET', `/outbox/${mail?.id ?? ''}`);
    const invitation = /(\/invitation\/\S+)/.exec(body.text)?.[1] ?? '';
    const reader = browserOf(staffedDesk.backend.ask);
    for (let scan = 0; scan < 3; scan += 1)
      expect((await reader.go('GET', `/report/${token}`)).text).toContain('Report it');
    expect((await reader.go('GET', invitation)).status).toBe(200);
    expect((await reader.go('POST', '/report', { token, confirmed: 'yes' })).text).toContain(
      'Thank you for your report',
    );
    expect((await reader.go('GET', invitation)).status).toBe(410);
    expect((await reader.go('POST', '/report', { token, confirmed: 'yes' })).text).toContain(
      'Thank you for your report',
    );
    expect((await actions()).filter((action) => action === 'operator.reported')).toHaveLength(1);
    expect((await reader.go('GET', '/report/nothing')).status).toBe(410);
  });

  it('a manager who knows nothing of a reset flags the account', async ({
    staffedDesk,
    tokenIn,
    actions,
  }) => {
    const olga = await staffedDesk.hire('olga', 'Olga Operator', ['operator']);
    await staffedDesk.changePolicy(() => ({ notifications: { manager: 'always' } }));
    await staffedDesk.importRow({
      userName: 'b.lindqvist',
      displayName: 'Bo Lindqvist',
      email: 'bo@example.com',
      manager: '',
    });
    // A new account, because a manager who was changed today would make the reset need an approval.
    await staffedDesk.importRow({
      userName: 'n.example',
      displayName: 'Nora Example',
      email: 'nora@example.com',
      manager: 'b.lindqvist',
    });
    const id = await staffedDesk.ann.accountId('n.example');
    const view = await olga.openCase('n.example');
    const started = await olga.startCode(view.id);
    await olga.readBack(started.body.case, await staffedDesk.lastCode());
    const grant = await olga.mint(view.id, 'temporary-password');
    await olga.reset(view.id, grant.body.id, 'temporary-password', 'the-press-of-it');
    const token = await tokenIn('A password in your team was reset');
    await browserOf(staffedDesk.backend.ask).go('POST', '/report', { token, confirmed: 'yes' });
    const petra = await staffedDesk.hire('petra', 'Petra Approver', ['approver']);
    const { body } = await petra.call<{ flags: FlagView[] }>('GET', '/flags');
    expect(body.flags).toMatchObject([{ accountId: id, by: null }]);
    expect(await actions()).toContain('account.reported');
    const again = await olga.call<{ approval: { needed: string[] } }>('GET', `/cases/${view.id}`);
    expect(again.body.approval.needed).toContain('flagged-account');
  });
});
