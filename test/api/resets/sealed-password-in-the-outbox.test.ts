import { describe, expect } from 'vitest';
import type { CaseView } from '../../../shared/api/case.ts';
import { browserOf } from '../../backend/desk-call.ts';
import { staffedTest } from '../../fixtures/api.ts';
import { startMailSink } from '../../fixtures/mail-sink.ts';

describe('a sealed password', () => {
  const it = staffedTest
    // oxlint-disable-next-line no-empty-pattern -- vitest reads a fixture's needs from the pattern.
    .extend('mailSink', async ({}, { onCleanup }) => {
      const sink = await startMailSink();
      onCleanup(() => sink.stop());
      return sink;
    })
    .extend('changeMail', ({ administrator }) => async (change: object) => {
      await administrator.prove();
      const { body } = await administrator.call<object>('GET', '/settings/mail');
      const changed = await administrator.call('PUT', '/settings/mail', { ...body, ...change });
      expect(changed.status).toBe(200);
    });

  it('that waits for the mail server is dropped if its mail is then kept in the outbox', async ({
    backend,
    staffedDesk,
    administrator,
    operator,
    mailSink,
    changeMail,
  }) => {
    const opened = await operator.openCase('m.okafor');
    const { body: started } = await operator.startCode(opened.id);
    const { body: verified } = await operator.readBack(started.case, await staffedDesk.lastCode());
    const { hostname, port } = new URL(mailSink.url);
    const server = { host: hostname, port: Number(port), security: 'none', from: 'desk@example.com' };
    await changeMail({ transport: 'smtp', ...server });
    mailSink.refuse(451);
    const { body: grant } = await operator.mint(opened.id, 'temporary-password');
    const { body } = await operator.call<{ reset: { state: string } }>(
      'POST',
      `/cases/${verified.case.id}/resets`,
      { grantId: grant.id, action: 'temporary-password', deliveryMode: 'sealed' },
      { 'idempotency-key': 'press-sealed' },
    );
    expect(body.reset.state).toBe('done');

    await changeMail({ transport: 'outbox' });
    backend.clock.at += 60_000;

    const stateNow = async () =>
      (await operator.call<CaseView>('GET', `/cases/${opened.id}`)).body.resets.at(-1)?.state;
    await expect.poll(stateNow).toBe('failed');
    const { body: outbox } = await administrator.call<{ mails: { id: string; kind: string }[] }>(
      'GET',
      '/outbox',
    );
    const mail = outbox.mails.find(({ kind }) => kind === 'temporary-password');
    const { body: kept } = await administrator.call<{ text: string }>('GET', `/outbox/${mail?.id ?? ''}`);
    const secret = /seen it:\s+(\S+)/.exec(kept.text)?.[1] ?? '';
    expect(secret).not.toBe('');
    expect((await browserOf(backend.ask).signIn('m.okafor', secret)).status).toBe(401);
  });
});
