import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../fixtures/console.ts';
import { Desk } from '../screens/desk.ts';
import { administrator, Entrance, Lock } from '../screens/entrance.ts';
import { Rail } from '../screens/rail.ts';

test('a link shows the search with its ticket before and after a lock', async ({
  launchConsole,
  openLink,
  userData,
}) => {
  test.slow();
  const running = await launchConsole();
  const { window } = running;
  const entrance = new Entrance(window);
  await entrance.setUpThisComputer();
  const desk = new Desk(window);
  await desk.importSamples();
  const waiting = window.getByTestId('link-waiting');

  await openLink(running, 'resetdesk://account/m.okafor?ticket=INC-42');
  await expect(desk.search).toHaveValue('m.okafor');
  await expect(window.getByTestId('search-ticket')).toContainText('INC-42');
  await expect(desk.cases).toHaveCount(0);

  await test.step('a link that is not understood changes nothing', async () => {
    await openLink(running, 'resetdesk://reset/m.okafor');
    await expect.poll(() => readFile(join(userData, 'reset-desk.log'), 'utf8')).toContain('link refused');
    await expect(desk.search).toHaveValue('m.okafor');
  });

  await test.step('while the console is locked, it waits', async () => {
    await new Rail(window).lock();
    await openLink(running, 'resetdesk://call?number=+15550100');
    await expect(waiting).toContainText('Unlock to open it.');
    await expect(waiting).not.toContainText('555');
    const lock = new Lock(window);
    await lock.password.fill(administrator.password);
    await lock.unlock.click();
    await expect(desk.search).toHaveValue('+15550100');
    await expect(window.getByTestId('search-ticket')).toBeHidden();
  });

  await test.step('at a case, a link is only offered', async () => {
    await desk.search.fill('y.adeyemi386');
    await desk.hits.first().waitFor();
    await desk.search.press('Enter');
    await window.getByTestId('case').waitFor();
    await openLink(running, 'resetdesk://account/m.okafor?ticket=INC-43');
    const banner = window.getByTestId('link-banner');
    await expect(banner).toContainText('m.okafor');
    await expect(window.getByTestId('case')).toBeVisible();
    await window.getByTestId('link-open').click();
    await expect(desk.search).toHaveValue('m.okafor');
    await desk.hits.first().waitFor();
    await desk.search.press('Enter');
    await expect(window.getByTestId('case-ticket')).toHaveValue('INC-43');
  });

  await test.step('while no operator is signed in, it waits for the sign-in', async () => {
    await new Rail(window).signOut();
    await openLink(running, 'resetdesk://approval/4711');
    await expect(waiting).toContainText('Sign in to open it.');
    await entrance.signIn();
    await expect(window.getByTestId('link-banner')).toContainText('Only approvers can open it');
    await expect(desk.search).toBeVisible();
  });
});
