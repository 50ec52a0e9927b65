import { expect } from 'vitest';
import type { DirectorySignInView } from '../../../shared/api/directory-sign-in.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import type { deskOf } from '../../backend/desk-call.ts';
import { administrator } from '../../backend/start-test-backend.ts';
import { setTemporary } from '../contract/subject.ts';
import { servicePassword, startPassword } from '../lab.ts';
import type { SignedIn, SignInTest } from './sign-in-test.ts';

export function describeAdmission(it: SignInTest): void {
  it('are created at the first sign-in, with the roles of their groups and a second factor of the desk', async ({
    backend,
    person,
    enter,
    signIn,
    row,
  }) => {
    const { name } = await person(true);
    const { call } = await enter(name);
    expect((await call('GET', '/session')).body).toMatchObject({
      operator: { userName: name, roles: ['operator'] },
      proofs: ['password', 'code'],
    });
    expect(await row(name)).toMatchObject({
      directory: true,
      roles: ['operator'],
      linkedAccount: { userName: name },
      state: 'active',
    });
    expect((await signIn(name)).body).toMatchObject({ step: 'code' });
    expect((await signIn(name, 'Wrong-4711-Passw0rd')).body.code).toBe('session.credentials-wrong');
    const log = (await backend.readAudit()).map(({ action }) => action);
    expect(log).toContain('operator.created-by-directory');
    expect(JSON.stringify(await backend.readTables())).not.toContain(startPassword);
    expect(backend.lines.join('\n')).not.toContain(startPassword);
  });

  it('are told that none of their groups has a role, and are not created', async ({
    person,
    signIn,
    row,
  }) => {
    const { name } = await person(false);
    expect(await signIn(name)).toMatchObject({ status: 403, body: { code: 'directory-sign-in.no-role' } });
    expect(await row(name)).toBeUndefined();
  });

  it('are not told that their password is right once an administrator has disabled them', async ({
    desk,
    person,
    enter,
    signIn,
    row,
  }) => {
    const { name } = await person(true);
    await enter(name);
    const { id } = (await row(name)) ?? { id: '' };
    expect((await desk.call('PUT', `/operators/${id}/state`, { state: 'disabled' })).status).toBe(200);
    expect((await signIn(name)).body.code).toBe('session.credentials-wrong');
  });

  it('are told to change a temporary password first', async ({ lab, person, signIn }) => {
    const { name, key } = await person(true);
    const directory = lab.connect();
    await setTemporary(directory, key, new Secret('Temporary-4712-Passw0rd'));
    await directory.close();
    expect(await signIn(name, 'Temporary-4712-Passw0rd')).toMatchObject({
      status: 403,
      body: { code: 'directory-sign-in.not-now', detail: expect.stringContaining('new password') as string },
    });
  });

  it('work on no account of their own', async ({ person, enter }) => {
    const { name } = await person(true);
    const { call, accountId } = await enter(name);
    const opened = await call<{ code: string }>('POST', '/cases', { accountId: await accountId(name) });
    expect(opened.body.code).toBe('account.own');
  });

  it('prove themselves again with the same password', async ({ backend, person, enter }) => {
    const { name } = await person(true);
    const { tokens } = await enter(name);
    const prove = async (password: string) =>
      (await (
        await backend.ask('POST', '/api/v1/session/reauthenticate', {
          refreshToken: tokens.refreshToken,
          password,
        })
      ).json()) as SignedIn;
    expect(await prove('Wrong-4711-Passw0rd')).toMatchObject({ code: 'session.credentials-wrong' });
    expect(await prove(startPassword)).toHaveProperty('accessToken');
  });

  it('hear that the directory does not answer, as for every other name, while a local administrator gets in', async ({
    desk,
    lab,
    configured,
    person,
    signIn,
  }) => {
    const { name } = await person(true);
    const moved = await desk.call('PUT', `/directories/${configured}`, {
      name: 'Head office',
      enabled: true,
      settings: lab.settingsAt({ host: '127.0.0.1', port: 9 }),
      secret: servicePassword,
    });
    expect(moved.status).toBe(200);
    const silent = { status: 503, body: { code: 'directory-sign-in.unavailable' } };
    expect(await signIn(name)).toMatchObject(silent);
    expect(await signIn('nobody.of.this.name')).toMatchObject(silent);
    expect(await signIn(administrator.userName, 'not her password')).toMatchObject(silent);
    expect(await signIn(administrator.userName, administrator.password)).toMatchObject({ status: 200 });
  });
}

export function describeLoss(it: SignInTest): void {
  const sessionOf = (call: ReturnType<typeof deskOf>['call']) => async () =>
    (await call('GET', '/session')).status;

  it('lose their role and their session with their group', async ({
    backend,
    lab,
    person,
    enter,
    row,
    signIn,
  }) => {
    const { name } = await person(true);
    const { call } = await enter(name);
    await lab.leaveGroup?.(name);
    await expect.poll(sessionOf(call), { timeout: 20_000 }).toBe(401);
    expect(await row(name)).toMatchObject({ roles: [], sessions: 0 });
    expect((await signIn(name)).body.code).toBe('directory-sign-in.no-role');
    const log = (await backend.readAudit()).filter(({ action }) =>
      ['operator.changed', 'operator.session-ended'].includes(action),
    );
    expect(log.map(({ action }) => action)).toEqual(['operator.changed', 'operator.session-ended']);
  });

  it('lose their session with their account', async ({ lab, person, enter, row, signIn }) => {
    const { name } = await person(true);
    const { call } = await enter(name);
    await lab.remove(name);
    await expect.poll(sessionOf(call), { timeout: 20_000 }).toBe(401);
    expect(await row(name)).toMatchObject({ roles: [] });
    expect((await signIn(name)).body.code).toBe('session.credentials-wrong');
  });

  it('lose their session when the sign-in is turned off', async ({ desk, person, enter }) => {
    const { name } = await person(true);
    const { call } = await enter(name);
    const { body } = await desk.call<DirectorySignInView>('GET', '/settings/directory-sign-in');
    const { directories: _choice, localAdministrators: _local, ...settings } = body;
    await desk.call('PUT', '/settings/directory-sign-in', { ...settings, enabled: false });
    expect(await sessionOf(call)()).toBe(401);
  });
}
