import { describe, expect, it } from 'vitest';
import { startPassword } from '../lab.ts';
import { outcomeOf, secret, setTemporary, type Subject } from './subject.ts';

/** Locks, enabling, sessions and the policy. */
export function describeState(subject: Subject): void {
  describe('a locked account', () => {
    it('is unlocked apart from a reset', async ({ skip }) => {
      skip(subject.directory.capabilities.lockState !== true, 'This kind of directory tells no locks.');
      const { key } = await subject.added();
      await subject.lock(key);
      const locked = await subject.read(key);
      expect(Math.abs((locked.lockedSince ?? 0) - Date.now())).toBeLessThan(60_000);
      expect(locked.lockedUntil === null).toBe(!subject.lab.says.hasLockEnd);
      expect(locked.lockedAt).toBe(subject.lab.says.lockedAt);
      expect(await subject.verify(key, startPassword)).toBe(subject.lab.says.locked);
      await setTemporary(subject.directory, key, secret('Temporary-4712-Passw0rd'));
      expect((await subject.read(key)).lockedSince === null).toBe(subject.lab.says.resetUnlocks);
      await subject.directory.unlock(key);
      expect(await subject.read(key)).toMatchObject({ lockedSince: null, lockedUntil: null, lockedAt: null });
      expect(await subject.verify(key, 'Temporary-4712-Passw0rd')).toBe('must-change');
    });
    it('may be unlocked though it is not locked, or says that it is not possible', async () => {
      const { key } = await subject.added();
      expect(await outcomeOf(subject.directory.unlock(key))).toBe(
        subject.directory.capabilities.unlock === true ? 'done' : 'not-possible',
      );
      expect(await subject.verify(key, startPassword)).toBe('right');
    });
  });

  describe('a group', () => {
    it('holds an account directly and through another group', async ({ skip }) => {
      const { groupsOf } = subject.directory;
      skip(groupsOf === undefined, 'This kind of directory names its groups otherwise.');
      const { privilegedGroups } = subject.lab.settings as { privilegedGroups: string[] };
      const [outer = ''] = privilegedGroups;
      const inner = outer.replace(/outer/i, 'inner');
      const groups = [outer.toUpperCase(), inner, outer.replace(/outer/i, 'absent')];
      const { key } = await subject.added({ isPrivileged: true });
      expect(await groupsOf?.(key, groups)).toEqual(groups.slice(0, 2));
      const { key: other } = await subject.added();
      expect(await groupsOf?.(other, groups)).toEqual([]);
      expect(await groupsOf?.(key, [])).toEqual([]);
    });
    it('is told beside the number of wrong passwords that lock an account', async ({ skip }) => {
      const { lockoutOf } = subject.directory;
      skip(lockoutOf === undefined, 'This kind of directory names its groups otherwise.');
      const { key } = await subject.added();
      const { lockoutThreshold } = subject.lab.says.policy as { lockoutThreshold: number };
      expect((await lockoutOf?.(key))?.threshold).toBe(lockoutThreshold);
    });
  });

  describe('what it can do', () => {
    it('is named by its capabilities', () => {
      expect(subject.directory.kind).toBe(subject.lab.kind);
      expect(subject.directory.capabilities).toMatchObject(subject.lab.capabilities);
    });
    it('includes disabling and enabling an account if its capabilities name them', async () => {
      const { key } = await subject.added();
      const isPossible = subject.directory.capabilities.enable === true;
      const outcome = isPossible ? 'done' : 'not-possible';
      expect(await outcomeOf(subject.directory.setEnabled(key, false))).toBe(outcome);
      expect(await subject.read(key)).toMatchObject({ disabled: isPossible });
      expect(await subject.verify(key, startPassword)).toBe(isPossible ? subject.lab.says.disabled : 'right');
      expect(await outcomeOf(subject.directory.setEnabled(key, true))).toBe(outcome);
      expect(await subject.read(key)).toMatchObject({ disabled: false });
      expect(await subject.verify(key, startPassword)).toBe('right');
    });
    it('never enables a disabled account by a reset', async () => {
      const { key } = await subject.added();
      const isPossible = subject.directory.capabilities.enable === true;
      await outcomeOf(subject.directory.setEnabled(key, false));
      await setTemporary(subject.directory, key, secret('Temporary-4712-Passw0rd'));
      expect(await subject.read(key)).toMatchObject({ disabled: isPossible });
      await subject.directory.setOwnPassword(key, secret('Chosen-4713-Passw0rd'));
      expect(await subject.read(key)).toMatchObject({ disabled: isPossible });
      await outcomeOf(subject.directory.unlock(key));
      expect(await subject.read(key)).toMatchObject({ disabled: isPossible });
    });
    it('says whether it can end sessions', async () => {
      const { key } = await subject.added();
      expect(await outcomeOf(subject.directory.endSessions(key))).toBe(
        subject.directory.capabilities.endSessions === true ? 'done' : 'not-possible',
      );
    });
    it('includes the policy that holds for an account', async () => {
      const { key } = await subject.added();
      expect((await subject.directory.prepareReset(key)).policy).toMatchObject(subject.lab.says.policy);
    });
    it('never takes an empty password for a right one', async () => {
      const { key } = await subject.added();
      expect(await subject.verify(key, '')).toBe('wrong');
    });
  });
}
