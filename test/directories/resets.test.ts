import { Client } from 'ldapts';
import { describe, expect, vi } from 'vitest';
import type { AccountView } from '../../shared/api/account.ts';
import type { CaseView } from '../../shared/api/case.ts';
import type { ConnectionReportView, DirectoryView } from '../../shared/api/directories.ts';
import { codeFor } from '../backend/desk-call.ts';
import { apiTest } from '../fixtures/api.ts';
import { startFaultyProxy, type FaultyProxy } from '../fixtures/faulty-proxy.ts';
import { hasOpenldap } from '../fixtures/openldap.ts';
import { startOpenldapLab } from './ldap-lab.ts';

// Reads of a directory are a second or more apart.
vi.setConfig({ testTimeout: 60_000 });

const address = 'zoe.example@example.com';

const it = apiTest
  // oxlint-disable-next-line no-empty-pattern -- vitest reads a fixture's needs from the pattern.
  .extend('lab', { scope: 'file' }, async ({}, { onCleanup }) => {
    const lab = await startOpenldapLab();
    onCleanup(() => lab.stop());
    await lab.add({
      userName: 'zoe.example',
      displayName: 'Zoe Example',
      email: address,
      phones: ['+49 30 5550100', '+49 30 5550101'],
      employeeNumber: 'X-4711',
      department: 'Finance',
    });
    await lab.add({ userName: 'pia.privileged', displayName: 'Pia Privileged', isPrivileged: true });
    return lab;
  })
  .extend('settings', { scope: 'file' }, ({ lab }) => ({
    kind: 'ldap',
    preset: 'openldap',
    servers: [lab.server],
    authorities: lab.authority,
    baseDn: lab.ldap.baseDn,
    serviceAccount: `cn=helpdesk,ou=services,${lab.ldap.baseDn}`,
    scope: { include: [`ou=people,${lab.ldap.baseDn}`] },
    privilegedGroups: [`cn=outer,ou=groups,${lab.ldap.baseDn}`],
    defaultPolicy: `cn=default,ou=policies,${lab.ldap.baseDn}`,
  }))
  .extend('bind', { scope: 'file' }, ({ lab }) => async (userName: string, password: string) => {
    const { host, port } = lab.server;
    const client = new Client({ url: `ldaps://${host}:${port}`, tlsOptions: { ca: lab.authority } });
    try {
      await client.bind(`uid=${userName},ou=people,${lab.ldap.baseDn}`, password);
      return true;
    } catch {
      return false;
    } finally {
      await client.unbind();
    }
  })
  .extend('connect', ({ desk, settings: own }) => async (changes: object = {}) => {
    const settings = { ...own, ...changes };
    const secret = 'Service-4711-Passw0rd';
    const added = await desk.call<DirectoryView>('POST', '/directories', {
      name: 'Head office',
      settings,
      secret,
    });
    expect(added.status).toBe(200);
    return added.body.id;
  })
  .extend(
    'directory',
    ({ desk }) =>
      async () =>
        (await desk.call<{ directories: DirectoryView[] }>('GET', '/directories')).body.directories[0],
  )
  .extend(
    'hasRead',
    ({ directory }) =>
      () =>
        expect.poll(async () => (await directory())?.reading.state, { timeout: 40_000 }).toBe('read'),
  )
  .extend('verified', ({ desk, mailSink }) => async (): Promise<CaseView> => {
    const opened = await desk.openCase('zoe.example');
    const started = await desk.startCode(opened.id);
    expect(started.status).toBe(200);
    return (await desk.readBack(started.body.case, await codeFor(mailSink, address))).body.case;
  })
  .extend('resetZoe', ({ desk, verified }) => async (key: string) => {
    const { id } = await verified();
    const grant = await desk.mint(id, 'temporary-password');
    return { caseId: id, answer: await desk.reset(id, grant.body.id, 'temporary-password', key) };
  });

describe.skipIf(!hasOpenldap && process.env['CI'] === undefined)('an account in an OpenLDAP', () => {
  it('is in the index once its directory was read, with the tier of its groups', async ({
    desk,
    connect,
    hasRead,
    directory,
  }) => {
    await connect();
    await hasRead();
    expect(await directory()).toMatchObject({ accounts: 2, secretStored: true, reading: { fault: null } });
    const zoe = await desk.accountId('Zoe Example');
    const { body } = await desk.call<AccountView>('GET', `/accounts/${zoe}`);
    expect(body).toMatchObject({ userName: 'zoe.example', directory: 'ldap', tier: 'standard' });
    const pia = await desk.accountId('Pia Privileged');
    expect((await desk.call<AccountView>('GET', `/accounts/${pia}`)).body.tier).toBe('privileged');
  });

  it('gets a temporary password that its directory accepts once, and no other', async ({
    connect,
    hasRead,
    resetZoe,
    bind,
  }) => {
    await connect();
    await hasRead();
    const { answer } = await resetZoe('first-key');
    expect(answer.status).toBe(200);
    const { temporaryPassword, reset } = answer.body;
    expect(reset).toMatchObject({ state: 'done', oldPassword: 'dies-now' });
    expect(temporaryPassword).not.toBeNull();
    expect(await bind('zoe.example', temporaryPassword ?? '')).toBe(true);
    expect(await bind('zoe.example', `${temporaryPassword ?? ''}x`)).toBe(false);
  });

  it('has an unknown password once its temporary one has expired', async ({
    backend,
    connect,
    hasRead,
    resetZoe,
    bind,
    mailSink,
  }) => {
    await connect();
    await hasRead();
    const { answer } = await resetZoe('key-of-expiry');
    const temporary = answer.body.temporaryPassword ?? '';
    backend.clock.at += 3_600_000;
    let text: string | undefined = '';
    while (!text?.includes('not used in time')) ({ text } = await mailSink.mailTo(address));
    expect(await bind('zoe.example', temporary)).toBe(false);
  });

  it('is not reset, and can be on the same evidence, while its directory does not take the service account', async ({
    desk,
    connect,
    hasRead,
    settings,
    verified,
  }) => {
    const id = await connect();
    await hasRead();
    const { id: caseId } = await verified();
    const change = (secret: string) =>
      desk.call('PUT', `/directories/${id}`, { name: 'Head office', enabled: true, settings, secret });
    expect((await change('wrong')).status).toBe(200);
    const grant = await desk.mint(caseId, 'temporary-password');
    const refused = await desk.reset(caseId, grant.body.id, 'temporary-password', 'refused-key');
    expect(refused).toMatchObject({ status: 502, body: { code: 'directory.service-account' } });
    await change('Service-4711-Passw0rd');
    const again = await desk.mint(caseId, 'temporary-password');
    const done = await desk.reset(caseId, again.body.id, 'temporary-password', 'second-key');
    expect(done).toMatchObject({ status: 200, body: { reset: { state: 'done' } } });
  });

  it('has the password that it was given although the directory’s answer was lost', async ({
    connect,
    hasRead,
    resetZoe,
    bind,
    lab,
  }) => {
    let proxy: FaultyProxy | undefined;
    const bridge = await lab.through(async (target) => (proxy = await startFaultyProxy(target)));
    await connect({ servers: [bridge.address], authorities: lab.authorities });
    await hasRead();
    const lost = proxy?.loseAnswer(lab.writeMark);
    const { answer } = await resetZoe('key-of-a-lost-answer');
    await lost;
    expect(answer.body).toMatchObject({ reset: { state: 'done' } });
    expect(await bind('zoe.example', answer.body.temporaryPassword ?? '')).toBe(true);
    await bridge.stop();
  });

  it('is not reset where the directory is gone, and the case says so', async ({
    connect,
    hasRead,
    resetZoe,
    lab,
  }) => {
    const bridge = await lab.through(startFaultyProxy);
    await connect({ servers: [bridge.address], authorities: lab.authorities });
    await hasRead();
    await bridge.stop();
    const { answer } = await resetZoe('key-of-a-lost-directory');
    expect(answer).toMatchObject({ status: 502, body: { code: 'directory.unavailable' } });
  });

  it('is held and not merged where an account of another source has its employee number', async ({
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
    const { body } = await desk.call<{ rows: { reason: string }[] }>('GET', '/held-rows');
    expect(JSON.stringify(body)).toContain('other-source');
    const { body: after } = await desk.call<AccountView>('GET', `/accounts/${before.id}`);
    expect(after).toEqual(before);
    await lab.remove(before.userName);
  });

  it('is offered no reset while its directory is switched off', async ({
    desk,
    connect,
    hasRead,
    settings,
    verified,
  }) => {
    const id = await connect();
    await hasRead();
    const { id: caseId } = await verified();
    await desk.call('PUT', `/directories/${id}`, { name: 'Head office', enabled: false, settings });
    const { body } = await desk.call<CaseView>('GET', `/cases/${caseId}`);
    expect(body.actions.map(({ obstacle }) => obstacle)).toEqual(['directory-cannot', 'directory-cannot']);
  });

  it('is found under its new data within the next read of changes', async ({
    desk,
    connect,
    hasRead,
    lab,
  }) => {
    await connect();
    await hasRead();
    await lab.add({ userName: 'late.joiner', displayName: 'Late Joiner' });
    await expect.poll(() => desk.accountId('Late Joiner'), { timeout: 40_000 }).not.toBe('');
  });

  it('is closed when its directory is removed', async ({ desk, connect, hasRead }) => {
    const id = await connect();
    await hasRead();
    const removed = await desk.call<{ closed: number }>('DELETE', `/directories/${id}`);
    expect(removed.body.closed).toBeGreaterThanOrEqual(2);
    expect((await desk.call<{ directories: unknown[] }>('GET', '/directories')).body.directories).toEqual([]);
  });

  it('is shown as it is read when the connection is checked', async ({ desk, settings }) => {
    const { body } = await desk.call<ConnectionReportView>('POST', '/directories/check', {
      settings,
      secret: 'Service-4711-Passw0rd',
    });
    expect(body.servers[0]?.steps.map(({ outcome }) => outcome)).not.toContain('failed');
    expect(body.sample).not.toBeNull();
    const wrong = await desk.call<ConnectionReportView>('POST', '/directories/check', {
      settings,
      secret: 'no',
    });
    expect(wrong.body.servers[0]?.steps.find(({ outcome }) => outcome === 'failed')).toMatchObject({
      step: 'bind',
    });
    expect(JSON.stringify([body, wrong.body])).not.toContain('Service-4711');
  });
});
