import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PolicyView } from '../../../shared/api/policy.ts';
import { administrator, startTestBackend } from '../../backend/start-test-backend.ts';
import { browserOf, deskOf } from '../../backend/desk-call.ts';
import { invitationIn, invite } from '../../backend/join-operator.ts';

/** Breaks no other rule. */
const stolen = 'Quiet+Harbour7';
const hash = createHash('sha1').update(stolen).digest('hex').toUpperCase();

describe('a stolen password, while the policy refuses stolen ones', () => {
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  let ann: ReturnType<typeof deskOf>;
  let folder: string;
  let link: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ranges-'));
    await writeFile(join(folder, `${hash.slice(0, 5)}.txt`), `${hash.slice(5)}:3`);
    backend = await startTestBackend(undefined, { breachedPasswords: folder });
    ann = deskOf(backend.ask, (await backend.setUp()).accessToken);
    const { body } = await ann.call<PolicyView>('GET', '/policy');
    const passwords = { ...body.document.passwords, breached: { refuse: true, timeout: 1000 } };
    await ann.call('PUT', '/policy', {
      basedOn: body.version,
      document: { ...body.document, passwords },
    });
    const bob = {
      userName: 'bob',
      displayName: 'Bob Example',
      password: stolen,
      roles: ['operator'],
    } as const;
    await invite(backend, ann.token, bob);
    link = await invitationIn(backend, ann.token, 'bob@example.com');
  });
  afterAll(async () => {
    await backend.stop();
    await rm(folder, { recursive: true });
  });
  const chooses = (password: string) =>
    browserOf(backend.ask).go('POST', '/invitation', {
      token: link.replace('/invitation/', ''),
      password,
      repeated: password,
    });
  const skipped = async () =>
    (await backend.readAudit()).filter(({ action }) => action === 'password.breach-check-skipped');

  it('is refused to an operator who changes their own', async () => {
    const { status, body } = await ann.call<{ code: string; fields: object[] }>('POST', '/me/password', {
      current: administrator.password,
      password: stolen,
    });
    expect(status).toBe(422);
    expect(body.code).toBe('password.policy');
    expect(JSON.stringify(body.fields)).toContain('It appeared in a data breach.');
    expect(await skipped()).toEqual([]);
  });

  it('is refused on the page of an invitation, whose link stays good', async () => {
    expect((await chooses(stolen)).text).toContain('It appeared in a data breach.');
    expect(await skipped()).toEqual([]);
  });

  it('is accepted and recorded as not checked when the list is broken', async () => {
    expect((await chooses('Other+Harbour9')).text).toContain('Your password is set');
    const [event] = await skipped();
    expect(event).toMatchObject({ outcome: 'failed', facts: '{"why":"broken"}', actor_name: 'Bob Example' });
    expect(JSON.stringify(await backend.readAudit())).not.toContain('Harbour');
  });
});
