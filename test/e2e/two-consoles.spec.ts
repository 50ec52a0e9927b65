import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startStaffedDesk, type Member, type StaffedDesk } from '../backend/staffed-desk.ts';
import { expect, test as base, type RunningConsole } from '../fixtures/console.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance, Lock } from '../screens/entrance.ts';
import { Handover } from '../screens/handover.ts';
import { Queue } from '../screens/queue.ts';
import { Rail } from '../screens/rail.ts';
import { violationsOf } from '../fixtures/axe.ts';

interface TwoConsoles {
  readonly staff: StaffedDesk & { readonly olga: Member; readonly petra: Member };
  /** The operator's console, and the approver's on a user-data folder of its own. */
  readonly olga: RunningConsole;
  readonly petra: RunningConsole & { readonly log: () => Promise<string> };
}

/** A server with an operator and an approver, each at a console of their own. A reset of any account needs an approval. */
const test = base.extend<{ desks: TwoConsoles }>({
  desks: async ({ launchConsole }, use) => {
    const staff = await startStaffedDesk({ realTime: true });
    const folder = await mkdtemp(join(tmpdir(), 'reset-desk-'));
    const [olga, petra] = [
      await staff.hire('olga', 'Olga Operator', ['operator']),
      await staff.hire('petra', 'Petra Approver', ['approver']),
    ];
    await staff.changePolicy(({ approvals }) => ({
      approvals: { ...approvals, tiers: ['standard', 'sensitive', 'privileged'] },
    }));
    const enter = async (console: RunningConsole, { userName, password, recoveryCodes }: Member) =>
      new Entrance(console.window).joinServer(staff.backend.address(), {
        userName,
        password,
        code: recoveryCodes[0] ?? '',
      });
    const hers = await launchConsole();
    const theirs = await launchConsole({ RESET_DESK_USER_DATA: folder });
    await enter(hers, olga);
    await enter(theirs, petra);
    const log = () => readFile(join(folder, 'reset-desk.log'), 'utf8');
    await use({ staff: { ...staff, olga, petra }, olga: hers, petra: { ...theirs, log } });
    await theirs.app.close();
    await staff.backend.stop();
    await rm(folder, { recursive: true, force: true });
  },
});

/** Runs a case up to the reset, which then needs an approver. */
async function verify(window: Page, staff: StaffedDesk, who: string): Promise<CaseScreen> {
  const view = new CaseScreen(window);
  await new Desk(window).open(who);
  await view.sendCode.click();
  await new CaseScreen(window).firstDigit.waitFor();
  await view.readBack(await staff.lastCode());
  await new CaseScreen(window).askApprover.waitFor();
  return view;
}

test('an approver sees a request within two seconds', async ({ desks: { staff, olga, petra } }) => {
  test.slow();
  const view = await verify(olga.window, staff, 'm.okafor');
  const queue = new Queue(petra.window);
  await expect(queue.button).toHaveAccessibleName('Queue');

  const asked = Date.now();
  await olga.window.keyboard.press('Enter');
  await expect(queue.button).toHaveAccessibleName('Queue, 1 waiting', { timeout: 2000 });
  expect(Date.now() - asked).toBeLessThan(2000);
  await expect.poll(petra.log).toContain('Approval requested');
  await expect(view.approval).toContainText('Waiting for an approver');
  expect.soft(await violationsOf(olga.window)).toEqual([]);

  await queue.open();
  await expect(queue.requests.first()).toContainText('Marlene Okafor');
  await expect(queue.requests.first()).toContainText('Emailed code (60): passed');
  expect.soft(await violationsOf(petra.window)).toEqual([]);
  await queue.answer('approve', 'I know her voice', 'not my password');
  await expect(queue.failure).toBeVisible();
  await queue.answer('approve', 'I know her voice', staff.petra.password);
  await expect(queue.requests).toHaveCount(0);

  await expect(view.approval).toContainText('Approved by Petra Approver: “I know her voice”');
  await olga.window.keyboard.press('Enter');
  await view.dialog.waitFor();
  await view.confirm();
  await new Handover(olga.window).hidden.waitFor();
});

test('a locked console shows an approver that a request waits without names', async ({
  desks: { staff, olga, petra },
}) => {
  test.slow();
  await verify(olga.window, staff, 'm.okafor');
  await new Rail(petra.window).lock();
  await new Lock(petra.window).screen.waitFor();
  const waits = new Lock(petra.window).waiting;
  await expect(waits).toBeEmpty();

  const asked = Date.now();
  await olga.window.keyboard.press('Enter');
  await expect(waits).toHaveText('An approval is waiting. Unlock to see it.', { timeout: 2000 });
  expect(Date.now() - asked).toBeLessThan(2000);
  await expect.poll(petra.log).toContain('An approval is waiting');
  expect(await petra.log()).not.toContain('Approval requested');
  const shown = await petra.window.locator('body').textContent();
  expect(shown).not.toMatch(/Okafor|Olga/);
  expect.soft(await violationsOf(petra.window)).toEqual([]);

  await new Lock(petra.window).password.fill(staff.petra.password);
  await petra.window.keyboard.press('Enter');
  await new Queue(petra.window).screen.waitFor();
  const queue = new Queue(petra.window);
  await expect(queue.requests.first()).toContainText('Marlene Okafor');
  await expect(queue.button).toHaveAccessibleName('Queue, 1 waiting');
});

test('a denial is final for the case and shown with its reason', async ({
  desks: { staff, olga, petra },
}) => {
  test.slow();
  const view = await verify(olga.window, staff, 'm.okafor');
  await olga.window.keyboard.press('Enter');
  const queue = new Queue(petra.window);
  await queue.open();
  await queue.answer('deny', 'She is on holiday', staff.petra.password);
  await expect(view.approval).toContainText('Denied by Petra Approver: “She is on holiday”.');
  await expect(view.askApprover).toHaveCount(0);
  await expect(view.reset).toContainText('An approver denied it');
});

test('a request without a decision lapses in both consoles', async ({ desks: { staff, olga, petra } }) => {
  test.slow();
  await staff.changePolicy(({ approvals }) => ({ approvals: { ...approvals, validFor: 10 } }));
  const view = await verify(olga.window, staff, 'm.okafor');
  await olga.window.keyboard.press('Enter');
  const queue = new Queue(petra.window);
  await expect(queue.button).toHaveAccessibleName('Queue, 1 waiting');
  await expect(view.approval).toContainText('No approver answered in time.', { timeout: 30_000 });
  await expect(queue.button).toHaveAccessibleName('Queue');
  await expect(view.askApprover).toBeVisible();
});
