import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExternalDirectory } from '../../backend/directories/external/external-directory.ts';
import { startFaultyProxy, type FaultyProxy } from '../fixtures/faulty-proxy.ts';
import { describeConnection } from './contract/connection.ts';
import { describeFeed } from './contract/feed.ts';
import { describePasswords } from './contract/passwords.ts';
import { describeReading } from './contract/reading.ts';
import { describeState } from './contract/state.ts';
import { secret, setTemporary, type Subject } from './contract/subject.ts';
import type { DirectoryLab } from './lab.ts';

/** The behaviour of every adapter, tested on its real server. The caller stops the lab. */
export function describeContract(start: () => Promise<DirectoryLab>): void {
  const subject = subjectOf(start);
  describeReading(subject);
  describePasswords(subject);
  describeState(subject);
  describeFeed(subject);
  describeConnection(subject);
}

/** The lab and a connection to it, opened before the first test. */
function subjectOf(start: () => Promise<DirectoryLab>): Subject {
  let lab: DirectoryLab | undefined;
  let directory: ExternalDirectory | undefined;
  let serial = 0;
  beforeAll(async () => {
    lab = await start();
    directory = lab.connect();
  }, 400_000);
  afterAll(async () => {
    await directory?.close();
  });
  const started = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('The directory has not been started');
    return part;
  };
  return {
    get lab() {
      return started(lab);
    },
    get directory() {
      return started(directory);
    },
    newName: () => `user${(serial += 1)}`,
    async added(account = {}) {
      const userName = account.userName ?? this.newName();
      return { userName, key: await this.lab.add({ ...account, userName }) };
    },
    async read(key) {
      const account = await this.directory.read(key);
      if (account === null) throw new Error('The account was not found');
      return account;
    },
    verify(key, password) {
      return this.lab.signIn?.(key, password) ?? this.directory.verifyPassword(key, secret(password));
    },
    change(key, current, next) {
      return (
        this.lab.changeAsUser?.(key, current, next) ??
        this.directory.changePassword(key, secret(current), secret(next))
      );
    },
    async lock(key) {
      for (let tries = 0; tries < 4; tries += 1)
        await this.directory.verifyPassword(key, secret('Wrong-Passw0rd-1'));
    },
  };
}

/** The additional behaviour of directories with several servers. */
export function describeSeveralServers(start: () => Promise<DirectoryLab>): void {
  describe('several servers', () => {
    let lab: DirectoryLab;
    beforeAll(async () => {
      lab = await start();
    }, 120_000);
    it('take over from each other', async () => {
      const key = await lab.add({ userName: 'failover' });
      let proxy: FaultyProxy | undefined;
      const bridge = await lab.through(async (target) => (proxy = await startFaultyProxy(target)));
      const down = { host: '127.0.0.1', port: 1 };
      const directory = lab.connect({ servers: [down, bridge.address, lab.server], timeoutMs: 3000 });
      expect(await directory.read(key)).toMatchObject({ key });
      proxy?.forget();
      const open = proxy?.blackHole();
      expect(await directory.read(key)).toMatchObject({ key });
      await setTemporary(directory, key, secret('Temporary-4712-Passw0rd'));
      expect(await directory.read(key)).toMatchObject({ mustChange: true });
      open?.();
      await directory.close();
      await bridge.stop();
    });
  });
}
