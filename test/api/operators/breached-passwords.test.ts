import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { PolicyView } from '../../../shared/api/policy-calls.ts';
import { administrator } from '../../backend/start-test-backend.ts';
import { browserOf } from '../../backend/desk-call.ts';
import { newBackendTest } from '../../fixtures/api.ts';
import { invitationIn, invite } from '../../backend/join-operator.ts';

/** Breaks no other rule. */
const stolen = 'Quiet+Harbour7';
const hash = createHash('sha1').update(stolen).digest('hex').toUpperCase();

describe('a stolen password, while the policy refuses stolen ones', () => {
  const it = newBackendTest
    // oxlint-disable-next-line no-empty-pattern -- vitest reads a fixture's needs from the pattern.
    .extend('ranges', async ({}, { onCleanup }) => {
      const folder = await mkdtemp(join(tmpdir(), 'ranges-'));
      onCleanup(() => rm(folder, { recursive: true }));
      await writeFile(join(folder, `${hash.slice(0, 5)}.txt`), `${hash.slice(5)}:3`);
      return folder;
    })
    .extend('backendOptions', ({ ranges }) => ({ breachedPasswords: ranges }))
    .extend('refusing', async ({ desk }) => {
      const { body } = await desk.call<PolicyView>('GET', '/policy');
      const passwords = { ...body.document.passwords, breached: { refuse: true, timeout: 1000 } };
      await desk.call('PUT', '/policy', { basedOn: body.version, document: { ...body.document, passwords } });
      return desk;
    })
    // Chooses a password on the page of Bob's invitation.
    .extend('choose', async ({ backend, refusing }) => {
      await invite(backend, refusing.token, {
        userName: 'bob',
        displayName: 'Bob Example',
        password: stolen,
        roles: ['operator'],
      });
      const link = await invitationIn(backend, refusing.token, 'bob@example.com');
      return (password: string) =>
        browserOf(backend.ask).go('POST', '/invitation', {
          token: link.replace('/invitation/', ''),
          password,
          repeated: password,
        });
    })
    .extend(
      'skippedChecks',
      ({ backend }) =>
        async () =>
          (await backend.readAudit()).filter(({ action }) => action === 'password.breach-check-skipped'),
    );

  it('is refused to an operator who changes their own', async ({ refusing, skippedChecks }) => {
    const { status, body } = await refusing.call<{ code: string; fields: object[] }>('POST', '/me/password', {
      current: administrator.password,
      password: stolen,
    });
    expect(status).toBe(422);
    expect(body.code).toBe('password.policy');
    expect(JSON.stringify(body.fields)).toContain('It appeared in a data breach.');
    expect(await skippedChecks()).toEqual([]);
  });

  it('is refused on the page of an invitation, whose link stays valid', async ({ choose, skippedChecks }) => {
    expect((await choose(stolen)).text).toContain('It appeared in a data breach.');
    expect(await skippedChecks()).toEqual([]);
    expect((await choose('Other+Harbour9')).text).toContain('Your password is set');
  });

  it('is accepted and recorded as not checked when the list is broken', async ({
    backend,
    choose,
    skippedChecks,
  }) => {
    expect((await choose('Other+Harbour9')).text).toContain('Your password is set');
    const [event] = await skippedChecks();
    expect(event).toMatchObject({ outcome: 'failed', facts: '{"why":"broken"}', actor_name: 'Bob Example' });
    expect(JSON.stringify(await backend.readAudit())).not.toContain('Harbour');
  });
});

describe('an operator who changes their own password', () => {
  newBackendTest('may not keep the current one', async ({ desk }) => {
    const { password } = administrator;
    const { body } = await desk.call<{ code: string; faults?: readonly string[] }>('POST', '/me/password', {
      current: password,
      password,
    });
    expect(body.code).toBe('password.policy');
  });
});
