import { describe, expect } from 'vitest';
import type { DirectorySignInView } from '../../../shared/api/directory-sign-in.ts';
import type { OperatorRow } from '../../../shared/api/operators.ts';
import { sharedDeskTest as it } from '../../fixtures/api.ts';

const off = {
  enabled: false,
  directoryId: null,
  roles: [],
  scope: { departments: [], tiers: [], directories: [] },
};
const directoryId = '5d0c8f51-4b1e-4f6f-9d8e-0a4f6f1f2a10';
const role = { group: 'cn=desk,dc=example,dc=com', role: 'operator' };
interface Refused {
  readonly code: string;
  readonly fields?: readonly { readonly path: string }[];
}

/** Signing in with real directories is tested in `test/directories/directory-sign-in.ts`. */
describe('operators’ sign-in with a directory', () => {
  it('is off until an administrator turns it on, and names who gets in without it', async ({
    administrator,
  }) => {
    const { body } = await administrator.call<DirectorySignInView>('GET', '/settings/directory-sign-in');
    expect(body).toEqual({ ...off, directories: [], localAdministrators: ['Ann Example'] });
  });

  it('needs a directory that can verify passwords, and a group', async ({ administrator }) => {
    await administrator.prove();
    const { status, body } = await administrator.call<Refused>('PUT', '/settings/directory-sign-in', {
      ...off,
      enabled: true,
      directoryId,
    });
    expect([status, body.fields?.map(({ path }) => path)]).toEqual([400, ['body.directoryId', 'body.roles']]);
  });

  it('keeps its settings while it is off, with one event', async ({ administrator, backend }) => {
    await administrator.prove();
    const kept = { ...off, directoryId, roles: [role] };
    const { body } = await administrator.call<DirectorySignInView>(
      'PUT',
      '/settings/directory-sign-in',
      kept,
    );
    expect(body).toMatchObject(kept);
    const event = (await backend.readAudit()).find(({ action }) => action === 'directory-sign-in.changed');
    expect(JSON.parse(event?.facts ?? '{}')).toMatchObject({
      enabled: false,
      roles: 'operator: cn=desk,dc=example,dc=com',
    });
  });

  it('links no operator while it is off', async ({ administrator, operator }) => {
    await administrator.prove();
    const linked = await administrator.call<Refused>('POST', `/operators/${operator.id}/link-directory`, {});
    expect([linked.status, linked.body.code]).toEqual([409, 'directory-sign-in.off']);
    const unlinked = await administrator.call<Refused>(
      'POST',
      `/operators/${operator.id}/unlink-directory`,
      {},
    );
    expect([unlinked.status, unlinked.body.code]).toEqual([409, 'operator.not-linked']);
    const { body } = await administrator.call<{ operators: OperatorRow[] }>('GET', '/operators');
    expect(body.operators.map(({ directory }) => directory)).not.toContain(true);
  });

  it('lets a name that no directory knows sign in as before', async ({ backend, operator }) => {
    const { userName, password } = operator;
    const answer = await backend.ask('POST', '/api/v1/session', { userName, password });
    expect(await answer.json()).toMatchObject({ step: 'code' });
  });
});
