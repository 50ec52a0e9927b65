import type { Page } from '@playwright/test';
import { Secret } from '../../shared/secret/secret.ts';
import { codeFor, linkFor } from '../backend/desk-call.ts';
import { servicePassword, startPassword, type DirectoryLab } from '../directories/lab.ts';
import { playedDirectories, type PlayedDirectory } from '../directories/played-directories.ts';
import { expect, test } from '../fixtures/console.ts';
import { hasKeycloak } from '../fixtures/keycloak.ts';
import type { MailSink } from '../fixtures/mail-sink.ts';
import { hasSamba } from '../fixtures/samba.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { Desk } from '../screens/desk.ts';
import { DirectoriesSection } from '../screens/directories-section.ts';
import { Entrance } from '../screens/entrance.ts';
import { Handover } from '../screens/handover.ts';
import { Rail } from '../screens/rail.ts';
import { callerAt, pasted } from './caller.ts';

const emailOf = (userName: string) => `${userName}@example.com`;

/** Connects the directory in the settings, and waits until its accounts are read. */
async function connectDirectory(window: Page, { kind, fields }: PlayedDirectory): Promise<void> {
  await new Rail(window).open('settings');
  const directories = new DirectoriesSection(window);
  await directories.open();
  await directories.add.click();
  await directories.field('kind').selectOption(kind);
  for (const [name, value] of Object.entries({ name: 'Head office', secret: servicePassword, ...fields }))
    await directories.field(name).fill(value);
  await directories.check.click();
  await expect(directories.sample).toBeVisible();
  await directories.save.click();
  await expect(directories.rows).toHaveAttribute('data-state', 'read', { timeout: 20_000 });
}

/** Opens a case about the account, whose caller reads back the mailed code. */
async function openVerified(window: Page, sink: MailSink, userName: string): Promise<CaseScreen> {
  await new Rail(window).open('desk');
  await new Desk(window).open(userName);
  const view = new CaseScreen(window);
  await view.sendCode.click();
  await view.readBack(await codeFor(sink, emailOf(userName)));
  await view.resetPassword.waitFor();
  return view;
}

/** What the directory answers to a sign-in. */
async function signIn(lab: DirectoryLab, userName: string, password: string): Promise<string> {
  const directory = lab.connect();
  try {
    return await directory.verifyPassword(await lab.keyOf(userName), new Secret(password));
  } finally {
    await directory.close();
  }
}

for (const { name, isHere } of [
  { name: 'active-directory', isHere: hasSamba },
  { name: 'keycloak', isHere: hasKeycloak },
] as const)
  test.describe(name, () => {
    test.skip(!isHere && process.env['CI'] === undefined, `The server of ${name} is not installed`);
    let played: PlayedDirectory;
    test.beforeAll(async () => {
      test.setTimeout(240_000);
      played = await playedDirectories[name]();
      for (const userName of ['zoe.reset', 'zoe.locked', 'zoe.link'])
        await played.lab.add({ userName, displayName: `Zoe ${userName}`, email: emailOf(userName) });
    });
    test.afterAll(async () => {
      test.setTimeout(60_000);
      await played.lab.stop();
    });

    test('accounts are reset, unlocked and sent a link in the directory', async ({
      launchConsole,
      mailSink,
    }) => {
      test.slow();
      const { lab } = played;
      const { app, window } = await launchConsole();
      await new Entrance(window).setUpThisComputer();
      await connectDirectory(window, played);

      await test.step('a temporary password is accepted once', async () => {
        const view = await openVerified(window, mailSink, 'zoe.reset');
        await view.resetPassword.click();
        await view.confirm();
        await new Handover(window).copy.click();
        await expect.poll(() => pasted(app)).not.toBe('');
        expect(await signIn(lab, 'zoe.reset', await pasted(app))).toBe('must-change');
      });

      await test.step('an unlock leaves the password', async () => {
        for (let tries = 0; tries < 4; tries += 1) await signIn(lab, 'zoe.locked', 'Wrong-4711-Passw0rd');
        expect(await signIn(lab, 'zoe.locked', startPassword)).toBe('locked');
        const view = await openVerified(window, mailSink, 'zoe.locked');
        await view.unlock.click();
        await view.confirm();
        await expect(view.unlock).toBeHidden();
        expect(await signIn(lab, 'zoe.locked', startPassword)).toBe('right');
      });

      await test.step('a reset link sets the password that its reader chooses', async () => {
        const view = await openVerified(window, mailSink, 'zoe.link');
        await view.sendLink.click();
        await view.confirm();
        const token = (await linkFor(mailSink, emailOf('zoe.link'))).replace('/reset/', '');
        const password = 'Quiet+Harbour-4711';
        const caller = await callerAt(window);
        expect((await caller.go('POST', '/reset', { token, password, repeated: password })).to).toBe(
          '/reset/done',
        );
        expect(await signIn(lab, 'zoe.link', password)).toBe('right');
      });
    });
  });
