import { expect, test } from '../fixtures/console.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { Desk } from '../screens/desk.ts';
import { Drill } from '../screens/drill.ts';
import { Entrance } from '../screens/entrance.ts';
import { Handover } from '../screens/handover.ts';
import { Rail } from '../screens/rail.ts';

/** The seed of three callers: one calls again after a refusal, one forgot the password, one left the phone at home. */
const seed = 14;

test('a drill is played by keyboard on the screens of a real case', async ({ launchConsole, mailSink }) => {
  const { window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  const drill = new Drill(window);
  const view = new CaseScreen(window);
  const desk = new Desk(window);
  const { keyboard } = window;
  const said = (text: RegExp) => expect(drill.record).toContainText(text);
  const open = async (userName: string) => {
    await expect(desk.search).toBeFocused();
    await keyboard.type(userName);
    await desk.hits.first().waitFor();
    await keyboard.press('Enter');
    await view.verification.waitFor();
  };
  await drill.begin(seed);
  await expect(drill.banner).toBeVisible();

  await keyboard.press('Enter');
  await said(/Yuki Adeyemi/);
  await open('y.adeyemi386');
  await expect(view.account).toContainText('refused');
  await keyboard.press('i');
  await said(/y\.adeyemi386/);
  await keyboard.press('r');
  await view.refusalReason('suspicious').press('Space');
  await view.confirmRefusal.click();
  await expect(view.dialog).toBeHidden();
  await keyboard.press('Enter');
  await expect(drill.result(1)).toContainText('An attacker who had been refused before');
  await expect(drill.result(1)).toContainText('100 of 100');

  await keyboard.press('Enter');
  await open('j.celik421');
  await expect(drill.banner).toBeVisible();
  await keyboard.press('1');
  await expect(new CaseScreen(window).firstDigit).toBeFocused();
  await keyboard.press('k');
  await expect(drill.typeIn).toBeVisible();
  await keyboard.press('f');
  await view.resetPassword.waitFor();
  await keyboard.press('Enter');
  await expect(view.dialog).toContainText('José Çelik');
  await keyboard.press('Enter');
  await new Handover(window).hidden.waitFor();
  await keyboard.down('Space');
  await expect(new Handover(window).shown).toHaveText(/^[A-Z][a-z]+(?:-[a-z]+){3}-\d\d$/);
  await keyboard.up('Space');
  await keyboard.press('Enter');
  await expect(drill.result(2)).toContainText('The caller was José Çelik.');
  await expect(drill.result(2)).toContainText('100 of 100');

  await keyboard.press('Enter');
  await said(/phone/);
  await keyboard.press('Escape');
  await keyboard.press('h');
  await expect(drill.betweenCalls).toContainText(/Drill finished: 7\d of 100/);
  await expect(drill.result(3)).toContainText('You ended the call without helping.');
  await keyboard.press('Escape');
  await expect(drill.finished.filter({ hasText: /7\d of 100/ })).toContainText(String(seed));

  await keyboard.press('Escape');
  await expect(new Desk(window).empty).toBeVisible();
  await expect(drill.banner).toBeHidden();
  expect(mailSink.unread()).toEqual([]);
});

test('a drill is resumed from another screen', async ({ launchConsole }) => {
  const { window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  const drill = new Drill(window);
  await drill.begin(seed);
  await window.keyboard.press('Enter');
  await expect(drill.line).toContainText('Call 1 of 3');
  await new Rail(window).open('cases');
  await expect(drill.banner).toBeHidden();
  await new Rail(window).open('practise');
  await expect(drill.line).toContainText('Call 1 of 3');
  await drill.leave.click();
  await drill.confirmLeave.click();
  await expect(drill.history).toContainText('You have not finished a drill yet.');
});

test('a drill under a raised alert says so, closes weak checks and leaves the real alert down', async ({
  launchConsole,
}) => {
  const { window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  const drill = new Drill(window);
  await drill.begin(seed, true);
  await expect(drill.scene).toContainText('The alert is raised in this drill');
  await window.keyboard.press('Enter');
  const desk = new Desk(window);
  await expect(desk.search).toBeFocused();
  await window.keyboard.type('Yuki');
  await desk.hits.first().waitFor();
  await window.keyboard.press('Enter');
  await new CaseScreen(window).verification.waitFor();
  await expect(drill.scene).toBeVisible();
  await new Rail(window).open('desk');
  await expect(drill.scene).toBeHidden();
  await expect(desk.alertBanner).toHaveCount(0);
});
