import { expect, test } from '../fixtures/console.ts';
import { startKeyring } from '../fixtures/keyring.ts';
import { keyringProcess } from '../fixtures/keyring-process.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';
import { Rail } from '../screens/rail.ts';

test('a remembered operator is at the desk at the next start, until they sign out', async ({
  launchConsole,
}) => {
  test.slow();
  const keyring = await startKeyring();
  try {
    const first = await launchConsole(keyring.environment);
    await new Entrance(first.window).setUpThisComputer();
    await first.app.close();

    const second = await launchConsole(keyring.environment);
    await expect(new Entrance(second.window).remember).toBeChecked();
    await new Entrance(second.window).signIn();
    await expect(new Desk(second.window).search).toBeVisible();
    await second.app.close();

    const third = await launchConsole(keyring.environment);
    await expect(new Desk(third.window).search).toBeVisible();
    await new Rail(third.window).signOut();
    await expect(new Entrance(third.window).submit).toBeVisible();
    await third.app.close();

    const fourth = await launchConsole(keyring.environment);
    await expect(new Entrance(fourth.window).submit).toBeVisible();
    await fourth.app.close();
  } finally {
    await keyring.stop();
  }
});

test('a console whose keyring hangs ends when it is quit, and starts again', async ({ launchConsole }) => {
  test.slow();
  const keyring = await startKeyring();
  const first = await launchConsole(keyring.environment);
  await new Entrance(first.window).setUpThisComputer();
  await first.app.close();
  const daemon = keyringProcess(keyring);
  process.kill(daemon, 'SIGSTOP');
  try {
    const second = await launchConsole(keyring.environment);
    // Main answers once it is composed, and has asked the keyring by then.
    await second.window.evaluate(() => {
      const { resetDesk } = globalThis as unknown as {
        resetDesk: { app: { notices: () => Promise<unknown> } };
      };
      return resetDesk.app.notices();
    });
    const started = second.app.process();
    await second.app.evaluate(({ app }) => app.quit()).catch(() => undefined);
    // Much less than D-Bus waits for an answer.
    await expect.poll(() => started.exitCode ?? started.signalCode, { timeout: 15_000 }).not.toBeNull();
    const third = await launchConsole(keyring.environment);
    await expect(new Entrance(third.window).submit).toBeVisible();
  } finally {
    process.kill(daemon, 'SIGCONT');
    await keyring.stop();
  }
});
