import { expect } from 'vitest';
import type { CaseView } from '../../shared/api/case.ts';
import type { DirectoryView } from '../../shared/api/directories.ts';
import { Secret } from '../../shared/secret/secret.ts';
import { codeFor } from '../backend/desk-call.ts';
import { apiTest } from '../fixtures/api.ts';
import { servicePassword, type DirectoryLab } from './lab.ts';

/** The address of Zoe Example, whose account the resets concern. */
export const zoesAddress = 'zoe.example@example.com';

/** Tests of a desk at which Zoe Example calls, wherever her password is kept. */
export const zoesTest = apiTest
  .extend('verified', ({ desk, mailSink }) => async (): Promise<CaseView> => {
    const opened = await desk.openCase('zoe.example');
    const started = await desk.startCode(opened.id);
    expect(started.status).toBe(200);
    return (await desk.readBack(started.body.case, await codeFor(mailSink, zoesAddress))).body.case;
  })
  .extend('resetZoe', ({ desk, verified }) => async (key: string) => {
    const { id } = await verified();
    const grant = await desk.mint(id, 'temporary-password');
    return { caseId: id, answer: await desk.reset(id, grant.body.id, 'temporary-password', key) };
  });

/** Tests of a desk that is connected to a lab's directory, in which Zoe Example and Pia Privileged have accounts. The caller stops the lab. */
export function deskTestOf(start: () => Promise<DirectoryLab>) {
  let preparing: Promise<{ readonly lab: DirectoryLab; readonly zoe: string }> | undefined;
  const prepare = async () => {
    const lab = await start();
    const zoe = await lab.add({
      userName: 'zoe.example',
      displayName: 'Zoe Example',
      email: zoesAddress,
      phones: ['+49 30 5550100', '+49 30 5550101'],
      employeeNumber: 'X-4711',
      department: 'Finance',
    });
    await lab.add({ userName: 'pia.privileged', displayName: 'Pia Privileged', isPrivileged: true });
    return { lab, zoe };
  };
  return (
    zoesTest
      .extend('prepared', () => (preparing ??= prepare()))
      .extend('lab', ({ prepared: { lab } }) => lab)
      .extend('zoe', ({ prepared: { zoe } }) => zoe)
      /** The directory's answer to a sign-in of Zoe with the password. */
      .extend('signInOfZoe', ({ lab, zoe }) => async (password: string | null) => {
        const signedIn = lab.signIn?.(zoe, password ?? '');
        if (signedIn !== undefined) return signedIn;
        const directory = lab.connect();
        try {
          return await directory.verifyPassword(zoe, new Secret(password ?? ''));
        } finally {
          await directory.close();
        }
      })
      .extend('connect', ({ desk, lab }) => async (settings = lab.settings) => {
        const added = await desk.call<DirectoryView>('POST', '/directories', {
          name: 'Head office',
          settings,
          secret: servicePassword,
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
  );
}

export type DeskTest = ReturnType<typeof deskTestOf>;
