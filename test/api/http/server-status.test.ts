import { describe, expect } from 'vitest';
import type { ServerStatus } from '../../../shared/api/server-status.ts';
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
      expect.arrayContaining(['address-unreachable', 'mail-not-set-up', 'no-approver']),
    );
    if (before.database.kind !== 'sqlite') return;
    expect(before.warnings).toContain('no-backup');
    noteBackup(backend.dataFolder, backend.clock.at);
    const after = await read();
    expect(after.lastBackupAt).toBe(new Date(backend.clock.at).toISOString());
    expect(after.warnings).not.toContain('no-backup');
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
