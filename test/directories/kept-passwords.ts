import { describe, expect, vi } from 'vitest';
import type { CaseView } from '../../shared/api/case.ts';
import { browserOf, linkFor } from '../backend/desk-call.ts';
import { zoesAddress, zoesTest } from './desk-test.ts';

// Reads of a directory are at least a second apart.
vi.setConfig({ testTimeout: 60_000 });

/** The directory that keeps Zoe's password, as its tests use it. */
export interface PasswordKeeper {
  readonly unlocks: boolean;
  /** The server that the desk names as the place of a lock. */
  readonly lockedAt: string | null;
  /** Users sign in to the pages with the directory's password. */
  readonly triesPasswords: boolean;
  /** Passwords that are refused, and the pages' texts about them. */
  readonly short: { readonly password: string; readonly notice: string };
  readonly refused: { readonly password: string; readonly notice: string };
  /** Brings Zoe's account into the index. */
  addZoe(): Promise<void>;
  /** The answer to a sign-in of Zoe: `right`, `must-change`, `wrong` or `locked`. */
  signIn(password: string | null): Promise<string>;
  /** Sets a password that Zoe need not change. */
  give(password: string): Promise<void>;
  /** Locks the account by wrong passwords. */
  lock(): Promise<void>;
  /** Waits until a temporary password has expired. */
  expire(): Promise<void>;
}

/** Tests of Zoe's password, which a directory keeps. */
export const keptTest = zoesTest.extend('keeper', (): PasswordKeeper => {
  throw new Error('This test names no directory');
});

/** What the desk and the pages do with a password, whether the built-in directory or another one keeps it. */
export function describeKeptPasswords(it: typeof keptTest): void {
  describe('the password of an account', () => {
    it('is replaced by a temporary one that is accepted once', async ({ resetZoe, keeper }) => {
      await keeper.addZoe();
      const { answer } = await resetZoe('first-key');
      expect(answer.status).toBe(200);
      const { temporaryPassword, reset } = answer.body;
      expect(reset).toMatchObject({ state: 'done', oldPassword: 'dies-now' });
      expect(temporaryPassword).not.toBeNull();
      expect(await keeper.signIn(temporaryPassword)).toBe('must-change');
      expect(await keeper.signIn(`${temporaryPassword ?? ''}x`)).toBe('wrong');
    });

    it('is unknown once a temporary one has expired', async ({ resetZoe, keeper }) => {
      await keeper.addZoe();
      const { answer } = await resetZoe('key-of-expiry');
      const temporary = answer.body.temporaryPassword ?? '';
      await keeper.expire();
      expect(await keeper.signIn(temporary)).toBe('wrong');
    });

    it('stays the same when its account is unlocked', async ({ desk, verified, skip, keeper }) => {
      skip(!keeper.unlocks, 'This kind of directory tells no locks.');
      await keeper.addZoe();
      const known = 'Known-4711-Passw0rd';
      await keeper.give(known);
      await keeper.lock();
      const again = await verified();
      expect(again.unlock).toMatchObject({ obstacle: null, lock: { where: keeper.lockedAt } });
      const permitted = await desk.mint(again.id, 'unlock');
      const unlocked = await desk.call<CaseView>('POST', `/cases/${again.id}/unlock`, {
        grantId: permitted.body.id,
      });
      expect(unlocked).toMatchObject({ status: 200, body: { unlock: { lock: null } } });
      expect(await keeper.signIn(known)).toBe('right');
    });
  });

  describe('a user of the pages', () => {
    it('chooses a password on the pages that its directory accepts', async ({
      backend,
      resetZoe,
      skip,
      keeper,
    }) => {
      skip(!keeper.triesPasswords, 'This kind of directory tries no passwords.');
      await keeper.addZoe();
      const { answer } = await resetZoe('key-of-the-pages');
      const browser = browserOf(backend.ask);
      const signedIn = await browser.signIn('zoe.example', answer.body.temporaryPassword ?? '');
      expect(signedIn.to ?? signedIn.text).toContain('password');
      const refused = await browser.choose(keeper.short.password);
      expect(refused.text).toContain(keeper.short.notice);
      expect(await keeper.signIn(answer.body.temporaryPassword)).toBe('must-change');
      const chosen = await browser.choose('Chosen-4712-Lavender');
      expect(chosen).toMatchObject({ status: 303, to: '/account?said=changed' });
      expect(await keeper.signIn('Chosen-4712-Lavender')).toBe('right');
    });

    it('does not sign in to the pages with a temporary password whose time is over', async ({
      backend,
      resetZoe,
      skip,
      keeper,
    }) => {
      skip(!keeper.triesPasswords, 'This kind of directory tries no passwords.');
      await keeper.addZoe();
      const { answer } = await resetZoe('key-of-a-late-sign-in');
      // The task that replaces the password waits while the directory is slow or down.
      await backend.changeRows((db) => db.deleteFrom('directory_tasks').execute());
      backend.clock.at += 3_600_001;
      const signedIn = await browserOf(backend.ask).signIn(
        'zoe.example',
        answer.body.temporaryPassword ?? '',
      );
      expect(signedIn.text).toContain('This temporary password has expired');
    });

    it('gets a reset link that stays valid while the directory refuses the password', async ({
      backend,
      desk,
      verified,
      mailSink,
      keeper,
    }) => {
      await keeper.addZoe();
      const { id } = await verified();
      const grant = await desk.mint(id, 'reset-link');
      expect((await desk.reset(id, grant.body.id, 'reset-link', 'key-of-a-link')).status).toBe(200);
      const path = await linkFor(mailSink, zoesAddress);
      const token = path.replace('/reset/', '');
      const browser = browserOf(backend.ask);
      const send = (password: string) =>
        browser.go('POST', '/reset', { token, password, repeated: password });
      const { password, notice } = keeper.refused;
      expect((await send(password)).text).toContain(notice);
      expect((await send('Linked-4713-Lavender')).to).toBe('/reset/done');
      expect(await keeper.signIn('Linked-4713-Lavender')).toBe('right');
      expect((await browser.go('GET', path)).status).toBe(410);
    });

    it('sets its own password after “Forgot password?”', async ({ backend, mailSink, keeper }) => {
      await keeper.addZoe();
      const browser = browserOf(backend.ask);
      await browser.go('POST', '/forgot-password', { address: zoesAddress });
      const token = (await linkFor(mailSink, zoesAddress)).replace('/reset/', '');
      const password = 'Forgotten-4714-Lavender';
      const sent = await browser.go('POST', '/reset', { token, password, repeated: password });
      expect(sent.to).toBe('/reset/done');
      expect(await keeper.signIn(password)).toBe('right');
    });
  });
}
