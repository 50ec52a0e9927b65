import { Attribute, Change } from 'ldapts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExternalDirectory } from '../../backend/directories/external/external-directory.ts';
import { activeDirectoryAttributes } from '../../shared/api/directory-settings.ts';
import { Secret } from '../../shared/secret/secret.ts';
import { startFaultyProxy, type FaultyProxy } from '../fixtures/faulty-proxy.ts';
import { hasSamba } from '../fixtures/samba.ts';
import { startActiveDirectoryLab } from './active-directory-lab.ts';
import { describeMistypedSettings } from './mistyped-settings.ts';
import { describeOddNames } from './odd-names.ts';
import { describeContract, describeSeveralServers } from './contract.ts';
import { changesOf, everyAccount, everything, setTemporary } from './contract/subject.ts';
import { startPassword } from './lab.ts';
import { describeDirectorySignIn } from './directory-sign-in.ts';
import { describeFaultTable } from './fault-table.ts';
import { describeKills } from './kills.ts';
import { describeRequests } from './requests.ts';
import { deskTestOf } from './desk-test.ts';
import { describeGivenOnNames } from './given-on-names.ts';
import { describeResets } from './resets.ts';
import { describeUnanswered } from './unanswered.ts';

type Lab = Awaited<ReturnType<typeof startActiveDirectoryLab>>;

const replace = (type: string, values: readonly string[]) =>
  new Change({ operation: 'replace', modification: new Attribute({ type, values: [...values] }) });
const never = () => new AbortController().signal;

describe.skipIf(!hasSamba && process.env['CI'] === undefined)('Active Directory (Samba)', () => {
  let starting: Promise<Lab> | undefined;
  const start = () => (starting ??= startActiveDirectoryLab());
  afterAll(async () => {
    await (await starting)?.stop();
  });
  describeContract(start);
  describeSeveralServers(start);
  const startOdd = async () => {
    const lab = await start();
    return { lab, ...lab.odd };
  };
  describeOddNames(startOdd);
  describeMistypedSettings(startOdd);
  const deskTest = deskTestOf(start);
  describeGivenOnNames(deskTest);
  describeResets(deskTest);
  describeRequests(deskTest, 3);
  describeUnanswered(deskTest);
  describeDirectorySignIn(deskTest);
  describeKills(start, { ahead: 600_000 });
  describeFaultTable(start);

  describe('what Active Directory has besides', () => {
    let lab: Lab;
    let directory: ExternalDirectory;
    beforeAll(async () => {
      lab = await start();
      directory = lab.connectWith({});
    }, 120_000);
    afterAll(() => directory.close());
    const modify = (userName: string, attribute: string, ...values: string[]) =>
      lab.samba.administrator.modify(`CN=${userName},${lab.staff}`, replace(attribute, values));

    it('reads when an account expires', async () => {
      const key = await lab.add({ userName: 'expiring' });
      await modify('expiring', 'accountExpires', '134900000000000000');
      expect(await directory.read(key)).toMatchObject({ expiresAt: 1_845_526_400_000 });
      expect(await directory.verifyPassword(key, new Secret(startPassword))).toBe('right');
      await modify('expiring', 'accountExpires', '116444736000000001');
      expect(await directory.verifyPassword(key, new Secret(startPassword))).toBe('disabled');
      await modify('expiring', 'accountExpires', '9223372036854775807');
      expect(await directory.read(key)).toMatchObject({ expiresAt: null });
    });

    it('does not say that a change is demanded of an account whose password never expires', async () => {
      const key = await lab.add({ userName: 'kept' });
      await modify('kept', 'userAccountControl', String(0x1_0200));
      await setTemporary(directory, key, new Secret('Temporary-4712-Passw0rd'));
      expect(await directory.read(key)).toMatchObject({ mustChange: false });
      expect(await directory.verifyPassword(key, new Secret('Temporary-4712-Passw0rd'))).toBe('right');
    });

    it.for(['reset-password', 'write-must-change', 'unlock', 'enable'] as const)(
      'fails at the rights of the check without the right %s alone, and names it',
      async (right) => {
        await lab.add({ userName: `without.${right}`.slice(0, 20) });
        const limited = lab.connectWith({ serviceAccount: await lab.addServiceWithout(right) });
        const [server] = (await limited.check()).servers;
        expect(server?.missingRights).toEqual([right]);
        expect(server?.steps.at(-1)).toMatchObject({ outcome: 'failed', fault: 'right-missing' });
        await limited.close();
      },
    );

    it('leaves the rights open where all accounts of the scope are protected', async () => {
      await lab.add({ userName: 'all.protected', department: 'Protected' });
      await modify('all.protected', 'adminCount', '1');
      const guarded = lab.connectWith({ scope: { filter: '(department=Protected)' } });
      const { servers, sample } = await guarded.check();
      expect(servers[0]?.steps.at(-1)?.outcome).toBe('unchecked');
      expect(servers[0]?.missingRights).toEqual([]);
      expect(sample?.userName).toBe('all.protected');
      await guarded.close();
    });

    it('names an account without the attribute of the user name, so that it can be shown', async () => {
      const named = await lab.add({ userName: 'with.number', employeeNumber: '4711' });
      const numbered = lab.connectWith({
        attributes: { ...activeDirectoryAttributes, userName: 'employeeID' },
      });
      const { cursor } = await numbered.changesSince(null, never());
      const nameless = await lab.add({ userName: 'without.number' });
      const userNames = new Map((await everyAccount(numbered)).map(({ key, userName }) => [key, userName]));
      expect([userNames.get(named), userNames.get(nameless)]).toEqual(['4711', '']);
      const changes = await changesOf(numbered, cursor);
      expect(changes.accounts.map(({ key, userName }) => [key, userName])).toContainEqual([nameless, '']);
      expect(changes.goneKeys).not.toContain(nameless);
      const none = lab.connectWith({
        attributes: { ...activeDirectoryAttributes, userName: 'otherTelephone' },
      });
      expect((await none.check()).servers[0]?.missingRights).toEqual(['read-user-name']);
      await Promise.all([numbered.close(), none.close()]);
    });

    it('marks accounts that Active Directory protects itself', async () => {
      const key = await lab.add({ userName: 'protected' });
      await modify('protected', 'adminCount', '1');
      expect(await directory.read(key)).toMatchObject({ isPrivileged: true });
    });

    it('shows the values of a password settings object where they are readable, at most a minute old', async ({
      onTestFinished,
    }) => {
      const { administrator, baseDn } = lab.samba;
      let later = 0;
      const reading = lab.connectWith({}, { now: () => Date.now() + later });
      onTestFinished(() => reading.close());
      const key = await lab.add({ userName: 'strict' });
      const settings = `CN=Strict,CN=Password Settings Container,CN=System,${baseDn}`;
      await administrator.add(settings, {
        objectClass: 'msDS-PasswordSettings',
        'msDS-PasswordSettingsPrecedence': '1',
        'msDS-PasswordReversibleEncryptionEnabled': 'FALSE',
        'msDS-PasswordHistoryLength': '7',
        'msDS-PasswordComplexityEnabled': 'TRUE',
        'msDS-MinimumPasswordLength': '20',
        'msDS-MinimumPasswordAge': '0',
        'msDS-MaximumPasswordAge': '-9223372036854775808',
        'msDS-LockoutThreshold': '0',
        'msDS-LockoutObservationWindow': '-18000000000',
        'msDS-LockoutDuration': '-18000000000',
        'msDS-PSOAppliesTo': `CN=strict,${lab.staff}`,
      });
      const hidden = (await reading.prepareReset(key)).policy;
      expect(hidden).toMatchObject({ from: 'pso', minLength: null });
      expect(hidden.unreadable).toContain('minLength');
      await lab.samba.grant(settings, '(A;;RPLC;;;AU)');
      expect((await reading.prepareReset(key)).policy).toEqual(hidden);
      later = 60_000;
      expect((await reading.prepareReset(key)).policy).toEqual({
        from: 'pso',
        minLength: 20,
        complexity: true,
        history: 7,
        minAge: 0,
        lockoutThreshold: 0,
        // A complex password must not contain the user's name.
        characters: { absent: expect.arrayContaining(['strict']) as unknown },
        unchecked: [],
        unreadable: [],
      });
      expect(await reading.lockoutOf?.(key)).toEqual({ threshold: 0, window: 1_800_000 });
      await administrator.del(settings);
    });

    it('restricts the scope to members of groups, nested ones and primary ones included', async () => {
      const { baseDn } = lab.samba;
      const inside = await lab.add({ userName: 'member', isPrivileged: true });
      const outside = await lab.add({ userName: 'stranger' });
      const narrow = lab.connectWith({ scope: { groups: [`CN=outer,${baseDn}`] } });
      expect(await narrow.read(inside)).toMatchObject({ key: inside });
      expect(await narrow.read(outside)).toBeNull();
      expect(await everything(narrow.readKeys(never()))).not.toContain(outside);
      await narrow.close();
      const all = lab.connectWith({ scope: { groups: [`CN=Domain Users,CN=Users,${baseDn}`] } });
      expect(await all.read(outside)).toMatchObject({ key: outside });
      await all.close();
      const none = lab.connectWith({ scope: { groups: [`CN=absent,${baseDn}`] } });
      expect(await none.read(inside)).toBeNull();
      await none.close();
    });

    it('restricts the scope by units and a filter', async () => {
      const key = await lab.add({ userName: 'filtered', department: 'Sales' });
      for (const [scope, isRead] of [
        [{ exclude: [lab.staff] }, false],
        [{ filter: '(department=Sales)' }, true],
        [{ filter: 'department=Research' }, false],
      ] as const) {
        const narrow = lab.connectWith({ scope });
        expect((await narrow.read(key)) !== null).toBe(isRead);
        await narrow.close();
      }
    });

    it('names members again when a privileged group has changed', async () => {
      const key = await lab.add({ userName: 'promoted' });
      const { cursor } = await directory.changesSince(null, never());
      await lab.samba.administrator.modify(
        `CN=inner,${lab.samba.baseDn}`,
        new Change({
          operation: 'add',
          modification: new Attribute({ type: 'member', values: [`CN=promoted,${lab.staff}`] }),
        }),
      );
      const { accounts } = await changesOf(directory, cursor);
      expect(accounts.find((account) => account.key === key)).toMatchObject({ isPrivileged: true });
    });

    it('reads the changes of a day where another controller answered before', async () => {
      const key = await lab.add({ userName: 'elsewhere' });
      const other = JSON.stringify({
        numbers: { '00000000-0000-4000-8000-000000000000': '1' },
        at: Date.now(),
      });
      const { accounts, cursor } = await changesOf(directory, other);
      expect(accounts.map((account) => account.key)).toContain(key);
      expect(cursor).toContain('00000000-0000-4000-8000-000000000000');
      expect((await changesOf(directory, cursor)).accounts).toEqual([]);
    });

    it('starts from the beginning where a cursor is not one', async () => {
      expect(await directory.changesSince('not a cursor', never())).toMatchObject({
        accounts: [],
        goneKeys: [],
      });
    });

    it('finds the controllers by the domain’s name', async () => {
      const asked: string[] = [];
      const found = lab.connectWith(
        { servers: [], domain: 'corp.test' },
        {
          resolveService: async (name) => {
            asked.push(name);
            return [{ name: `${lab.server.host}.`, port: 389, priority: 0, weight: 100 }];
          },
        },
      );
      const key = await lab.add({ userName: 'located' });
      expect(await found.read(key)).toMatchObject({ key });
      expect(asked).toEqual(['_ldap._tcp.dc._msdcs.corp.test']);
      await found.close();
    });

    it('is not asked over a connection that was idle', async () => {
      const key = await lab.add({ userName: 'idle' });
      let proxy: FaultyProxy | undefined;
      const bridge = await lab.through(async (target) => (proxy = await startFaultyProxy(target)));
      let ahead = 0;
      const patient = lab.connectWith({ servers: [bridge.address] }, { now: () => Date.now() + ahead });
      await patient.read(key);
      proxy?.forget();
      ahead = 61_000;
      expect(await patient.read(key)).toMatchObject({ key });
      await patient.close();
      await bridge.stop();
    }, 8000);

    it('says that DNS names no controller', async () => {
      const lost = lab.connectWith(
        { servers: [], domain: 'absent.test' },
        { resolveService: () => Promise.reject(new Error('ENOTFOUND')) },
      );
      const report = await lost.check();
      expect(report.servers).toMatchObject([
        {
          server: 'absent.test',
          steps: [{ step: 'connect', outcome: 'failed', fault: 'unreachable' }, {}, {}, {}, {}],
        },
      ]);
      await lost.close();
    });

    it('begins TLS after StartTLS', async () => {
      const key = await lab.add({ userName: 'started' });
      const plain = lab.connectWith({
        encryption: 'start-tls',
        servers: [{ host: lab.server.host, port: 389 }],
      });
      await setTemporary(plain, key, new Secret('Temporary-4712-Passw0rd'));
      expect(await plain.verifyPassword(key, new Secret('Temporary-4712-Passw0rd'))).toBe('must-change');
      const report = await plain.check();
      expect(report.servers[0]?.certificate?.subject).toContain('localhost');
      await plain.close();
    });
  });
});
