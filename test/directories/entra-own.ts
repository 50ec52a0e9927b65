import { beforeAll, describe, expect, it } from 'vitest';
import { makeApplicationCertificate } from '../fixtures/entra/application-certificate.ts';
import {
  changesOf,
  everyAccount,
  everything,
  faultOf,
  never,
  outcomeOf,
  secret,
  setTemporary,
} from './contract/subject.ts';
import type { EntraLab } from './entra-lab.ts';
import { startPassword } from './lab.ts';

const temporary = 'Temporary-4712-Passw0rd';

/** Tests of Microsoft Entra ID beyond the contract: its sign-in, its faults, and accounts whose password another system manages. */
export function describeEntra(start: () => Promise<EntraLab>): void {
  const lab = () => started;
  let started: EntraLab;
  beforeAll(async () => {
    started = await start();
  }, 60_000);
  describeSignIn(lab);
  describeThrottling(lab);
  describeRights(lab);
  describeElsewhere(lab);
  describeDelta(lab);
}

function describeSignIn(lab: () => EntraLab): void {
  describe('an application', () => {
    it('signs in with a certificate by an assertion that it signs', async () => {
      const { certificate, connectWith } = lab();
      const key = await lab().add({ userName: 'certified' });
      const settings = { credential: 'certificate', certificate: certificate.cert };
      const directory = connectWith(settings, {}, certificate.key);
      expect(await directory.read(key)).toMatchObject({ userName: 'certified' });
      await directory.close();
    });

    it('is refused with a certificate that is not registered', async () => {
      const other = await makeApplicationCertificate();
      const settings = { credential: 'certificate', certificate: other.cert };
      const directory = lab().connectWith(settings, {}, other.key);
      expect((await directory.check()).servers[0]?.steps.find(({ outcome }) => outcome === 'failed')).toEqual(
        {
          step: 'bind',
          outcome: 'failed',
          fault: 'service-account-wrong',
        },
      );
      await directory.close();
    });

    it.each([
      ['of another certificate', async () => (await makeApplicationCertificate()).key],
      ['that is none', () => Promise.resolve('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----')],
      ['that is missing', () => Promise.resolve('')],
    ])('sends nothing with a private key %s', async (_what, keyOf) => {
      const settings = { credential: 'certificate', certificate: lab().certificate.cert };
      const before = lab().tenant.signIn.asked.length;
      const directory = lab().connectWith(settings, {}, await keyOf());
      const fault = await faultOf(directory.changesSince(null, never()));
      expect(fault.code).toBe('service-key-invalid');
      expect(lab().tenant.signIn.asked).toHaveLength(before);
      await directory.close();
    });

    it('asks for another token when one expires early, in the middle of a read of all', async () => {
      const directory = lab().connectWith({});
      const keys: string[] = [];
      for await (const page of directory.readKeys(never())) {
        keys.push(...page);
        lab().tenant.signIn.endTokens();
      }
      expect(new Set(keys)).toEqual(new Set(lab().tenant.users.keys()));
      await directory.close();
    });

    it('signs in once for many calls at once', async () => {
      const directory = lab().connectWith({});
      const before = lab().tenant.signIn.asked.length;
      const key = await lab().add({ userName: 'asked.often' });
      await Promise.all(Array.from({ length: 6 }, () => directory.read(key)));
      expect(lab().tenant.signIn.asked).toHaveLength(before + 1);
      await directory.close();
    });

    it('says that the tenant does not exist', async () => {
      const directory = lab().connectWith({ tenant: 'unknown.example.com' });
      const [server] = (await directory.check()).servers;
      expect(server?.steps.find(({ outcome }) => outcome === 'failed')).toMatchObject({
        step: 'read-base',
        fault: 'realm-unknown',
      });
      await directory.close();
    });
  });
}

function describeThrottling(lab: () => EntraLab): void {
  describe('a service that is busy', () => {
    const waits: number[] = [];
    const connect = () => {
      waits.length = 0;
      return lab().connectWith({}, { wait: async (ms) => void waits.push(ms) });
    };
    const busy = (status: number, seconds: string) =>
      lab().tenant.error(status, 'TooManyRequests', 'Wait.', { 'retry-after': seconds });

    it('is asked again after the time that it names', async () => {
      const key = await lab().add({ userName: 'patient' });
      const directory = connect();
      lab().tenant.failNext('GET', /^\/users\/[^/]+$/, busy(429, '3'));
      expect(await directory.read(key)).toMatchObject({ key });
      expect(waits).toEqual([3000]);
      await directory.close();
    });

    it('sets a password once after it refused an early attempt', async () => {
      const key = await lab().add({ userName: 'patient.too' });
      const directory = connect();
      lab().tenant.failNext('PATCH', /^\/users\//, busy(429, '2'));
      await setTemporary(directory, key, secret(temporary));
      expect(waits[0]).toBe(2000);
      expect(await lab().signIn?.(key, temporary)).toBe('must-change');
      await directory.close();
    });

    it('is not waited for longer than a caller waits', async () => {
      const key = await lab().add({ userName: 'impatient' });
      const directory = connect();
      lab().tenant.failNext('PATCH', /^\/users\//, busy(429, '120'));
      const fault = await faultOf(setTemporary(directory, key, secret(temporary)));
      expect([fault.code, waits]).toEqual(['throttled', []]);
      expect(await lab().signIn?.(key, startPassword)).toBe('right');
      await directory.close();
    });

    it('is asked again when a read is not served', async () => {
      const directory = connect();
      lab().tenant.failNext('GET', /^\/users$/, busy(503, '1'));
      expect((await everything(directory.readKeys(never()))).length).toBe(lab().tenant.users.size);
      expect(waits).toEqual([1000]);
      await directory.close();
    });

    it('leaves the outcome of a write unknown where it answers that it is not available', async () => {
      const key = await lab().add({ userName: 'unavailable' });
      const directory = connect();
      lab().tenant.failNext('PATCH', /^\/users\//, busy(503, '1'), { isDone: true });
      const fault = await faultOf(setTemporary(directory, key, secret(temporary)));
      expect([fault.code, waits]).toEqual(['outcome-unknown', []]);
      await directory.close();
    });

    it('that hangs is given up in time', async () => {
      const key = await lab().add({ userName: 'hanging' });
      const directory = lab().connectWith({}, { requestMs: 300 });
      lab().tenant.failNext('GET', /^\/users\/[^/]+$/, 'hang');
      expect((await faultOf(directory.read(key))).code).toBe('timeout');
      await directory.close();
    });
  });
}

function describeRights(lab: () => EntraLab): void {
  describe('a right that is missing', () => {
    it('is named by its check, for each permission', async () => {
      const { application } = lab();
      const all = application.permissions;
      application.permissions = ['User.Read.All'];
      application.roles = [];
      const directory = lab().connectWith({});
      const [server] = (await directory.check()).servers;
      [application.permissions, application.roles] = [all, ['fe930be7-5e62-47db-91af-98c3a49a38b1']];
      expect(server?.missingRights).toEqual([
        'read-domains',
        'read-roles',
        'reset-password',
        'end-sessions',
        'enable',
        'read-groups',
      ]);
      expect(server?.unknownRights).toEqual(['directory-role', 'reset-privileged']);
      await directory.close();
    });

    it('is none where a privileged group does not exist, which the check names', async () => {
      const group = lab().tenant.addObject('group', 'chiefs');
      const absent = '00000000-0000-4000-8000-00000000abcd';
      const directory = lab().connectWith({ privilegedGroups: [group.id, absent] });
      const { servers, sample } = await directory.check();
      expect(servers[0]?.unknownNames).toEqual([absent]);
      expect(servers[0]?.missingRights).toEqual([]);
      expect(sample).not.toBeNull();
      // Others are read all the same.
      const key = await lab().add({ userName: 'chief' });
      lab().userOf('chief').memberOf.add(group.id);
      const all = await everyAccount(directory);
      expect(all.find((account) => account.key === key)).toMatchObject({ isPrivileged: true });
      await directory.close();
    });

    it('is that for administrators where an account has a role', async () => {
      const role = lab().tenant.addObject('directoryRole', 'Global Administrator');
      const key = await lab().add({ userName: 'administrator' });
      lab().userOf('administrator').memberOf.add(role.id);
      const directory = lab().connectWith({});
      expect(await directory.read(key)).toMatchObject({ isPrivileged: true });
      const fault = await faultOf(setTemporary(directory, key, secret(temporary)));
      expect([fault.code, fault.detail]).toEqual(['right-missing', 'reset-privileged']);
      expect(fault.serverCode).toBe('403 Authorization_RequestDenied');
      expect(await lab().signIn?.(key, startPassword)).toBe('right');
      await directory.close();
    });

    it('does not hide who has a role by a group, in a read of all', async () => {
      const role = lab().tenant.addObject('directoryRole', 'Helpdesk Administrator');
      const group = lab().tenant.addObject('group', 'helpers', [role.id]);
      const key = await lab().add({ userName: 'helper' });
      lab().userOf('helper').memberOf.add(group.id);
      const directory = lab().connectWith({});
      const all = await everyAccount(directory);
      expect(all.find((account) => account.key === key)).toMatchObject({ isPrivileged: true });
      await directory.close();
    });
  });
}

function describeElsewhere(lab: () => EntraLab): void {
  describe('an account whose password is kept elsewhere', () => {
    it.each([
      ['by a federated domain', 'someone@Federated.example.com', {}],
      ['as a guest', 'guest_other.example#EXT#@example.onmicrosoft.com', { externalUserState: 'Accepted' }],
      ['by synchronisation', 'synchronised@example.onmicrosoft.com', { onPremisesSyncEnabled: true }],
    ])('%s says so before any password is set', async (_how, userName, properties) => {
      const key = await lab().add({ userName });
      Object.assign(lab().userOf(userName), properties);
      const directory = lab().connectWith({});
      expect(await directory.read(key)).toMatchObject({ signsInElsewhere: true });
      expect(await outcomeOf(setTemporary(directory, key, secret(temporary)).then(() => undefined))).toBe(
        'not-possible',
      );
      expect(await lab().signIn?.(key, startPassword)).toBe('right');
      await directory.close();
    });

    it('is reset where passwords are written back', async () => {
      const key = await lab().add({ userName: 'written.back' });
      lab().userOf('written.back').onPremisesSyncEnabled = true;
      const directory = lab().connectWith({ writesBack: true });
      await setTemporary(directory, key, secret(temporary));
      expect(await lab().signIn?.(key, temporary)).toBe('must-change');
      await directory.close();
    });
  });

  describe('a password that was set', () => {
    it('has its new date even if the first reads after it answer the old one', async () => {
      const key = await lab().add({ userName: 'lagging' });
      lab().userOf('lagging').passwordChangedAt = '2026-01-01T00:00:00Z';
      const directory = lab().connectWith({}, { wait: () => Promise.resolve() });
      await directory.read(key);
      lab().tenant.lagBehind(3);
      const { passwordSetAt } = await setTemporary(directory, key, secret(temporary));
      expect(passwordSetAt).toBe(Date.parse(lab().userOf('lagging').passwordChangedAt));
      await directory.close();
    });
  });
}

function describeDelta(lab: () => EntraLab): void {
  describe('changes', () => {
    it('are lost when their link is no longer known, so that all accounts are read', async () => {
      const directory = lab().connectWith({});
      const { cursor } = await directory.changesSince(null, never());
      lab().tenant.forgetChanges();
      const changes = await directory.changesSince(cursor, never());
      expect(changes).toMatchObject({ accounts: [], goneKeys: [], more: false, isLost: true });
      expect((await changesOf(directory, changes.cursor)).accounts).toEqual([]);
      await directory.close();
    });

    it.each([
      ['a list', '/users', '@odata.nextLink'],
      ['the changes', '/users/delta', '@odata.deltaLink'],
    ])('of %s are not followed to another server, which would get the token', async (_what, path, link) => {
      const directory = lab().connectWith({});
      lab().tenant.failNext('GET', new RegExp(`^${path}$`), {
        status: 200,
        body: { value: [], [link]: 'https://graph.microsoft.com.example.net/v1.0/users?$skiptoken=1' },
      });
      const fault = await faultOf(
        path === '/users' ? everything(directory.readKeys(never())) : directory.changesSince(null, never()),
      );
      expect(fault.code).toBe('answer-invalid');
      await directory.close();
    });
  });
}
