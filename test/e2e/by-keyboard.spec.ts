import { codeFor } from '../backend/desk-call.ts';
import { expect, test } from '../fixtures/console.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';
import { Handover } from '../screens/handover.ts';

test('a reset needs four actions besides the check, all by keyboard, until the password is shown', async ({
  launchConsole,
  mailSink,
}) => {
  const { window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  await new Desk(window).importSamples();
  const view = new CaseScreen(window);
  const { keyboard } = window;

  await keyboard.press('ControlOrMeta+k');
  await keyboard.type('okaf marl');
  await keyboard.press('Enter'); // 1: opens the first hit
  await view.sendCode.waitFor();
  await keyboard.press('1'); // the check
  const code = await codeFor(mailSink, 'marlene.okafor@example.com');
  await expect(new CaseScreen(window).firstDigit).toBeFocused();
  await keyboard.type(code);
  await view.resetPassword.waitFor();
  await keyboard.press('Enter'); // 2: resets
  await expect(view.dialog).toContainText('Marlene Okafor');
  await keyboard.press('Enter'); // 3: confirms
  const hidden = new Handover(window).hidden;
  await expect(hidden).toBeVisible();
  await keyboard.down('Space'); // 4: shows, for as long as it is held
  const shown = new Handover(window).shown;
  await expect(shown).toHaveText(/^[A-Z][a-z]+(?:-[a-z]+){3}-\d\d$/);
  await keyboard.up('Space');
  await expect(hidden).toBeVisible();
  await keyboard.press('Enter');
  await expect(new Desk(window).search).toBeFocused();
});
