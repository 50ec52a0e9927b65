import type { ElectronApplication, Page } from '@playwright/test';
import { codeFor } from '../backend/desk-call.ts';
import { expect, test } from '../fixtures/console.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { Desk } from '../screens/desk.ts';
import { Drill } from '../screens/drill.ts';
import { Entrance, Lock } from '../screens/entrance.ts';
import { Rail } from '../screens/rail.ts';
import { Handover } from '../screens/handover.ts';
import { OperatorsSection, SettingsScreen } from '../screens/settings-screen.ts';
import { schemes, violationsOf, type Scheme } from '../fixtures/axe.ts';

test('every screen is without axe violations, light and dark', async ({ launchConsole, mailSink }) => {
  test.slow();
  const { app, window } = await launchConsole();
  const seen = async (screen: string) => {
    for (const scheme of schemes) await assertAccessible(app, window, screen, scheme);
  };
  await new Entrance(window).useThisComputer.waitFor();
  await seen('choose server');
  await new Entrance(window).useThisComputer.click();
  await new Entrance(window).createAdministrator.waitFor();
  await seen('first administrator');
  await new Entrance(window).fillAdministrator();
  await new Entrance(window).createAdministrator.click();
  const desk = new Desk(window);
  await desk.samples.waitFor();
  await seen('empty desk');
  await desk.importSamples();
  await desk.search.fill('ma');
  await desk.hits.first().waitFor();
  await seen('results');
  await desk.search.fill('zzzzzz');
  await new Desk(window).noHits.waitFor();
  await seen('no results');
  await desk.open('m.okafor');
  const view = new CaseScreen(window);
  await seen('case');
  await view.unusableChecks.click();
  await seen('checks that cannot be used');
  await window.keyboard.press('r');
  await view.dialog.waitFor();
  await seen('refusal');
  await view.cancelRefusal.click();
  await window.keyboard.press('p');
  await view.dialog.waitFor();
  await seen('proof of the desk');
  await view.closePhrase.click();
  // Removed, so that the next mail is the code's.
  await mailSink.mailTo('marlene.okafor@example.com');
  await view.sendCode.click();
  await new CaseScreen(window).firstDigit.waitFor();
  await seen('code');
  await view.readBack(await codeFor(mailSink, 'marlene.okafor@example.com'));
  await view.resetPassword.click();
  await seen('confirmation');
  await view.confirm();
  await new Handover(window).copy.waitFor();
  await seen('handover');
  for (const screen of ['cases', 'audit', 'requiredResets', 'import', 'settings'] as const) {
    await new Rail(window).open(screen);
    await new Rail(window).heading.waitFor();
    await seen(screen);
  }
  await new SettingsScreen(window).link('operators.title').click();
  await new OperatorsSection(window).invite.click();
  await view.dialog.waitFor();
  await seen('invitation');
  await new OperatorsSection(window).cancel.click();
  await new Rail(window).open('practise');
  await new Drill(window).start.waitFor();
  await seen('before a drill');
  const drill = new Drill(window);
  await drill.begin(14);
  await seen('ringing');
  await new Drill(window).takeCall.click();
  await desk.open('y.adeyemi386');
  await view.sendCode.click();
  await drill.ask('code').click();
  await drill.typeIn.waitFor();
  await seen('a call of a drill');
  await drill.hangUp.click();
  await drill.result(1).waitFor();
  await seen('the end of a call');
  await new Rail(window).showKeys();
  await view.dialog.waitFor();
  await seen('keys');
  await window.keyboard.press('Escape');
  await new Rail(window).lock();
  await new Lock(window).unlock.waitFor();
  await seen('lock');
});

async function assertAccessible(
  app: ElectronApplication,
  window: Page,
  screen: string,
  scheme: Scheme,
): Promise<void> {
  await app.evaluate(({ nativeTheme }, source) => {
    nativeTheme.themeSource = source;
  }, scheme);
  await expect(window.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
  expect.soft(await violationsOf(window, { scheme }), `${screen}, ${scheme}`).toEqual([]);
}
