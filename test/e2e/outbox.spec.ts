import { expect, test } from '../fixtures/console.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';
import { OutboxScreen } from '../screens/outbox-screen.ts';
import { Rail } from '../screens/rail.ts';
import { violationsOf } from '../fixtures/axe.ts';

test('without a mail server the code is read in the outbox', async ({ launchConsole }) => {
  const { window } = await launchConsole({ RESET_DESK_SMTP_URL: '' });
  await new Entrance(window).setUpThisComputer();
  const desk = new Desk(window);
  await desk.importSamples();
  await desk.open('m.okafor');
  const view = new CaseScreen(window);
  await view.sendCode.click();
  await view.firstDigit.waitFor();
  await view.readInOutbox.click();
  const outbox = new OutboxScreen(window);
  const text = outbox.openMail.getByText(/Your verification code is \d{3} \d{3}/);
  await expect(text).toBeVisible();
  await outbox.asReceived.click();
  // The painted mail is in a shadow root, which locators pierce.
  await expect(outbox.openMail.getByText(/verification code/).first()).toBeVisible();
  expect(await outbox.openMail.locator('a[href]').count()).toBe(0);
  await outbox.asText.click();
  expect(await violationsOf(window)).toEqual([]);
  const [, code = ''] = /is (\d{3} \d{3})/.exec((await text.textContent()) ?? '') ?? [];
  await new Rail(window).open('desk');
  await desk.cases.filter({ hasText: 'Marlene Okafor' }).click();
  await view.readBack(code.replace(' ', ''));
  await expect(view.resetPassword).toBeVisible();
});

test('a small window and a doubled zoom lose nothing of a case', async ({ launchConsole }, testInfo) => {
  const { app, window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  const desk = new Desk(window);
  await desk.importSamples();
  await desk.open('m.okafor');
  for (const [name, width, height, zoom] of [
    ['small', 960, 640, 1],
    ['zoomed', 1280, 820, 2],
  ] as const) {
    await app.evaluate(
      ({ BrowserWindow }, size) => {
        const [own] = BrowserWindow.getAllWindows();
        own?.setContentSize(size.width, size.height);
        own?.webContents.setZoomFactor(size.zoom);
      },
      { width, height, zoom },
    );
    await expect(new CaseScreen(window).openTimeline).toBeVisible();
    await window.screenshot({ path: testInfo.outputPath(`${name}.png`) });
    const wide = await window.evaluate(() => {
      const content = document.querySelector('.content');
      return content === null ? 0 : content.scrollWidth - content.clientWidth;
    });
    expect(wide, name).toBeLessThanOrEqual(1);
    await new CaseScreen(window).sendCode.scrollIntoViewIfNeeded();
    await expect(new CaseScreen(window).sendCode).toBeInViewport();
  }
});
