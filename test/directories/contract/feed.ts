import { describe, expect, it } from 'vitest';
import type { ExternalAccount } from '../../../backend/directories/external/external-directory.ts';
import { changesOf, everyAccount, everything, never, type Subject } from './subject.ts';

/** The first read of all accounts and the changes after it. */
export function describeFeed(subject: Subject): void {
  describe('the feed', () => {
    it('reads the accounts within the scope', async () => {
      const manager = await subject.added();
      const { key } = await subject.added({ manager: manager.userName, isPrivileged: true });
      const accounts = await everyAccount(subject.directory);
      const keys = await everything(subject.directory.readKeys(never()));
      expect(new Set(accounts.map((account) => account.key))).toEqual(new Set(keys));
      expect(new Set(keys).size).toBe(keys.length);
      const account = accounts.find((each) => each.key === key);
      expect(account).toMatchObject({ manager: manager.key, isPrivileged: true });
      expect(accounts.find((each) => each.key === manager.key)).toMatchObject({ isPrivileged: false });
    });
    it('continues after an interrupted read, without most of what that has read', async () => {
      for (let at = 0; at < 3; at += 1) await subject.added();
      const read = new Map<string, ExternalAccount>();
      let position: string | null = null;
      for await (const page of subject.directory.readAll(never())) {
        for (const account of page.accounts) read.set(account.key, account);
        // Graph's last page has no position after it.
        position = page.position ?? position;
      }
      const late = await subject.added({ userName: 'zz.late' });
      const readOf = async (keys: readonly string[]) => new Set(keys.filter((key) => read.has(key)));
      const rest = await everyAccount(subject.directory, never(), { position, readOf });
      expect(rest.map(({ key }) => key)).toContain(late.key);
      expect(rest.length).toBeLessThan(read.size);
    });
    it('ends with its signal', async () => {
      const controller = new AbortController();
      controller.abort(new Error('The backend is stopping.'));
      await expect(everyAccount(subject.directory, controller.signal)).rejects.toThrow(
        'The backend is stopping.',
      );
    });
    it('names accounts that are new, changed, gone and moved away since a cursor', async () => {
      const [changed, removed, moved, same] = [
        await subject.added(),
        await subject.added(),
        await subject.added(),
        await subject.added(),
      ];
      await subject.directory.changesSince(null, never());
      const { cursor } = await subject.directory.changesSince(null, never());
      expect((await subject.directory.changesSince(null, never())).accounts).toEqual([]);
      await subject.lab.setPhone(changed.userName, '+49 171 7654321');
      await subject.lab.remove(removed.userName);
      if (subject.lab.says.hasUnits) await subject.lab.moveOutside(moved.userName);
      else await subject.lab.remove(moved.userName);
      const fresh = await subject.added();
      const changes = await changesOf(subject.directory, cursor);
      const keys = changes.accounts.map((account) => account.key);
      expect(keys).toEqual(expect.arrayContaining([changed.key, fresh.key]));
      expect(changes.accounts.find(({ key }) => key === changed.key)?.phones).toContain('+49 171 7654321');
      expect(changes.goneKeys).toEqual(expect.arrayContaining([removed.key, moved.key]));
      expect(changes.goneKeys).not.toContain(changed.key);
      expect(changes.goneKeys).not.toContain(same.key);
      expect(changes.cursor.length).toBeLessThan(4000);
    });
    it.each([
      ['behind', -900_000],
      ['ahead of', 900_000],
    ])(
      'misses nothing where this computer’s clock is %s the directory’s by minutes',
      async (_way, clockAheadMs) => {
        const { key, userName } = await subject.added();
        const other = subject.lab.connect({ clockAheadMs });
        const { cursor } = await other.changesSince(null, never());
        await subject.lab.setPhone(userName, '+49 171 7654322');
        const changes = await changesOf(other, cursor);
        await other.close();
        expect(changes.accounts.map((account) => account.key)).toContain(key);
      },
    );
    it('continues after a restart', async () => {
      const gone = await subject.added();
      const { cursor } = await subject.directory.changesSince(null, never());
      const { key } = await subject.added();
      await subject.lab.remove(gone.userName);
      const again = subject.lab.connect();
      const { accounts, goneKeys, presentKeys } = await changesOf(again, cursor);
      await again.close();
      expect(accounts.map((account) => account.key)).toContain(key);
      // A directory without a feed of deletions names those that are left.
      expect(goneKeys.includes(gone.key) || presentKeys?.has(gone.key) === false).toBe(true);
      expect(presentKeys?.has(key) ?? true).toBe(true);
    });
  });
}
