import { startStaffedDesk, type Member, type StaffedDesk } from '../backend/staffed-desk.ts';
import { expect, test } from '../fixtures/console.ts';
import { startNotificationServer } from '../fixtures/notification-server.ts';
import { Entrance, Lock } from '../screens/entrance.ts';
import { Queue } from '../screens/queue.ts';
import { Rail } from '../screens/rail.ts';

/** Verifies a caller and asks for the approval of a reset, as an operator's console does. */
async function ask(staff: StaffedDesk, olga: Member, who: string): Promise<number> {
  const opened = await olga.openCase(who);
  const { body: sent } = await olga.startCode(opened.id);
  await olga.readBack(sent.case, await staff.lastCode());
  const asked = await olga.call('POST', `/cases/${opened.id}/approvals`, { action: 'temporary-password' });
  expect(asked.status).toBe(200);
  return opened.number;
}

test('a notification of the desktop leads to the request and decides nothing', async ({ launchConsole }) => {
  test.slow();
  test.skip(process.platform !== 'linux', 'dunst is the notification server of Linux desktops.');
  const staff = await startStaffedDesk({ realTime: true });
  const server = await startNotificationServer();
  try {
    const olga = await staff.hire('olga', 'Olga Operator', ['operator']);
    const petra = await staff.hire('petra', 'Petra Approver', ['approver']);
    await staff.changePolicy(({ approvals }) => ({ approvals: { ...approvals, tiers: ['standard'] } }));
    const { app, window } = await launchConsole(server.environment);
    // Nothing on the display of the tests draws a badge, so the number is read where the console gives it to the system.
    await app.evaluate(({ app: system }) => {
      const setBadgeCount = system.setBadgeCount.bind(system);
      system.setBadgeCount = (count) => {
        process.env['BADGE'] = String(count);
        return setBadgeCount(count);
      };
    });
    const badge = () => app.evaluate(() => process.env['BADGE']);
    await new Entrance(window).joinServer(staff.backend.address(), {
      userName: petra.userName,
      password: petra.password,
      code: petra.recoveryCodes[0] ?? '',
    });
    const queue = new Queue(window);
    await expect(queue.button).toHaveAccessibleName('Queue');

    const number = await ask(staff, olga, 'm.okafor');
    await expect.poll(server.shown).toContain('Approval requested');
    expect(server.shown()).toContain(String(number));
    // Callers are not named where other people may see the screen.
    expect(server.shown()).not.toContain('Okafor');
    await expect.poll(badge).toBe('1');
    await server.click();
    await expect(queue.requests.first()).toContainText('Marlene Okafor');
    const { body } = await petra.call<{ waiting: { caseNumber: number }[] }>('GET', '/approvals');
    expect(body.waiting).toMatchObject([{ caseNumber: number }]);

    await new Rail(window).lock();
    const lock = new Lock(window);
    await lock.screen.waitFor();
    await ask(staff, olga, 'l.rossi3');
    await expect.poll(server.shown).toContain('An approval is waiting');
    await expect.poll(badge).toBe('2');
    await server.click();
    await expect(lock.screen).toBeVisible();
    await lock.password.fill(petra.password);
    await window.keyboard.press('Enter');
    await expect(queue.requests).toHaveCount(2);
    await new Rail(window).signOut();
    await expect.poll(badge).toBe('0');
  } finally {
    await server.stop();
    await staff.backend.stop();
  }
});
