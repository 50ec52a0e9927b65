import { linkFor } from '../backend/desk-call.ts';
import { expect, test } from '../fixtures/console.ts';
import { picture } from '../fixtures/picture.ts';
import { CasesScreen } from '../screens/cases-screen.ts';
import { Handover } from '../screens/handover.ts';
import { callerAt } from './caller.ts';
import { Rail } from '../screens/rail.ts';
import { openVerifiedCase } from './verified-case.ts';

const marlene = 'marlene.okafor@example.com';

test('a link that was sent instead of a temporary password can be revoked', async ({
  launchConsole,
  mailSink,
}, testInfo) => {
  const { app, window } = await launchConsole();
  const path = testInfo.outputPath.bind(testInfo);
  const view = await openVerifiedCase(window, mailSink);
  await view.resetPassword.click();
  await view.confirm();
  await new Handover(window).hold.waitFor();
  await picture(app, window, path, 'password');

  const instead = new Handover(window).instead;
  await instead.focus();
  await window.keyboard.press('Enter');
  await expect(view.dialog).toContainText('The temporary password stops working at once.');
  await picture(app, window, path, 'confirm', '[role=dialog]');
  await window.keyboard.press('Escape');
  await expect(view.dialog).toBeHidden();
  await expect(new Handover(window).hold).toBeVisible();
  await instead.click();
  await view.confirm();
  await expect(new Handover(window).sentence).toContainText('“I have sent you an email with a link.');
  await picture(app, window, path, 'link');
  const caller = await callerAt(window);
  // The first mail is about the temporary password.
  await mailSink.mailTo(marlene);
  const link = await linkFor(mailSink, marlene);
  expect((await caller.go('GET', link)).status).toBe(200);

  await new Handover(window).revoke.click();
  await new Handover(window).keep.waitFor();
  await new Handover(window).revoke.click();
  await expect(view.resetPassword).toBeVisible();
  await expect(view.reset).toContainText('The last reset was revoked.');
  expect((await caller.go('GET', link)).status).toBe(410);
  await picture(app, window, path, 'taken-back');
  await new Rail(window).open('cases');
  await expect(new CasesScreen(window).rows).toContainText(['Revoked']);
  await picture(app, window, path, 'list');
});
