import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DirectoryFault } from '../../backend/directories/external/directory-fault.ts';
import type {
  ExternalAccount,
  ExternalCapabilities,
  ExternalDirectory,
  DirectoryChanges,
} from '../../backend/directories/external/external-directory.ts';
import { Secret } from '../../shared/secret/secret.ts';
import type { IssuedCertificate } from '../fixtures/certificate-authority.ts';
import { startFaultyProxy, type FaultyProxy } from '../fixtures/faulty-proxy.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface ConnectOptions {
  /** The servers instead of the lab's own. */
  readonly servers?: readonly Address[];
  readonly servicePassword?: string;
  /** A service account that may read and nothing else. */
  readonly withoutRights?: boolean;
  /** PEM; empty for the system's authorities alone. */
  readonly authority?: string;
  readonly timeoutMs?: number;
}

export interface NewAccount {
  readonly userName: string;
  readonly displayName?: string;
  readonly email?: string;
  readonly phones?: readonly [trusted: string, other: string];
  readonly employeeNumber?: string;
  readonly department?: string;
  /** User name of the manager. */
  readonly manager?: string;
  /** In a group within a group that the settings call privileged. */
  readonly isPrivileged?: boolean;
  /** Below a unit that does not belong to the scope. */
  readonly isOutside?: boolean;
}

/** One real directory with its adapter, and what its administrator does beside the adapter. */
export interface DirectoryLab {
  readonly kind: ExternalDirectory['kind'];
  readonly capabilities: Partial<ExternalCapabilities>;
  readonly server: Address;
  readonly authority: string;
  connect(options?: ConnectOptions): ExternalDirectory;
  /** The account's password is {@link startPassword}. */
  add(account: NewAccount): Promise<string>;
  rename(userName: string, next: string): Promise<void>;
  moveOutside(userName: string): Promise<void>;
  remove(userName: string): Promise<void>;
  setPhone(userName: string, phone: string): Promise<void>;
  /** A bridge that shows a proxy the bytes of the protocol, behind TLS that the adapter trusts; {@link writeMark} is in those of a password's write. */
  through(
    proxy: (target: number) => Promise<FaultyProxy>,
  ): Promise<{ readonly address: Address; stop(): Promise<void> }>;
  readonly writeMark: string;
  readonly certificates: {
    readonly otherName: IssuedCertificate;
    readonly expired: IssuedCertificate;
  };
  /** Where what the directory says differs. */
  readonly says: {
    /** Why it refuses a password of the history when its user chooses it. */
    readonly used: string;
    readonly short: string;
    /** What `verifyPassword` answers while the account is locked. */
    readonly locked: Awaited<ReturnType<ExternalDirectory['verifyPassword']>>;
    /** What `verifyPassword` answers while the account is disabled. */
    readonly disabled: Awaited<ReturnType<ExternalDirectory['verifyPassword']>>;
    readonly missingRights: readonly string[];
    readonly policy: object;
    readonly hasLockEnd: boolean;
    readonly lockedAt: string | null;
    /** Whether setting a password ends the lock: OpenLDAP and 389 Directory Server do so. */
    readonly resetUnlocks: boolean;
    /** Whether a temporary password and the demand to change it are one write. */
    readonly isOneWrite: boolean;
    /** Whether accounts are in units, of which some do not belong to the scope. */
    readonly hasUnits: boolean;
  };
  stop(): Promise<void>;
}

export const startPassword = 'Start-4711-Passw0rd';
const secret = (text: string) => new Secret(text);

/** The fault of what should fail. */
export const faultOf = (work: Promise<unknown>): Promise<DirectoryFault> =>
  work.then(
    () => {
      throw new Error('It did not fail');
    },
    (thrown: unknown) => {
      if (thrown instanceof DirectoryFault) return thrown;
      throw thrown;
    },
  );

/** "done", or the code of its fault. */
const outcomeOf = (work: Promise<void>): Promise<string> =>
  work.then(
    () => 'done',
    (thrown: unknown) => (thrown instanceof DirectoryFault ? thrown.code : String(thrown)),
  );

const never = () => new AbortController().signal;

export async function everything<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

/** All changes since a cursor. */
export async function changesOf(
  directory: ExternalDirectory,
  cursor: string,
): Promise<Pick<DirectoryChanges, 'accounts' | 'goneKeys' | 'cursor'>> {
  const accounts: ExternalAccount[] = [];
  const goneKeys: string[] = [];
  for (let at = cursor; ;) {
    const changes = await directory.changesSince(at, never());
    accounts.push(...changes.accounts);
    goneKeys.push(...changes.goneKeys);
    at = changes.cursor;
    if (!changes.more) return { accounts, goneKeys, cursor: at };
  }
}

/** What every adapter does, shown on its real server. The caller stops the lab. */
export function describeContract(start: () => Promise<DirectoryLab>): void {
  let lab: DirectoryLab;
  let directory: ExternalDirectory;
  let serial = 0;
  beforeAll(async () => {
    lab = await start();
    directory = lab.connect();
  }, 400_000);
  afterAll(async () => {
    await directory.close();
  });
  const newName = () => `user${(serial += 1)}`;
  /** A new account: its key and name. */
  const added = async (account: Partial<NewAccount> = {}) => {
    const userName = account.userName ?? newName();
    return { userName, key: await lab.add({ ...account, userName }) };
  };
  const read = async (key: string) => {
    const account = await directory.read(key);
    if (account === null) throw new Error('The account was not found');
    return account;
  };
  /** Wrong passwords until the directory locks. */
  const lock = async (key: string) => {
    for (let tries = 0; tries < 4; tries += 1)
      await directory.verifyPassword(key, secret('Wrong-Passw0rd-1'));
  };

  describe('reading', () => {
    it('answers an account with all that the settings name', async () => {
      const manager = await added({ displayName: 'Mara Manager' });
      const { key, userName } = await added({
        displayName: 'Zoë Žižek',
        email: 'zoe@example.com',
        phones: ['+49 170 1234567', '+49 30 1234'],
        employeeNumber: '4711',
        department: 'Research, Development (Berlin)',
        manager: manager.userName,
      });
      const account = await read(key);
      expect(account).toMatchObject({
        key,
        userName,
        displayName: 'Zoë Žižek',
        email: 'zoe@example.com',
        phones: ['+49 170 1234567', '+49 30 1234'],
        employeeNumber: '4711',
        department: 'Research, Development (Berlin)',
        manager: manager.key,
        isPrivileged: false,
        disabled: false,
        expiresAt: null,
        lockedSince: null,
        lockedUntil: null,
        lockedAt: null,
        mustChange: false,
        signsInElsewhere: false,
      });
      expect(key).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(Math.abs((account.passwordSetAt ?? 0) - Date.now())).toBeLessThan(60_000);
    });
    it('answers null for what is absent, and the user name for a missing display name', async () => {
      const { key, userName } = await added();
      const account = await read(key);
      expect(account).toMatchObject({
        email: null,
        phones: [],
        employeeNumber: null,
        department: null,
        manager: null,
      });
      expect([userName, `${userName} ${userName}`]).toContain(account.displayName);
    });
    it.each(['00000000-0000-4000-8000-000000000000', '', '*', ')(objectClass=*', 'a/../b'])(
      'answers null for the key “%s”',
      async (key) => {
        expect(await directory.read(key)).toBeNull();
      },
    );
    it('keeps the key of an account that is renamed', async () => {
      const { key, userName } = await added();
      const next = newName();
      await lab.rename(userName, next);
      expect(await read(key)).toMatchObject({ key, userName: next });
    });
    it('answers null for an account that is deleted, and names a new one of the same name by another key', async () => {
      const { key, userName } = await added();
      await lab.remove(userName);
      expect(await directory.read(key)).toBeNull();
      const again = await added({ userName });
      expect(again.key).not.toBe(key);
    });
    it('marks the members of nested privileged groups', async () => {
      const { key } = await added({ isPrivileged: true });
      expect(await read(key)).toMatchObject({ isPrivileged: true });
    });
  });

  describe('an account outside the scope', () => {
    it('is neither read nor changed, as one that was deleted', async () => {
      const { key, userName } = await added({ isOutside: lab.says.hasUnits });
      if (!lab.says.hasUnits) await lab.remove(userName);
      expect(await directory.read(key)).toBeNull();
      const attempts: readonly (() => Promise<unknown>)[] = [
        () => directory.setTemporaryPassword(key, secret('Temporary-4712-Passw0rd')),
        () => directory.setOwnPassword(key, secret('Temporary-4712-Passw0rd')),
        () => directory.changePassword(key, secret(startPassword), secret('Temporary-4712-Passw0rd')),
        () => directory.replaceByUnknown(key, 0),
        () => directory.unlock(key),
        () => directory.verifyPassword(key, secret(startPassword)),
        () => directory.effectivePolicy(key),
      ];
      for (const attempt of attempts) expect((await faultOf(attempt())).code).toBe('account-gone');
      expect(await everything(directory.readKeys(never()))).not.toContain(key);
    });
  });

  describe('a temporary password', () => {
    it('demands a change at the next sign-in, and replaces the former one', async () => {
      const { key } = await added();
      const { passwordSetAt } = await directory.setTemporaryPassword(key, secret('Temporary-4712-Passw0rd'));
      const account = await read(key);
      expect(account).toMatchObject({ mustChange: true, passwordSetAt });
      expect(passwordSetAt).not.toBeNull();
      expect(await directory.verifyPassword(key, secret('Temporary-4712-Passw0rd'))).toBe('must-change');
      expect(await directory.verifyPassword(key, secret(startPassword))).toBe('wrong');
    });
    it('is refused with a reason when it is too short', async () => {
      const { key } = await added();
      const fault = await faultOf(directory.setTemporaryPassword(key, secret('Aa1!')));
      expect([fault.code, fault.detail]).toEqual(['password-refused', lab.says.short]);
      expect(await directory.verifyPassword(key, secret(startPassword))).toBe('right');
      expect(await read(key)).toMatchObject({ mustChange: false });
    });
    it('is changed by its user, who may then sign in', async () => {
      const { key } = await added();
      await directory.setTemporaryPassword(key, secret('Temporary-4712-Passw0rd'));
      await directory.changePassword(key, secret('Temporary-4712-Passw0rd'), secret('Chosen-4713-Passw0rd'));
      expect(await directory.verifyPassword(key, secret('Chosen-4713-Passw0rd'))).toBe('right');
      expect(await read(key)).toMatchObject({ mustChange: false });
    });
    it('is replaced by an unknown one if it is still the same', async () => {
      const { key } = await added();
      const { passwordSetAt } = await directory.setTemporaryPassword(key, secret('Temporary-4712-Passw0rd'));
      expect(await directory.replaceByUnknown(key, passwordSetAt ?? 0)).toBe('replaced');
      expect(await directory.verifyPassword(key, secret('Temporary-4712-Passw0rd'))).toBe('wrong');
      expect(await read(key)).toMatchObject({ mustChange: true });
    });
    it('is not replaced once its user has changed it', async () => {
      const { key } = await added();
      const { passwordSetAt } = await directory.setTemporaryPassword(key, secret('Temporary-4712-Passw0rd'));
      await new Promise((resolve) => setTimeout(resolve, 1000 - (Date.now() % 1000)));
      await directory.changePassword(key, secret('Temporary-4712-Passw0rd'), secret('Chosen-4713-Passw0rd'));
      expect(await directory.replaceByUnknown(key, passwordSetAt ?? 0)).toBe('changed-since');
      expect(await directory.verifyPassword(key, secret('Chosen-4713-Passw0rd'))).toBe('right');
    });
  });

  describe('a password that the user chose', () => {
    it('is set without a change at the next sign-in', async () => {
      const { key } = await added();
      await directory.setTemporaryPassword(key, secret('Temporary-4712-Passw0rd'));
      const { passwordSetAt } = await directory.setOwnPassword(key, secret('Chosen-4713-Passw0rd'));
      expect(await directory.verifyPassword(key, secret('Chosen-4713-Passw0rd'))).toBe('right');
      expect(await read(key)).toMatchObject({ mustChange: false, passwordSetAt });
    });
    it('is refused where the current one is wrong', async () => {
      const { key } = await added();
      const change = directory.changePassword(
        key,
        secret('Wrong-4712-Passw0rd'),
        secret('Chosen-4713-Passw0rd'),
      );
      expect((await faultOf(change)).code).toBe('current-password-wrong');
      expect(await directory.verifyPassword(key, secret(startPassword))).toBe('right');
    });
    it.each([
      ['is too short', 'Aa1!', 'short'],
      ['was used before', startPassword, 'used'],
    ] as const)('is refused with a reason when it %s', async (_how, password, reason) => {
      const { key } = await added();
      await directory.changePassword(key, secret(startPassword), secret('Chosen-4713-Passw0rd'));
      const fault = await faultOf(
        directory.changePassword(key, secret('Chosen-4713-Passw0rd'), secret(password)),
      );
      expect([fault.code, fault.detail]).toEqual(['password-refused', lab.says[reason]]);
      expect(await directory.verifyPassword(key, secret('Chosen-4713-Passw0rd'))).toBe('right');
    });
  });

  describe('a locked account', () => {
    it('says since and until when, and is unlocked apart from a reset', async () => {
      const { key } = await added();
      await lock(key);
      const locked = await read(key);
      expect(Math.abs((locked.lockedSince ?? 0) - Date.now())).toBeLessThan(60_000);
      expect(locked.lockedUntil === null).toBe(!lab.says.hasLockEnd);
      expect(locked.lockedAt).toBe(lab.says.lockedAt);
      expect(await directory.verifyPassword(key, secret(startPassword))).toBe(lab.says.locked);
      await directory.setTemporaryPassword(key, secret('Temporary-4712-Passw0rd'));
      expect((await read(key)).lockedSince === null).toBe(lab.says.resetUnlocks);
      await directory.unlock(key);
      expect(await read(key)).toMatchObject({ lockedSince: null, lockedUntil: null, lockedAt: null });
      expect(await directory.verifyPassword(key, secret('Temporary-4712-Passw0rd'))).toBe('must-change');
    });
    it('may be unlocked though it is not locked', async () => {
      const { key } = await added();
      await directory.unlock(key);
      expect(await directory.verifyPassword(key, secret(startPassword))).toBe('right');
    });
  });

  describe('what it can do', () => {
    it('is said by its capabilities', () => {
      expect(directory.kind).toBe(lab.kind);
      expect(directory.capabilities).toMatchObject(lab.capabilities);
    });
    it('includes to disable and enable an account, or says that it is not possible', async () => {
      const { key } = await added();
      const isPossible = directory.capabilities.enable === true;
      const outcome = isPossible ? 'done' : 'not-possible';
      expect(await outcomeOf(directory.setEnabled(key, false))).toBe(outcome);
      expect(await read(key)).toMatchObject({ disabled: isPossible });
      expect(await directory.verifyPassword(key, secret(startPassword))).toBe(
        isPossible ? lab.says.disabled : 'right',
      );
      expect(await outcomeOf(directory.setEnabled(key, true))).toBe(outcome);
      expect(await read(key)).toMatchObject({ disabled: false });
      expect(await directory.verifyPassword(key, secret(startPassword))).toBe('right');
    });
    it('never enables a disabled account by a reset', async () => {
      const { key } = await added();
      const isPossible = directory.capabilities.enable === true;
      await outcomeOf(directory.setEnabled(key, false));
      await directory.setTemporaryPassword(key, secret('Temporary-4712-Passw0rd'));
      expect(await read(key)).toMatchObject({ disabled: isPossible });
      await directory.setOwnPassword(key, secret('Chosen-4713-Passw0rd'));
      expect(await read(key)).toMatchObject({ disabled: isPossible });
      await directory.unlock(key);
      expect(await read(key)).toMatchObject({ disabled: isPossible });
    });
    it('includes to end sessions, or says that it is not possible', async () => {
      const { key } = await added();
      expect(await outcomeOf(directory.endSessions(key))).toBe(
        directory.capabilities.endSessions === true ? 'done' : 'not-possible',
      );
    });
    it('includes the policy that holds for an account', async () => {
      const { key } = await added();
      expect(await directory.effectivePolicy(key)).toMatchObject(lab.says.policy);
    });
    it('never takes an empty password for a right one', async () => {
      const { key } = await added();
      expect(await directory.verifyPassword(key, secret(''))).toBe('wrong');
    });
  });

  describe('the feed', () => {
    it('reads all accounts within the scope, and their keys', async () => {
      const manager = await added();
      const { key } = await added({ manager: manager.userName, isPrivileged: true });
      const accounts = await everything(directory.readAll(never()));
      const keys = await everything(directory.readKeys(never()));
      expect(new Set(accounts.map((account) => account.key))).toEqual(new Set(keys));
      expect(new Set(keys).size).toBe(keys.length);
      const account = accounts.find((each) => each.key === key);
      expect(account).toMatchObject({ manager: manager.key, isPrivileged: true });
      expect(accounts.find((each) => each.key === manager.key)).toMatchObject({ isPrivileged: false });
    });
    it('ends with its signal', async () => {
      const controller = new AbortController();
      controller.abort(new Error('The backend is stopping.'));
      await expect(everything(directory.readAll(controller.signal))).rejects.toThrow(
        'The backend is stopping.',
      );
    });
    it('names accounts that are new, changed, gone and moved away since a cursor', async () => {
      const [changed, removed, moved, same] = [await added(), await added(), await added(), await added()];
      await directory.changesSince(null, never());
      const { cursor } = await directory.changesSince(null, never());
      expect((await directory.changesSince(null, never())).accounts).toEqual([]);
      await lab.setPhone(changed.userName, '+49 171 7654321');
      await lab.remove(removed.userName);
      if (lab.says.hasUnits) await lab.moveOutside(moved.userName);
      else await lab.remove(moved.userName);
      const fresh = await added();
      const changes = await changesOf(directory, cursor);
      const keys = changes.accounts.map((account) => account.key);
      expect(keys).toEqual(expect.arrayContaining([changed.key, fresh.key]));
      expect(changes.accounts.find(({ key }) => key === changed.key)?.phones).toContain('+49 171 7654321');
      expect(changes.goneKeys).toEqual(expect.arrayContaining([removed.key, moved.key]));
      expect(changes.goneKeys).not.toContain(changed.key);
      expect(changes.goneKeys).not.toContain(same.key);
      expect(changes.cursor.length).toBeLessThan(4000);
    });
    it('goes on after a restart', async () => {
      const { cursor } = await directory.changesSince(null, never());
      const { key } = await added();
      const again = lab.connect();
      const changes = await changesOf(again, cursor);
      await again.close();
      expect(changes.accounts.map((account) => account.key)).toContain(key);
    });
  });

  describe('a connection', () => {
    /** Reads by another connection and answers the fault. */
    const faultWith = async (options: ConnectOptions) => {
      const other = lab.connect(options);
      try {
        return await faultOf(other.read('00000000-0000-4000-8000-000000000000'));
      } finally {
        await other.close();
      }
    };
    const steps = async (options: ConnectOptions) => {
      const other = lab.connect(options);
      const report = await other.check();
      await other.close();
      return report;
    };
    const failing = (report: Awaited<ReturnType<typeof steps>>) =>
      report.servers.flatMap((server) => server.steps.filter(({ outcome }) => outcome === 'failed'));

    it('passes its check, with the certificate, the clock and an account for a preview', async () => {
      await added();
      const report = await steps({});
      expect(failing(report)).toEqual([]);
      expect(report.servers[0]).toMatchObject({ missingRights: [] });
      expect(report.servers[0]?.certificate?.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
      expect(Math.abs(report.servers[0]?.clockAhead ?? 0)).toBeLessThan(60_000);
      expect(report.sample?.key).toBeDefined();
    });
    it('says that the service account’s password is wrong', async () => {
      expect((await faultWith({ servicePassword: 'Wrong-Passw0rd-1' })).code).toBe('service-account-wrong');
      const report = await steps({ servicePassword: 'Wrong-Passw0rd-1' });
      expect(failing(report)).toEqual([{ step: 'bind', outcome: 'failed', fault: 'service-account-wrong' }]);
    });
    it('does not lock the service account by trying a wrong password again and again', async () => {
      const signIn = async () => {
        const right = lab.connect();
        expect(await right.read('00000000-0000-4000-8000-000000000000')).toBeNull();
        await right.close();
      };
      // A right sign-in ends the count of the wrong ones before.
      await signIn();
      const other = lab.connect({ servicePassword: 'Wrong-Passw0rd-1' });
      for (let tries = 0; tries < 5; tries += 1)
        expect((await faultOf(other.read('00000000-0000-4000-8000-000000000000'))).code).toBe(
          'service-account-wrong',
        );
      await other.close();
      await signIn();
    });
    it('names the right that is missing', async () => {
      const { key } = await added();
      const other = lab.connect({ withoutRights: true });
      const fault = await faultOf(other.setTemporaryPassword(key, secret('Temporary-4712-Passw0rd')));
      const unlock = await faultOf(other.unlock(key));
      const report = await other.check();
      await other.close();
      expect([fault.code, fault.detail]).toEqual(['right-missing', 'reset-password']);
      expect([unlock.code, unlock.detail]).toEqual(['right-missing', 'unlock']);
      expect(report.servers[0]?.missingRights).toEqual(lab.says.missingRights);
      expect(await directory.verifyPassword(key, secret(startPassword))).toBe('right');
    });
    it('refuses a certificate of an authority that is not trusted, and shows it', async () => {
      expect((await faultWith({ authority: '' })).code).toBe('certificate-untrusted');
      const report = await steps({ authority: '' });
      expect(failing(report)).toEqual([
        { step: 'certificate', outcome: 'failed', fault: 'certificate-untrusted' },
      ]);
      expect(report.servers[0]?.certificate?.pem).toContain('BEGIN CERTIFICATE');
    });
    it.each([
      ['that has expired', 'expired', 'certificate-expired'],
      ['for another name', 'otherName', 'certificate-name'],
    ] as const)('refuses a certificate %s', async (_what, certificate, code) => {
      const server = createTlsServer(lab.certificates[certificate], (socket) =>
        socket.on('error', () => undefined),
      );
      server.on('tlsClientError', () => undefined);
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      expect((await faultWith({ servers: [{ host: '127.0.0.1', port }] })).code).toBe(code);
      server.close();
    });
    it('says that no server answers', async () => {
      expect((await faultWith({ servers: [{ host: '127.0.0.1', port: 1 }] })).code).toBe('unreachable');
      const report = await steps({ servers: [{ host: '127.0.0.1', port: 1 }] });
      expect(failing(report)).toEqual([{ step: 'connect', outcome: 'failed', fault: 'unreachable' }]);
    });
    it('says in time that a server is silent', async () => {
      const sockets: Socket[] = [];
      const server = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      expect((await faultWith({ servers: [{ host: '127.0.0.1', port }], timeoutMs: 300 })).code).toBe(
        'timeout',
      );
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    it('says that the outcome of a write is unknown when its answer is lost, and does not write again', async () => {
      const { key } = await added();
      let proxy: FaultyProxy | undefined;
      const bridge = await lab.through(async (target) => (proxy = await startFaultyProxy(target)));
      const other = lab.connect({ servers: [bridge.address] });
      await other.read(key);
      const lost = proxy?.loseAnswer(lab.writeMark);
      const fault = await faultOf(other.setTemporaryPassword(key, secret('Temporary-4712-Passw0rd')));
      await lost;
      expect(fault.code).toBe('outcome-unknown');
      // The connection is made again, and the directory knows what became of it.
      expect(await other.read(key)).toMatchObject({ mustChange: lab.says.isOneWrite });
      expect(await other.verifyPassword(key, secret('Temporary-4712-Passw0rd'))).toBe(
        lab.says.isOneWrite ? 'must-change' : 'right',
      );
      await other.close();
      await bridge.stop();
    });
    it('is made again when the server has ended it', async () => {
      const { key } = await added();
      let proxy: FaultyProxy | undefined;
      const bridge = await lab.through(async (target) => (proxy = await startFaultyProxy(target)));
      const other = lab.connect({ servers: [bridge.address] });
      await other.read(key);
      proxy?.reset();
      expect(await other.read(key)).toMatchObject({ key });
      proxy?.reset();
      await other.setTemporaryPassword(key, secret('Temporary-4712-Passw0rd'));
      expect(await other.read(key)).toMatchObject({ mustChange: true });
      await other.close();
      await bridge.stop();
    });
    it('serves many calls at once from the start', async () => {
      const accounts = await Promise.all(Array.from({ length: 8 }, () => added()));
      const other = lab.connect();
      const passwords = accounts.map((_account, at) => `Temporary-${at}-Passw0rd`);
      await Promise.all(
        accounts.map(({ key }, at) => other.setTemporaryPassword(key, secret(passwords[at] ?? ''))),
      );
      const outcomes = await Promise.all(
        accounts.map(({ key }, at) => other.verifyPassword(key, secret(passwords[at] ?? ''))),
      );
      expect(new Set(outcomes)).toEqual(new Set(['must-change']));
      await other.close();
    });
    it('is refused once it is closed', async () => {
      const other = lab.connect();
      await other.close();
      expect((await faultOf(other.read('00000000-0000-4000-8000-000000000000'))).code).toBe('unreachable');
    });
  });
}

/** What directories with several servers do besides. */
export function describeSeveralServers(start: () => Promise<DirectoryLab>): void {
  describe('several servers', () => {
    let lab: DirectoryLab;
    beforeAll(async () => {
      lab = await start();
    }, 120_000);
    it('take over from each other when the first is down, and when it falls silent', async () => {
      const key = await lab.add({ userName: 'failover' });
      let proxy: FaultyProxy | undefined;
      const bridge = await lab.through(async (target) => (proxy = await startFaultyProxy(target)));
      const down = { host: '127.0.0.1', port: 1 };
      const directory = lab.connect({ servers: [down, bridge.address, lab.server], timeoutMs: 3000 });
      expect(await directory.read(key)).toMatchObject({ key });
      proxy?.forget();
      const open = proxy?.blackHole();
      expect(await directory.read(key)).toMatchObject({ key });
      await directory.setTemporaryPassword(key, secret('Temporary-4712-Passw0rd'));
      expect(await directory.read(key)).toMatchObject({ mustChange: true });
      open?.();
      await directory.close();
      await bridge.stop();
    });
  });
}
