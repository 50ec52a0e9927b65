import { beforeAll, describe, expect, it } from 'vitest';
import type { PolicyView } from '../../shared/api/policy-calls.ts';
import type { SignInMethodsView } from '../../shared/api/sign-in-methods.ts';
import { faultOf } from './contract/subject.ts';
import type { EntraLab } from './entra-lab.ts';
import { zoesAddress, type DeskTest } from './desk-test.ts';

const created = '2026-05-04T10:00:00Z';
/** One method of each type that Graph v1.0 publishes; the phone is the default. */
const methods = [
  {
    id: '3179e48a-750b-4051-897c-87b9720928f7',
    type: 'phoneAuthenticationMethod',
    properties: {
      createdDateTime: created,
      phoneNumber: '+49 1715550123',
      phoneType: 'mobile',
      smsSignInState: 'ready',
    },
    isDefault: true,
  },
  {
    id: 'app-1',
    type: 'microsoftAuthenticatorAuthenticationMethod',
    properties: {
      createdDateTime: created,
      displayName: 'Zoe’s phone',
      deviceTag: 'SoftwareTokenActivated',
      phoneAppVersion: '6.8',
    },
  },
  {
    id: 'key-1',
    type: 'fido2AuthenticationMethod',
    properties: {
      createdDateTime: created,
      displayName: 'Blue key',
      model: 'A key',
      attestationLevel: 'attested',
    },
  },
  {
    id: 'hello-1',
    type: 'windowsHelloForBusinessAuthenticationMethod',
    properties: { createdDateTime: created, displayName: 'LAPTOP-7', keyStrength: 'normal' },
  },
  {
    id: 'codes-1',
    type: 'softwareOathAuthenticationMethod',
    properties: { createdDateTime: null, secretKey: null },
  },
  {
    id: 'mail-1',
    type: 'emailAuthenticationMethod',
    properties: { createdDateTime: created, emailAddress: 'zoe@home.example' },
  },
  {
    id: 'mac-1',
    type: 'platformCredentialAuthenticationMethod',
    properties: { createdDateTime: created, displayName: 'MAC-3', keyStrength: 'normal', platform: 'macOS' },
  },
  {
    id: 'other-idp',
    type: 'externalAuthenticationMethod',
    properties: { createdDateTime: created, displayName: 'Other MFA', configurationId: 'c-1' },
  },
] as const;
const removable = methods.filter((method) => !('isDefault' in method)).map(({ id, type }) => ({ id, type }));

/** Tests of sign-in methods in the adapter. */
export function describeSignInMethods(start: () => Promise<EntraLab>): void {
  describe('a sign-in method', () => {
    let lab: EntraLab;
    beforeAll(async () => {
      lab = await start();
    }, 60_000);
    const connect = () => lab.connectWith({ removesMethods: true });
    const userWith = async (userName: string) => {
      const key = await lab.add({ userName });
      lab.userOf(userName).methods = [...methods];
      return key;
    };
    const answerLater = () =>
      lab.tenant.failNext('GET', /\/authentication\/methods$/, {
        status: 200,
        body: { value: [{ '@odata.type': '#microsoft.graph.laterAuthenticationMethod', id: 'later' }] },
      });

    it('is listed by its kind and what its user recognises, and a password is not', async () => {
      const key = await userWith('methods.listed');
      const directory = connect();
      const listed = await directory.signInMethods?.list(key);
      expect(listed?.map(({ kind, label }) => [kind, label])).toEqual([
        ['phone', '+49 1715550123'],
        ['authenticator-app', 'Zoe’s phone'],
        ['security-key', 'Blue key'],
        ['windows-hello', 'LAPTOP-7'],
        ['one-time-codes', null],
        ['email', 'zoe@home.example'],
        ['platform-credential', 'MAC-3'],
        ['external', 'Other MFA'],
      ]);
      expect(listed?.map(({ addedAt }) => addedAt)).toContain(Date.parse(created));
      await directory.close();
    });

    it.each(removable)('is removed from the list of its type: $type', async ({ id, type }) => {
      const key = await userWith(`without.${type}`);
      const directory = connect();
      await directory.signInMethods?.remove(key, id);
      expect(lab.userOf(`without.${type}`).methods.map((method) => method.id)).toEqual(
        methods.map((method) => method.id).filter((other) => other !== id),
      );
      // It is gone already.
      await directory.signInMethods?.remove(key, id);
      await directory.close();
    });

    it('is kept where it is the default and there are others', async () => {
      const key = await userWith('methods.default');
      const directory = connect();
      const remove = directory.signInMethods?.remove(key, methods[0].id) ?? Promise.resolve();
      expect((await faultOf(remove)).code).toBe('not-possible');
      await directory.close();
    });

    it('of a kind that a later version of Graph has is listed, and not removed', async () => {
      const key = await userWith('methods.new');
      const directory = connect();
      answerLater();
      expect(await directory.signInMethods?.list(key)).toEqual([
        { id: 'later', kind: 'other', label: null, addedAt: null },
      ]);
      answerLater();
      const remove = directory.signInMethods?.remove(key, 'later') ?? Promise.resolve();
      expect((await faultOf(remove)).code).toBe('not-possible');
      await directory.close();
    });

    it('of an administrator needs another role of the application', async () => {
      const role = lab.tenant.addObject('directoryRole', 'User Administrator');
      const key = await userWith('methods.admin');
      lab.userOf('methods.admin').memberOf.add(role.id);
      const directory = connect();
      const fault = await faultOf(directory.signInMethods?.remove(key, 'app-1') ?? Promise.resolve());
      expect([fault.code, fault.detail]).toEqual(['right-missing', 'reset-privileged']);
      await directory.close();
    });

    it('needs to be switched on in the settings', async () => {
      const directory = lab.connectWith({});
      expect([directory.capabilities.signInMethods, directory.signInMethods]).toEqual([
        'not-configured',
        undefined,
      ]);
      await directory.close();
    });
  });
}

/** Tests of the removal as an action of a case. */
export function describeMethodsOfDesk(start: () => Promise<EntraLab>, deskTest: DeskTest): void {
  const action = 'remove-sign-in-method';
  const desk = deskTest
    // `prepared` adds Zoe.
    .extend('lab', ({ prepared: _ready }) => start())
    /** A case about Zoe, who has all methods, on the evidence of one code. */
    .extend(
      'caseOfZoe',
      ({ lab, connect, hasRead, desk: { call }, verified }) =>
        async (privilegedBar: number) => {
          await connect({ ...lab.settings, removesMethods: true });
          await hasRead();
          lab.userOf('zoe.example').methods = [...methods];
          const { body } = await call<PolicyView>('GET', '/policy');
          const { document } = body;
          await call('PUT', '/policy', {
            basedOn: body.version,
            document: {
              ...document,
              bars: { ...document.bars, standard: 40, sensitive: 40, privileged: privilegedBar },
              factors: { standard: 1, sensitive: 1, privileged: 1 },
            },
          });
          return verified();
        },
    )
    .extend(
      'list',
      ({ desk: { call } }) =>
        async (caseId: string) =>
          (await call<SignInMethodsView>('GET', `/cases/${caseId}/sign-in-methods`)).body,
    )
    .extend(
      'remove',
      ({ desk: { call } }) =>
        (caseId: string, grantId: string, methodId: string) =>
          call<SignInMethodsView & { code?: string }>('POST', `/cases/${caseId}/sign-in-methods/remove`, {
            grantId,
            methodId,
          }),
    );

  describe('a sign-in method at the desk', () => {
    desk(
      'is shown masked, removed by a grant of its own, and told to its owner',
      async ({ lab, caseOfZoe, list, remove, desk: { call, mint }, mailSink }) => {
        const { id, account } = await caseOfZoe(40);
        const before = await list(id);
        expect(before).toMatchObject({ obstacle: null, needed: 40 });
        expect(before.methods).toContainEqual(
          expect.objectContaining({ kind: 'phone', label: '+49 ••• •••• 123' }),
        );
        expect(before.methods).toContainEqual(
          expect.objectContaining({ kind: 'email', label: 'z•••••@home.example' }),
        );

        const other = await mint(id, 'temporary-password');
        expect((await remove(id, other.body.id, 'app-1')).body.code).toBe('grant.other-action');
        const grant = await mint(id, action);
        const removed = await remove(id, grant.body.id, 'app-1');
        expect(removed.status).toBe(200);
        expect(removed.body.methods.map((method) => method.id)).not.toContain('app-1');
        expect(lab.userOf('zoe.example').methods.map((method) => method.id)).not.toContain('app-1');
        expect((await remove(id, grant.body.id, 'key-1')).body.code).toBe('grant.spent');
        expect((await remove(id, 'no-grant', 'key-1')).body.code).toBe('grant.not-found');
        expect(lab.userOf('zoe.example').methods.map((method) => method.id)).toContain('key-1');

        const timeline = await call<{ entries: { action: string; facts: object }[] }>(
          'GET',
          `/accounts/${account.id}/timeline`,
        );
        expect(
          timeline.body.entries.find((entry) => entry.action === 'account.sign-in-method-removed')?.facts,
        ).toMatchObject({ method: 'app-1', kind: 'authenticator-app' });
        const { text } = await mailSink.mailTo(zoesAddress);
        expect(text).toContain('removed a sign-in method');
      },
    );

    desk('needs the points of a privileged account', async ({ lab, caseOfZoe, list, desk: { mint } }) => {
      const { id } = await caseOfZoe(120);
      expect(await list(id)).toMatchObject({ obstacle: 'assurance', needed: 120 });
      expect((await mint(id, action)).body.code).toBe('assurance.not-enough');
      expect(lab.userOf('zoe.example').methods).toHaveLength(methods.length);
    });

    desk('is said to be kept where the directory keeps it', async ({ caseOfZoe, remove, desk: { mint } }) => {
      const { id } = await caseOfZoe(40);
      const grant = await mint(id, action);
      expect(await remove(id, grant.body.id, methods[0].id)).toMatchObject({
        status: 409,
        body: { code: 'directory.method-kept' },
      });
    });

    desk(
      'that the account does not have is not found, and nothing is recorded as removed',
      async ({ lab, caseOfZoe, remove, desk: { call, mint } }) => {
        const { id, account } = await caseOfZoe(40);
        const grant = await mint(id, action);
        expect(await remove(id, grant.body.id, 'made-up')).toMatchObject({
          status: 404,
          body: { code: 'directory.method-not-found' },
        });
        expect(lab.userOf('zoe.example').methods).toHaveLength(methods.length);
        const timeline = await call<{ entries: { action: string }[] }>(
          'GET',
          `/accounts/${account.id}/timeline`,
        );
        const actions = timeline.body.entries.map((entry) => entry.action);
        expect(actions).toContain('account.sign-in-method-removal-failed');
        expect(actions).not.toContain('account.sign-in-method-removed');
      },
    );

    desk(
      'counts as removed where the answer was lost and the directory shows it',
      async ({ lab, caseOfZoe, remove, desk: { mint } }) => {
        const { id } = await caseOfZoe(40);
        const grant = await mint(id, action);
        lab.tenant.failNext(
          'DELETE',
          /fido2Methods/,
          { status: 503, body: { error: { code: 'serviceNotAvailable', message: 'Try later.' } } },
          { isDone: true },
        );
        const removed = await remove(id, grant.body.id, 'key-1');
        expect(removed.status).toBe(200);
        expect(removed.body.methods.map((method) => method.id)).not.toContain('key-1');
      },
    );

    desk(
      'is not listed where the settings do not turn it on',
      async ({ lab, connect, hasRead, verified, list, desk: { mint } }) => {
        await connect(lab.settings);
        await hasRead();
        const { id } = await verified();
        expect(await list(id)).toMatchObject({ methods: [], obstacle: 'directory-cannot' });
        expect((await mint(id, action)).body.code).toBe('account.no-local-password');
      },
    );
  });
}
