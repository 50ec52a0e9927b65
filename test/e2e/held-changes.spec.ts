import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserOf } from '../backend/desk-call.ts';
import { startStaffedDesk, type StaffedDesk } from '../backend/staffed-desk.ts';
import { expect, test } from '../fixtures/console.ts';
import { Entrance } from '../screens/entrance.ts';
import { Queue } from '../screens/queue.ts';
import { violationsOf } from '../fixtures/axe.ts';

const password = 'Meadow+Lantern41';

/** A reset by Olga, after which the person with the password requests another number. */
async function resetAndChange(staff: StaffedDesk) {
  const olga = await staff.hire('olga', 'Olga Operator', ['operator']);
  const view = await olga.openCase('m.okafor');
  const started = await olga.startCode(view.id);
  await olga.readBack(started.body.case, await staff.lastCode());
  const grant = await olga.mint(view.id, 'temporary-password');
  const { body } = await olga.reset(view.id, grant.body.id, 'temporary-password', 'the-press-of-it');
  const user = browserOf(staff.backend.ask);
  await user.signIn('m.okafor', body.temporaryPassword ?? '');
  await user.choose(password);
  return {
    change: () => user.go('POST', '/account/contact/phone', { value: '+49 30 5550199', current: password }),
  };
}

test('an approver denies a change right after a reset', async ({ launchConsole }, testInfo) => {
  test.slow();
  const staff = await startStaffedDesk({ realTime: true });
  const folder = await mkdtemp(join(tmpdir(), 'reset-desk-'));
  const petra = await staff.hire('petra', 'Petra Approver', ['approver']);
  const { change } = await resetAndChange(staff);
  const { window } = await launchConsole({ RESET_DESK_USER_DATA: folder });
  await new Entrance(window).joinServer(staff.backend.address(), {
    userName: petra.userName,
    password: petra.password,
    code: petra.recoveryCodes[0] ?? '',
  });
  const queue = new Queue(window);
  await expect(queue.button).toHaveAccessibleName('Queue');
  await change();
  await expect(queue.button).toHaveAccessibleName('Queue, 1 waiting', { timeout: 2000 });
  await expect.poll(() => readFile(join(folder, 'reset-desk.log'), 'utf8')).toContain('Change held');

  await queue.open();
  const card = queue.heldChanges.first();
  await expect(card).toContainText('Marlene Okafor');
  await expect(card).toContainText('Wants to change the phone number: +49 ••• •••• 199');
  await expect(card).toContainText('by Olga Operator');
  await card.getByTestId('queue-evidence').click();
  await expect(card).toContainText('Emailed code (60): passed');
  for (const scheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme: scheme });
    expect.soft(await violationsOf(window)).toEqual([]);
    await window.screenshot({ path: testInfo.outputPath(`held-${scheme}.png`) });
  }
  await queue.answer('deny', 'She did not ask for it', petra.password, card);
  await expect(queue.heldChanges).toHaveCount(0);
  const rows = await staff.backend.readTable('own_changes');
  expect(rows.map(({ kind, state }) => [kind, state])).toContainEqual(['phone', 'denied']);
  await staff.backend.stop();
  await rm(folder, { recursive: true, force: true });
});
