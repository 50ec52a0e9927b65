import { importCsv } from '../../backend/import-csv.ts';
import { describe, expect } from 'vitest';
import { newBackendTest } from '../../fixtures/api.ts';
import { openDatabase } from '../../../backend/app/configuration/open-database.ts';
import type { PolicyView } from '../../../shared/api/policy-calls.ts';
import { codeFor } from '../../backend/desk-call.ts';

describe('the owner of an account is told', () => {
  const it = newBackendTest
    .extend('mailUrl', ({ mailSink }): string | undefined => mailSink.url)
    .extend('load', ({ desk }) => async (...rows: string[]) => {
      const csv = ['userName,displayName,email,phone,manager', ...rows, ''].join('\n');
      const fields = ['userName', 'displayName', 'email', 'phone', 'manager'] as const;
      return (await importCsv(desk, { csv, fields, header: true })).state;
    });

  it('at the old address and at the new one when an import changes the address', async ({
    load,
    mailSink,
  }) => {
    expect(await load('m.okafor,Marlene Okafor,old@example.com,,')).toBe('finished');
    await load('m.okafor,Marlene Okafor,new@example.com,,');
    const [old, fresh] = await Promise.all([
      mailSink.mailTo('old@example.com'),
      mailSink.mailTo('new@example.com'),
    ]);
    for (const mail of [old, fresh]) {
      expect(mail.subject).toBe('Your contact data was changed');
      expect(mail.text).toContain('the email address');
      expect(mail.text).toMatch(/\/not-me\/[\w-]{43}/);
    }
  });

  it.for([
    ['Bo Lindqvist', 'a whole name'],
    ['B.LINDQVIST', 'a user name'],
    ['bo@example.com', 'an address'],
  ] as const)(
    'together with the manager, by policy, who is on file as %s: %s',
    async ([named], { load, desk, mailSink }) => {
      await load(
        `m.okafor,Marlene Okafor,marlene@example.com,,${named}`,
        'b.lindqvist,Bo Lindqvist,bo@example.com,,',
      );
      const { body: policy } = await desk.call<PolicyView>('GET', '/policy');
      await desk.call('PUT', '/policy', {
        basedOn: policy.version,
        document: { ...policy.document, notifications: { manager: 'always' } },
      });
      const view = await desk.openCase('m.okafor');
      const started = await desk.startCode(view.id);
      await desk.readBack(started.body.case, await codeFor(mailSink, 'marlene@example.com'));
      const grant = await desk.mint(view.id, 'temporary-password');
      const { body } = await desk.reset(view.id, grant.body.id, 'temporary-password', 'the-press-of-it');
      const toManager = await mailSink.mailTo('bo@example.com');
      expect(toManager.text).toContain('Marlene Okafor');
      expect(toManager.text).not.toContain(body.temporaryPassword);
    },
  );

  it('at every address on file except for the one that has the reset link', async ({
    load,
    desk,
    backend,
    mailSink,
  }) => {
    await load('m.okafor,Marlene Okafor,marlene@example.com,,');
    const accountId = await desk.accountId('m.okafor');
    const now = () => backend.clock.at;
    const { dataFolder, database } = backend;
    const opened = await openDatabase(
      { dataFolder, ...(database && { database }), log: () => undefined },
      now,
    );
    await opened.store.writeUnaudited((tx) =>
      tx
        .insertInto('recovery_addresses')
        .values({
          id: 'the-second',
          account_id: accountId,
          address: 'private@example.org',
          address_key: 'private@example.org',
          added_at: now() - 1,
        })
        .execute(),
    );
    await opened.store.close();

    const view = await desk.openCase('m.okafor');
    const started = await desk.startCode(view.id);
    await desk.readBack(started.body.case, await codeFor(mailSink, 'marlene@example.com'));
    const link = await desk.mint(view.id, 'reset-link');
    const sent = await desk.reset(view.id, link.body.id, 'reset-link', 'the-press-of-it');
    expect(sent.status).toBe(200);
    expect((await mailSink.mailTo('marlene@example.com')).text).toMatch(/\/reset\/[\w-]{43}/);
    const notice = await mailSink.mailTo('private@example.org');
    expect(notice.subject).toBe('A reset link was sent');
    expect(notice.text).toContain('m•••••e@example.com');
    expect(notice.text).not.toContain('/reset/');

    await desk.call('POST', `/resets/${sent.body.reset.id}/revoke`);
    const password = await desk.mint(view.id, 'temporary-password');
    await desk.reset(view.id, password.body.id, 'temporary-password', 'the-second-press');
    for (const address of ['marlene@example.com', 'private@example.org'])
      expect((await mailSink.mailTo(address)).subject).toBe('Your password was reset');
  });
});
