import { describe, expect, vi } from 'vitest';
import type { AccountView } from '../../shared/api/account.ts';
import { Secret } from '../../shared/secret/secret.ts';
import { startFaultyProxy, type FaultyProxy } from '../fixtures/faulty-proxy.ts';
import { servicePassword, type DirectoryLab } from './lab.ts';
import { zoesAddress, type DeskTest } from './desk-test.ts';
import { describeKeptPasswords, type keptTest, type PasswordKeeper } from './kept-passwords.ts';

// Reads of a directory are at least a second apart.
vi.setConfig({ testTimeout: 60_000 });

/** The pages' text about a password that is too short for the directory. */
const noticeOf = ({ says }: DirectoryLab): string =>
  says.short === 'too-short' ? 'asks for a longer password' : 'asks for more kinds of characters';

/** The tests with the lab's directory as the one that keeps Zoe's password. */
export const keptIn = (it: DeskTest): typeof keptTest =>
  it.extend('keeper', ({ backend, mailSink, lab, zoe, connect, hasRead, signInOfZoe }): PasswordKeeper => ({
    unlocks: lab.capabilities.unlock === true,
    lockedAt: lab.says.lockedAt,
    triesPasswords: lab.capabilities.verifyPassword === true || lab.signIn === undefined,
    short: { password: 'Aa1!aaaa', notice: noticeOf(lab) },
    refused: lab.says.refused ?? { password: 'Aa1!bbbb', notice: noticeOf(lab) },
    addZoe: async () => {
      await connect();
      await hasRead();
    },
    signIn: signInOfZoe,
    give: async (password) => {
      const directory = lab.connect();
      await directory.setOwnPassword(zoe, new Secret(password));
      await directory.close();
    },
    lock: () => expect.poll(() => signInOfZoe('Wrong-4711-Passw0rd')).toBe(lab.says.locked),
    expire: async () => {
      backend.clock.at += 3_600_000;
      let text: string | undefined = '';
      while (!text?.includes('not used in time')) ({ text } = await mailSink.mailTo(zoesAddress));
    },
  })) as unknown as typeof keptTest;

/** Resets of an account in a lab's directory. */
export function describeResets(it: DeskTest): void {
  describeKeptPasswords(keptIn(it));
  describe('an account of the desk', () => {
    it('is in the index once its directory was read, with the tier of its groups', async ({
      desk,
      connect,
      hasRead,
      directory,
      lab,
    }) => {
      await connect();
      await hasRead();
      expect(await directory()).toMatchObject({ secretStored: true, reading: { fault: null } });
      const zoe = await desk.accountId('Zoe Example');
      const { body } = await desk.call<AccountView>('GET', `/accounts/${zoe}`);
      expect(body).toMatchObject({ userName: 'zoe.example', directory: lab.kind, tier: 'standard' });
      const pia = await desk.accountId('Pia Privileged');
      expect((await desk.call<AccountView>('GET', `/accounts/${pia}`)).body.tier).toBe('privileged');
    });

    it('is not reset while its directory does not accept the service account', async ({
      desk,
      connect,
      hasRead,
      lab,
      verified,
    }) => {
      const id = await connect();
      await hasRead();
      const { id: caseId } = await verified();
      const change = (secret: string) =>
        desk.call('PUT', `/directories/${id}`, {
          name: 'Head office',
          enabled: true,
          settings: lab.settings,
          secret,
        });
      expect((await change('wrong')).status).toBe(200);
      const grant = await desk.mint(caseId, 'temporary-password');
      const refused = await desk.reset(caseId, grant.body.id, 'temporary-password', 'refused-key');
      expect(refused).toMatchObject({ status: 502, body: { code: 'directory.service-account' } });
      await change(servicePassword);
      const again = await desk.mint(caseId, 'temporary-password');
      const done = await desk.reset(caseId, again.body.id, 'temporary-password', 'second-key');
      expect(done).toMatchObject({ status: 200, body: { reset: { state: 'done' } } });
    });

    it('has the password that it was given although the directory’s answer was lost', async ({
      connect,
      hasRead,
      resetZoe,
      signInOfZoe,
      lab,
      zoe,
    }) => {
      let proxy: FaultyProxy | undefined;
      const bridge = await lab.through(async (target) => (proxy = await startFaultyProxy(target)));
      await connect(lab.settingsAt(bridge.address));
      await hasRead();
      // Directories date passwords in whole seconds. Only a reset in a later second than the last one has a new date.
      const directory = lab.connect();
      const lastSetAt = (await directory.read(zoe))?.passwordSetAt ?? 0;
      await directory.close();
      await expect.poll(() => Date.now() - lastSetAt).toBeGreaterThan(1000);
      const lost = proxy?.loseAnswer(lab.writeMark);
      const { answer } = await resetZoe('key-of-a-lost-answer');
      await lost;
      expect(answer.body).toMatchObject({ reset: { state: 'done' } });
      expect(await signInOfZoe(answer.body.temporaryPassword)).toBe('must-change');
      await bridge.stop();
    });

    it('is not reset where the directory is gone', async ({ connect, hasRead, resetZoe, lab }) => {
      const bridge = await lab.through(startFaultyProxy);
      await connect(lab.settingsAt(bridge.address));
      await hasRead();
      await bridge.stop();
      const { answer } = await resetZoe('key-of-a-lost-directory');
      expect(answer).toMatchObject({ status: 502, body: { code: 'directory.unavailable' } });
    });

    it('is found under its new data within the next read of changes', async ({
      desk,
      connect,
      hasRead,
      lab,
    }) => {
      await connect();
      await hasRead();
      await lab.add({ userName: 'late.joiner', displayName: 'Late Joiner' });
      await expect.poll(() => desk.accountId('Late Joiner'), { timeout: 40_000 }).not.toBe('');
    });
  });
}
