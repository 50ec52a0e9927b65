import { describe, expect, it } from 'vitest';
import { startPassword } from '../lab.ts';
import { faultOf, secret, setTemporary, type Subject } from './subject.ts';

/** Temporary passwords, and passwords that users choose. */
export function describePasswords(subject: Subject): void {
  describe('a temporary password', () => {
    it('replaces the former one until the next sign-in', async () => {
      const { key } = await subject.added();
      const { passwordSetAt } = await setTemporary(subject.directory, key, secret('Temporary-4712-Passw0rd'));
      const account = await subject.read(key);
      expect(account).toMatchObject({ mustChange: true, passwordSetAt });
      expect(passwordSetAt).not.toBeNull();
      expect(await subject.verify(key, 'Temporary-4712-Passw0rd')).toBe('must-change');
      expect(await subject.verify(key, startPassword)).toBe('wrong');
    });
    it('is refused with a reason when it is too short', async () => {
      const { key } = await subject.added();
      const fault = await faultOf(setTemporary(subject.directory, key, secret('Aa1!')));
      expect([fault.code, fault.detail]).toEqual(['password-refused', subject.lab.says.short]);
      expect(await subject.verify(key, startPassword)).toBe('right');
      expect(await subject.read(key)).toMatchObject({ mustChange: false });
    });
    it('is changed by its user, who may then sign in', async () => {
      const { key } = await subject.added();
      await setTemporary(subject.directory, key, secret('Temporary-4712-Passw0rd'));
      await subject.change(key, 'Temporary-4712-Passw0rd', 'Chosen-4713-Passw0rd');
      expect(await subject.verify(key, 'Chosen-4713-Passw0rd')).toBe('right');
      expect(await subject.read(key)).toMatchObject({ mustChange: false });
    });
    it('is replaced by an unknown one if it is still the same', async () => {
      const { key } = await subject.added();
      const { passwordSetAt } = await setTemporary(subject.directory, key, secret('Temporary-4712-Passw0rd'));
      expect(await subject.directory.replaceByUnknown(key, passwordSetAt ?? 0)).toBe('replaced');
      expect(await subject.verify(key, 'Temporary-4712-Passw0rd')).toBe('wrong');
      expect(await subject.read(key)).toMatchObject({ mustChange: true });
    });
    it('is replaced while a change is demanded even if its time is not known', async () => {
      const { key } = await subject.added();
      await setTemporary(subject.directory, key, secret('Temporary-4712-Passw0rd'));
      expect(await subject.directory.replaceByUnknown(key, null)).toBe('replaced');
      expect(await subject.verify(key, 'Temporary-4712-Passw0rd')).toBe('wrong');
      await subject.directory.setOwnPassword(key, secret('Chosen-4713-Passw0rd'));
      expect(await subject.directory.replaceByUnknown(key, null)).toBe('changed-since');
      expect(await subject.verify(key, 'Chosen-4713-Passw0rd')).toBe('right');
    });
    it('is not replaced once its user has changed it', async () => {
      const { key } = await subject.added();
      const { passwordSetAt } = await setTemporary(subject.directory, key, secret('Temporary-4712-Passw0rd'));
      await new Promise((resolve) => setTimeout(resolve, 1000 - (Date.now() % 1000)));
      await subject.change(key, 'Temporary-4712-Passw0rd', 'Chosen-4713-Passw0rd');
      expect(await subject.directory.replaceByUnknown(key, passwordSetAt ?? 0)).toBe('changed-since');
      expect(await subject.verify(key, 'Chosen-4713-Passw0rd')).toBe('right');
    });
  });

  describe('a password that the user chose', () => {
    it('is set without a change at the next sign-in', async () => {
      const { key } = await subject.added();
      await setTemporary(subject.directory, key, secret('Temporary-4712-Passw0rd'));
      const { passwordSetAt } = await subject.directory.setOwnPassword(key, secret('Chosen-4713-Passw0rd'));
      expect(await subject.verify(key, 'Chosen-4713-Passw0rd')).toBe('right');
      expect(await subject.read(key)).toMatchObject({ mustChange: false, passwordSetAt });
    });
    it('is refused where the current one is wrong', async () => {
      const { key } = await subject.added();
      const change = subject.directory.changePassword(
        key,
        secret('Wrong-4712-Passw0rd'),
        secret('Chosen-4713-Passw0rd'),
      );
      expect((await faultOf(change)).code).toBe(
        subject.directory.capabilities.ownChange === true ? 'current-password-wrong' : 'not-possible',
      );
      expect(await subject.verify(key, startPassword)).toBe('right');
    });
    it.each([
      ['is too short', 'Aa1!', 'short'],
      ['was used before', startPassword, 'used'],
    ] as const)('is refused with a reason when it %s', async (_how, password, reason) => {
      const { key } = await subject.added();
      await subject.change(key, startPassword, 'Chosen-4713-Passw0rd');
      const fault = await faultOf(
        subject.directory.changePassword(key, secret('Chosen-4713-Passw0rd'), secret(password)),
      );
      expect([fault.code, fault.detail]).toEqual(
        subject.directory.capabilities.ownChange === true
          ? ['password-refused', subject.lab.says[reason]]
          : ['not-possible', null],
      );
      expect(await subject.verify(key, 'Chosen-4713-Passw0rd')).toBe('right');
    });
  });
}
