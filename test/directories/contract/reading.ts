import { describe, expect, it } from 'vitest';
import { startPassword } from '../lab.ts';
import { everyAccount, everything, faultOf, never, secret, setTemporary, type Subject } from './subject.ts';

/** The result of reading one account. Accounts outside the scope are not found. */
export function describeReading(subject: Subject): void {
  describe('reading', () => {
    it('answers an account with all that the settings name', async () => {
      const manager = await subject.added({ displayName: 'Mara Manager' });
      const { key, userName } = await subject.added({
        displayName: 'Zoë Žižek',
        email: 'zoe@example.com',
        phones: ['+49 170 1234567', '+49 30 1234'],
        employeeNumber: '4711',
        department: 'Research, Development (Berlin)',
        manager: manager.userName,
      });
      const account = await subject.read(key);
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
        createdAt: expect.any(Number) as number,
        contactSetAt: { email: expect.any(Number) as number, phone: expect.any(Number) as number },
      });
      expect(key).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(Math.abs((account.passwordSetAt ?? 0) - Date.now())).toBeLessThan(60_000);
    });
    it('tells when contact data was changed, as precisely as the directory does', async () => {
      const { changeTimes } = subject.lab.says;
      const { key, userName } = await subject.added({
        email: 'other@example.com',
        phones: ['+49 170 1', '+49 30 1'],
      });
      const { createdAt, contactSetAt } = await subject.read(key);
      expect(Math.abs((createdAt ?? 0) - Date.now())).toBeLessThan(60_000);
      let calls = 0;
      // Directories tell whole seconds.
      const changed = async () => {
        await subject.lab.setPhone(userName, `+49 171 765432${(calls += 1)}`);
        return (await subject.read(key)).contactSetAt;
      };
      const moves = changeTimes === 'none' ? 0 : 1;
      await expect
        .poll(async () => Math.sign(((await changed()).phone ?? 0) - (contactSetAt.phone ?? 0)), {
          timeout: 5000,
        })
        .toBe(moves);
      const { contactSetAt: later } = await subject.read(key);
      expect(Math.abs((later.phone ?? 0) - Date.now())).toBeLessThan(60_000);
      expect(later.email).toBe(changeTimes === 'attribute' ? contactSetAt.email : later.phone);
      const listed = (await everyAccount(subject.directory)).find((each) => each.key === key);
      expect(listed).toMatchObject({ createdAt, contactSetAt: later });
    });
    it('answers null for what is absent', async () => {
      const { key, userName } = await subject.added();
      const account = await subject.read(key);
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
        expect(await subject.directory.read(key)).toBeNull();
      },
    );
    it('keeps the key of an account that is renamed', async () => {
      const { key, userName } = await subject.added();
      const next = subject.newName();
      await subject.lab.rename(userName, next);
      expect(await subject.read(key)).toMatchObject({ key, userName: next });
    });
    it('tells a deleted account from a new one of the same name', async () => {
      const { key, userName } = await subject.added();
      await subject.lab.remove(userName);
      expect(await subject.directory.read(key)).toBeNull();
      const again = await subject.added({ userName });
      expect(again.key).not.toBe(key);
    });
    it('marks the members of nested privileged groups', async () => {
      const { key } = await subject.added({ isPrivileged: true });
      expect(await subject.read(key)).toMatchObject({ isPrivileged: true });
    });
  });

  describe('an account outside the scope', () => {
    it('is neither read nor changed, as one that was deleted', async () => {
      const { key, userName } = await subject.added({ isOutside: subject.lab.says.hasUnits });
      if (!subject.lab.says.hasUnits) await subject.lab.remove(userName);
      expect(await subject.directory.read(key)).toBeNull();
      const attempts: readonly (() => Promise<unknown>)[] = [
        () => setTemporary(subject.directory, key, secret('Temporary-4712-Passw0rd')),
        () => subject.directory.setOwnPassword(key, secret('Temporary-4712-Passw0rd')),
        () => subject.directory.changePassword(key, secret(startPassword), secret('Temporary-4712-Passw0rd')),
        () => subject.directory.replaceByUnknown(key, 0),
        () => subject.directory.unlock(key),
        () => subject.directory.verifyPassword(key, secret(startPassword)),
        () => subject.directory.prepareReset(key),
      ];
      for (const attempt of attempts) expect((await faultOf(attempt())).code).toBe('account-gone');
      expect(await everything(subject.directory.readKeys(never()))).not.toContain(key);
    });
  });
}
