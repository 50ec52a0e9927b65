import { describe, expect } from 'vitest';
import type { DirectorySignInView } from '../../shared/api/directory-sign-in.ts';
import type { OperatorRow } from '../../shared/api/operators.ts';
import type { SessionTokens } from '../../shared/api/session.ts';
import { Secret } from '../../shared/secret/secret.ts';
import { deskOf } from '../backend/desk-call.ts';
import { codeAt, join } from '../backend/join-operator.ts';
import { administrator, frequentPolls } from '../backend/start-test-backend.ts';
import { startFaultyProxy, type FaultyProxy } from '../fixtures/faulty-proxy.ts';
import { setTemporary } from './contract/subject.ts';
import { servicePassword, startPassword } from './lab.ts';
import type { DeskTest } from './resets.ts';

interface SignedIn {
  readonly code?: string;
  readonly detail?: string;
  readonly step?: string;
  readonly ticket?: string;
  readonly until?: string;
}
const localPassword = 'Quiet+Harbour7';
const thisConsole = { 'x-reset-desk-device': 'the-console-of-these-tests' };
let names = 0;
/** The labs are shared by the tests of a file. */
const newName = () => `op${(names += 1)}.${Date.now().toString(36)}`;

/** Options of a desk that reads its directory's changes after `directoryChanges` milliseconds each. */
const reading = (directoryChanges: number) => ({
  strangersPerMinute: 6000,
  trustProxy: '127.0.0.1',
  pollIntervals: { ...frequentPolls, directoryChanges },
});

/** A desk whose operators sign in with the lab's directory; members of the lab's privileged group are operators. */
const signInTestOf = (test: DeskTest) =>
  test
    .extend('mailUrl', (): string | undefined => undefined)
    .extend('backendOptions', () => reading(200))
    /** How the desk reaches the directory. */
    .extend('place', ({ lab }): object => lab.settings)
    .extend('configured', async ({ desk, connect, hasRead, lab, place }) => {
      const directoryId = await connect(place);
      await hasRead();
      const { privilegedGroups } = lab.settings as { privilegedGroups: string[] };
      const changed = await desk.call<DirectorySignInView>('PUT', '/settings/directory-sign-in', {
        enabled: true,
        directoryId,
        roles: privilegedGroups.map((group) => ({ group, role: 'operator' })),
        scope: { departments: [], tiers: [], directories: [] },
      });
      expect(changed).toMatchObject({
        status: 200,
        body: { enabled: true, localAdministrators: ['Ann Example'] },
      });
      return directoryId;
    })
    /** A new account in the directory that the desk has read. */
    .extend('person', ({ desk, lab, configured: _on }) => async (isOperator: boolean, name = newName()) => {
      const key = await lab.add({ userName: name, displayName: `Person ${name}`, isPrivileged: isOperator });
      await expect.poll(() => desk.accountId(name), { timeout: 30_000 }).not.toBe('');
      return { name, key };
    })
    .extend(
      'signIn',
      ({ backend }) =>
        async (userName: string, password = startPassword, headers: Record<string, string> = {}) => {
          const answer = await backend.ask('POST', '/api/v1/session', { userName, password }, headers);
          return { status: answer.status, body: (await answer.json()) as SignedIn };
        },
    )
    /** Signs in for the first time: sets up an authenticator. */
    .extend('enter', ({ backend, signIn }) => async (userName: string) => {
      const { body } = await signIn(userName, startPassword, thisConsole);
      expect(body).toMatchObject({ step: 'enrol' });
      const post = async (path: string, sent: object) =>
        (await (await backend.ask('POST', `/api/v1/session${path}`, sent, thisConsole)).json()) as object;
      const { ticket } = body;
      const { secret } = (await post('/enrolment', { ticket })) as { secret: string };
      const code = codeAt(secret, backend.clock.at);
      const tokens = (await post('/enrolment/confirm', { ticket, code })) as SessionTokens;
      expect(tokens).toHaveProperty('accessToken');
      return { ...deskOf(backend.ask, tokens.accessToken), tokens, secret };
    })
    .extend('row', ({ desk }) => async (userName: string) => {
      const { body } = await desk.call<{ operators: OperatorRow[] }>('GET', '/operators');
      return body.operators.find((operator) => operator.userName === userName);
    })
    .extend('lockedSince', ({ lab }) => async (key: string) => {
      const directory = lab.connect();
      const account = await directory.read(key);
      await directory.close();
      return account?.lockedSince ?? null;
    });
type SignInTest = ReturnType<typeof signInTestOf>;

/** Operators who sign in with the password of a real directory. */
export function describeDirectorySignIn(deskTest: DeskTest): void {
  const it = signInTestOf(deskTest);
  describe('operators who sign in with the directory', () => {
    describeAdmission(it);
    describeLoss(it);
    describeGuesses(it);
    describeLinks(it);
    describeRequestsOf(it);
  });
}

function describeAdmission(it: SignInTest): void {
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

function describeLoss(it: SignInTest): void {
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

function describeGuesses(it: SignInTest): void {
  it('keep their account in the directory and their own console when strangers guess', async ({
    person,
    enter,
    signIn,
    lockedSince,
  }) => {
    const { name, key } = await person(true);
    await enter(name);
    const guesses: (string | undefined)[] = [];
    const ofNobody: (string | undefined)[] = [];
    for (let at = 0; at < 8; at += 1) {
      const headers = { 'x-forwarded-for': `203.0.113.${at}` };
      guesses.push((await signIn(name, `Guess-${at}-Passw0rd`, headers)).body.code);
      ofNobody.push((await signIn('nobody.of.this.name', `Guess-${at}-Passw0rd`, headers)).body.code);
    }
    // The labs lock an account at the third wrong password.
    expect(guesses).toEqual([
      'session.credentials-wrong',
      ...Array.from({ length: 7 }, () => 'session.operator-locked'),
    ]);
    expect(ofNobody).toEqual(guesses);
    expect(await lockedSince(key)).toBeNull();
    expect((await signIn(name, 'Mistyped-Passw0rd', thisConsole)).body.code).toBe(
      'session.credentials-wrong',
    );
    expect((await signIn(name, 'Mistyped-Passw0rd', thisConsole)).body.code).toBe('session.operator-locked');
    expect(await lockedSince(key)).toBeNull();
  });

  it('get in from their own console in spite of guesses, and are unlocked by an administrator', async ({
    desk,
    person,
    enter,
    signIn,
    row,
  }) => {
    const { name } = await person(true);
    await enter(name);
    const stranger = { 'x-forwarded-for': '203.0.113.9' };
    await signIn(name, 'Guess-1-Passw0rd', stranger);
    expect((await signIn(name, startPassword, stranger)).body.code).toBe('session.operator-locked');
    expect((await signIn(name, startPassword, thisConsole)).body).toMatchObject({ step: 'code' });
    await signIn(name, 'Guess-2-Passw0rd', stranger);
    await desk.call('POST', `/operators/${(await row(name))?.id ?? ''}/unlock`, {});
    expect((await signIn(name, startPassword, stranger)).body).toMatchObject({ step: 'code' });
  });
}

function describeRequestsOf(signInTest: SignInTest): void {
  const it = signInTest
    // Fewer of the feed's requests among those that are counted.
    .extend('backendOptions', () => reading(1500))
    .extend('line', async ({ lab }, { onCleanup }) => {
      let proxy: FaultyProxy | undefined;
      const bridge = await lab.through(async (target) => (proxy = await startFaultyProxy(target)));
      if (proxy === undefined) throw new Error('The bridge has no proxy');
      onCleanup(() => bridge.stop());
      return { ...bridge, proxy };
    })
    .extend('place', ({ lab, line }): object => lab.settingsAt(line.address));

  it(
    'cause as many requests to the directory as a name that no account has',
    { timeout: 120_000 },
    async ({ line, person, signIn }) => {
      const requestsOf = async (userName: string) => {
        const before = line.proxy.requests();
        expect((await signIn(userName, 'Wrong-4711-Passw0rd')).body.code).toBe('session.credentials-wrong');
        return line.proxy.requests() - before;
      };
      // The feed's requests may fall among those of one try.
      const leastOf = async (userNames: readonly string[]) => {
        const all: number[] = [];
        for (const userName of userNames) all.push(await requestsOf(userName));
        return Math.min(...all);
      };
      const people: string[] = [];
      for (let at = 0; at < 4; at += 1) people.push((await person(true)).name);
      // Opens the connection of the service account, and reads the policy.
      await requestsOf('the.first.nobody');
      const ofKnown = await leastOf(people);
      expect(ofKnown).toBeGreaterThan(0);
      expect(await leastOf(people.map((name) => `not.${name}`))).toBe(ofKnown);
    },
  );
}

function describeLinks(it: SignInTest): void {
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
