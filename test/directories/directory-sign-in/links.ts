import { expect } from 'vitest';
import type { OperatorRow } from '../../../shared/api/operators.ts';
import { join } from '../../backend/join-operator.ts';
import { administrator } from '../../backend/start-test-backend.ts';
import { localPassword, newName, type SignedIn, type SignInTest } from './sign-in-test.ts';

export function describeLinks(it: SignInTest): void {
  // Each waits for several reads of the directory's changes.
  it(
    'never take over the operator of the same name, in the desk or in the directory',
    { timeout: 120_000 },
    async ({ backend, desk, lab, person, enter, signIn }) => {
      const local = newName();
      await join(backend, desk.token, {
        userName: local,
        displayName: 'Local Person',
        password: localPassword,
        roles: ['operator'],
      });
      await person(true, local);
      expect((await signIn(local)).body.code).toBe('session.credentials-wrong');
      expect((await signIn(local, localPassword)).body).toMatchObject({ step: 'code' });

      const { name } = await person(true);
      await enter(name);
      // OpenLDAP keeps a former name in its groups.
      await lab.leaveGroup?.(name);
      await lab.rename(name, `${name}.new`);
      await expect.poll(() => desk.accountId(`${name}.new`), { timeout: 30_000 }).not.toBe('');
      await person(true, name);
      const refused = { status: 403, body: { code: 'directory-sign-in.not-linked' } };
      await expect.poll(() => signIn(name), { timeout: 20_000 }).toMatchObject(refused);
    },
  );

  it('are linked to their account by an administrator, and then have no password here', async ({
    backend,
    desk,
    person,
    signIn,
    row,
  }) => {
    const local = newName();
    const joined = await join(backend, desk.token, {
      userName: local,
      displayName: 'Linked Person',
      password: localPassword,
      roles: ['operator'],
    });
    const { name } = await person(true);
    const link = () =>
      desk.call<OperatorRow & SignedIn>('POST', `/operators/${joined.id}/link-directory`, {});
    expect((await link()).body.code).toBe('directory-sign-in.no-account');
    await desk.call('PATCH', `/operators/${joined.id}`, { linkedAccountId: await desk.accountId(name) });
    expect((await link()).body).toMatchObject({ directory: true, sessions: 0 });
    expect((await link()).body.code).toBe('operator.signs-in-with-directory');
    expect((await signIn(name)).body).toMatchObject({ step: 'code' });
    expect((await signIn(local, localPassword)).body.code).toBe('session.credentials-wrong');
    expect((await desk.call<SignedIn>('POST', `/operators/${joined.id}/link`, {})).body.code).toBe(
      'operator.signs-in-with-directory',
    );
    expect(
      (await desk.call<SignedIn>('PATCH', `/operators/${joined.id}`, { linkedAccountId: null })).body.code,
    ).toBe('operator.signs-in-with-directory');
    await desk.call('POST', `/operators/${joined.id}/unlink-directory`, {});
    expect(await row(local)).toMatchObject({ directory: false });
  });

  it('leave the desk one administrator with a password of its own', async ({ desk, person, row }) => {
    const { name } = await person(true);
    const ann = await row(administrator.userName);
    await desk.call('PATCH', `/operators/${ann?.id}`, { linkedAccountId: await desk.accountId(name) });
    const linked = await desk.call<SignedIn>('POST', `/operators/${ann?.id}/link-directory`, {});
    expect(linked.body.code).toBe('operator.last-local-administrator');
  });
}
