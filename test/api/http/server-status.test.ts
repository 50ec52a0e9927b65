import { describe, expect } from 'vitest';
import type { ServerStatus } from '../../../shared/api/server-status.ts';
import type { PolicyView } from '../../../shared/api/policy-calls.ts';
import { noteBackup } from '../../../backend/app/configuration/last-backup.ts';
import { staffedTest } from '../../fixtures/api.ts';

describe('the state of the server', () => {
  const it = staffedTest;

  it('names what an administrator has to mend', async ({ administrator, backend }) => {
    const read = async () => (await administrator.call<ServerStatus>('GET', '/settings/server')).body;
    const before = await read();
    expect(before).toMatchObject({
      version: '0.0.0-test',
      mode: 'server',
      publicUrl: backend.address(),
      mail: { setUp: 'outbox', server: null, workedAt: null, failing: null },
      text: { setUp: 'outbox' },
    });
    expect(before.database.bytes).toBeGreaterThan(10_000);
    expect(before.database.version).toMatch(/^\d+\./);
    expect(before.warnings).toEqual(
      expect.arrayContaining(['address-unreachable', 'mail-not-set-up', 'no-approver', 'no-contact']),
    );
    if (before.database.kind !== 'sqlite') return;
    expect(before.warnings).toContain('no-backup');
    noteBackup(backend.dataFolder, backend.clock.at);
    const after = await read();
    expect(after.lastBackupAt).toBe(new Date(backend.clock.at).toISOString());
    expect(after.warnings).not.toContain('no-backup');
  });

  it('asks for the help desk’s contact data until mails can name the organisation', async ({
    administrator,
  }) => {
    const warns = async () =>
      (await administrator.call<ServerStatus>('GET', '/settings/server')).body.warnings.includes(
        'no-contact',
      );
    expect(await warns()).toBe(true);
    const { body } = await administrator.call<PolicyView>('GET', '/policy');
    const deskContact = {
      ...body.document.deskContact,
      phone: '+49 30 5550100',
      organisation: 'Example & Sons',
    };
    await administrator.call('PUT', '/policy', {
      basedOn: body.version,
      document: { ...body.document, deskContact },
    });
    expect(await warns()).toBe(false);
    await administrator.call('POST', '/settings/mail/test', { to: 'ann@example.com' });
    const { mails } = (await administrator.call<{ mails: { id: string }[] }>('GET', '/outbox')).body;
    const mail = await administrator.call<{ from: string }>('GET', `/outbox/${mails[0]?.id ?? ''}`);
    expect(mail.body.from).toMatch(/^"Example & Sons" <.+@.+>$/);
  });

  it('says that an operator has no approver until two persons can approve', async ({
    staffedDesk,
    administrator,
  }) => {
    const warns = async () =>
      (await administrator.call<ServerStatus>('GET', '/settings/server')).body.warnings.includes(
        'no-approver',
      );
    await staffedDesk.hire('petra', 'Petra Approver', ['approver']);
    // Petra works on cases as well, and cannot approve her own.
    expect(await warns()).toBe(true);
    await staffedDesk.hire('paul', 'Paul Approver', ['approver']);
    expect(await warns()).toBe(false);
  });
});
