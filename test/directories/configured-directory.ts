import { describe, expect } from 'vitest';
import type { AccountView } from '../../shared/api/account.ts';
import type { CaseView } from '../../shared/api/case.ts';
import type { ConnectionReportView } from '../../shared/api/directories.ts';
import { servicePassword } from './lab.ts';
import type { DeskTest } from './desk-test.ts';

/** What happens to accounts when their directory is checked, switched off or removed, and to those that another source contains as well. */
export function describeConfiguredDirectory(it: DeskTest): void {
  describe('an account of a configured directory', () => {
    it('is an account of its own where one of another source has its user name, address and number', async ({
      desk,
      connect,
      hasRead,
      lab,
    }) => {
      const before = (await desk.call<AccountView>('GET', `/accounts/${await desk.accountId('m.okafor')}`))
        .body;
      await lab.add({
        userName: before.userName,
        displayName: before.displayName,
        email: 'marlene.okafor@example.com',
        employeeNumber: before.employeeNumber ?? '',
        department: 'Other department',
      });
      await connect();
      await hasRead();
      const { body } = await desk.call<{ rows: unknown[] }>('GET', '/held-rows');
      expect(body.rows).toEqual([]);
      const { hits } = (await desk.call<{ hits: { id: string }[] }>('GET', '/accounts?q=m.okafor')).body;
      const other = hits.find(({ id }) => id !== before.id);
      const { body: made } = await desk.call<AccountView>('GET', `/accounts/${other?.id ?? ''}`);
      expect(made).toMatchObject({
        userName: before.userName,
        directoryName: 'Head office',
        department: 'Other department',
      });
      expect((await desk.call<AccountView>('GET', `/accounts/${before.id}`)).body).toEqual(before);
      await lab.remove(before.userName);
    });

    it('is offered no reset while its directory is switched off', async ({
      desk,
      connect,
      hasRead,
      lab,
      verified,
    }) => {
      const id = await connect();
      await hasRead();
      const { id: caseId } = await verified();
      await desk.call('PUT', `/directories/${id}`, {
        name: 'Head office',
        enabled: false,
        settings: lab.settings,
      });
      const { body } = await desk.call<CaseView>('GET', `/cases/${caseId}`);
      expect(body.actions.map(({ obstacle }) => obstacle)).toEqual(['directory-off', 'directory-off']);
    });

    it('is closed when its directory is removed', async ({ desk, connect, hasRead }) => {
      const id = await connect();
      await hasRead();
      const removed = await desk.call<{ closed: number }>('DELETE', `/directories/${id}`);
      expect(removed.body.closed).toBeGreaterThanOrEqual(2);
      expect((await desk.call<{ directories: unknown[] }>('GET', '/directories')).body.directories).toEqual(
        [],
      );
    });

    it('is shown as it is read when the connection is checked', async ({ desk, lab }) => {
      const { body } = await desk.call<ConnectionReportView>('POST', '/directories/check', {
        settings: lab.settings,
        secret: servicePassword,
      });
      expect(body.servers[0]?.steps.map(({ outcome }) => outcome)).not.toContain('failed');
      expect(body.sample).not.toBeNull();
      const wrong = await desk.call<ConnectionReportView>('POST', '/directories/check', {
        settings: lab.settings,
        secret: 'no',
      });
      expect(wrong.body.servers[0]?.steps.find(({ outcome }) => outcome === 'failed')).toMatchObject({
        step: 'bind',
      });
      expect(JSON.stringify([body, wrong.body])).not.toContain('Service-4711');
    });
  });
}
