import { describe, expect, vi } from 'vitest';
import type { AccountView } from '../../shared/api/account.ts';
import type { CaseView } from '../../shared/api/case.ts';
import { Secret } from '../../shared/secret/secret.ts';
import { browserOf, linkFor } from '../backend/desk-call.ts';
import { startFaultyProxy, type FaultyProxy } from '../fixtures/faulty-proxy.ts';
import { servicePassword } from './lab.ts';
import { zoesAddress, type DeskTest } from './desk-test.ts';

// Reads of a directory are at least a second apart.
vi.setConfig({ testTimeout: 60_000 });

/** Resets of an account in a lab's directory, through the desk and on the pages. */
export function describeResets(it: DeskTest): void {
  describeDesk(it);
  describePages(it);
}

function describeDesk(it: DeskTest): void {
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

    it('gets a temporary password that its directory accepts once', async ({
      connect,
      hasRead,
      resetZoe,
      signInOfZoe,
    }) => {
      await connect();
      await hasRead();
      const { answer } = await resetZoe('first-key');
      expect(answer.status).toBe(200);
      const { temporaryPassword, reset } = answer.body;
      expect(reset).toMatchObject({ state: 'done', oldPassword: 'dies-now' });
      expect(temporaryPassword).not.toBeNull();
      expect(await signInOfZoe(temporaryPassword)).toBe('must-change');
      expect(await signInOfZoe(`${temporaryPassword ?? ''}x`)).toBe('wrong');
    });

    it('has an unknown password once its temporary one has expired', async ({
      backend,
      connect,
      hasRead,
      resetZoe,
      signInOfZoe,
      mailSink,
    }) => {
      await connect();
      await hasRead();
      const { answer } = await resetZoe('key-of-expiry');
      const temporary = answer.body.temporaryPassword ?? '';
      backend.clock.at += 3_600_000;
      let text: string | undefined = '';
      while (!text?.includes('not used in time')) ({ text } = await mailSink.mailTo(zoesAddress));
      expect(await signInOfZoe(temporary)).toBe('wrong');
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

    it('is unlocked in its directory without a new password', async ({
      desk,
      connect,
      hasRead,
      verified,
      lab,
      zoe,
      signInOfZoe,
      skip,
    }) => {
      skip(lab.capabilities.unlock !== true, 'This kind of directory tells no locks.');
      await connect();
      await hasRead();
      const known = 'Known-4711-Passw0rd';
      const directory = lab.connect();
      await directory.setOwnPassword(zoe, new Secret(known));
      await expect.poll(() => signInOfZoe('Wrong-4711-Passw0rd')).toBe(lab.says.locked);
      const again = await verified();
      expect(again.unlock).toMatchObject({ obstacle: null, lock: { where: lab.says.lockedAt } });
      const permitted = await desk.mint(again.id, 'unlock');
      const unlocked = await desk.call<CaseView>('POST', `/cases/${again.id}/unlock`, {
        grantId: permitted.body.id,
      });
      expect(unlocked).toMatchObject({ status: 200, body: { unlock: { lock: null } } });
      expect(await directory.read(zoe)).toMatchObject({ lockedSince: null });
      await directory.close();
      expect(await signInOfZoe(known)).toBe('right');
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

const short = { password: 'Aa1!bbbb', notice: 'asks for a longer password' };
const triesNone = 'This kind of directory tries no passwords.';

function describePages(it: DeskTest): void {
  describe('a user of an external directory', () => {
    it('chooses a password on the pages that its directory accepts', async ({
      backend,
      connect,
      hasRead,
      resetZoe,
      signInOfZoe,
      lab,
      skip,
    }) => {
      skip(lab.capabilities.verifyPassword !== true && lab.signIn !== undefined, triesNone);
      await connect();
      await hasRead();
      const { answer } = await resetZoe('key-of-the-pages');
      const browser = browserOf(backend.ask);
      const signedIn = await browser.signIn('zoe.example', answer.body.temporaryPassword ?? '');
      expect(signedIn.to ?? signedIn.text).toContain('password');
      const refused = await browser.choose('Aa1!aaaa');
      expect(refused.text).toContain('asks for a longer password');
      expect(await signInOfZoe(answer.body.temporaryPassword)).toBe('must-change');
      const chosen = await browser.choose('Chosen-4712-Lavender');
      expect(chosen).toMatchObject({ status: 303, to: '/account?said=changed' });
      expect(await signInOfZoe('Chosen-4712-Lavender')).toBe('right');
    });

    it('does not sign in to the pages with a temporary password whose time is over', async ({
      backend,
      connect,
      hasRead,
      resetZoe,
      lab,
      skip,
    }) => {
      skip(lab.capabilities.verifyPassword !== true && lab.signIn !== undefined, triesNone);
      await connect();
      await hasRead();
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
      connect,
      hasRead,
      verified,
      mailSink,
      signInOfZoe,
      lab,
    }) => {
      await connect();
      await hasRead();
      const { id } = await verified();
      const grant = await desk.mint(id, 'reset-link');
      expect((await desk.reset(id, grant.body.id, 'reset-link', 'key-of-a-link')).status).toBe(200);
      const path = await linkFor(mailSink, zoesAddress);
      const token = path.replace('/reset/', '');
      const browser = browserOf(backend.ask);
      const send = (password: string) =>
        browser.go('POST', '/reset', { token, password, repeated: password });
      const { password, notice } = lab.says.refused ?? short;
      expect((await send(password)).text).toContain(notice);
      expect((await send('Linked-4713-Lavender')).to).toBe('/reset/done');
      expect(await signInOfZoe('Linked-4713-Lavender')).toBe('right');
      expect((await browser.go('GET', path)).status).toBe(410);
    });

    it('sets its own password after “Forgot password?”', async ({
      backend,
      connect,
      hasRead,
      mailSink,
      signInOfZoe,
    }) => {
      await connect();
      await hasRead();
      const browser = browserOf(backend.ask);
      await browser.go('POST', '/forgot-password', { address: zoesAddress });
      const token = (await linkFor(mailSink, zoesAddress)).replace('/reset/', '');
      const password = 'Forgotten-4714-Lavender';
      const sent = await browser.go('POST', '/reset', { token, password, repeated: password });
      expect(sent.to).toBe('/reset/done');
      expect(await signInOfZoe(password)).toBe('right');
    });
  });
}
