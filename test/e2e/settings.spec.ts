import { expect, test } from '../fixtures/console.ts';
import { picture } from '../fixtures/picture.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';

test('an administrator finds a rule of the policy, changes it by keyboard, and reads in words what was changed', async ({
  launchConsole,
}, testInfo) => {
  const { app, window } = await launchConsole();
  const path = testInfo.outputPath.bind(testInfo);
  await new Entrance(window).setUpThisComputer();
  await new Desk(window).importSamples();
  await window.getByRole('button', { name: 'Settings', exact: true }).click();
  const contents = window.getByRole('navigation', { name: 'Sections of the settings' });
  await window.getByRole('heading', { name: 'New passwords' }).waitFor();
  for (const [topic, name] of [
    ['Policy', 'policy'],
    ['Verification', 'verification'],
    ['Passwords and links handed over', 'resets'],
    ['New passwords', 'passwords'],
    ['Self-service and sign-in of users', 'users'],
  ] as const) {
    const link = contents.getByRole('link', { name: topic, exact: true });
    await link.focus();
    await window.keyboard.press('Enter');
    await expect(link).toHaveAttribute('aria-current', 'true');
    await picture(app, window, path, name);
  }

  const perAddress = window.getByLabel('Requests an hour for one e-mail address');
  await perAddress.fill('0');
  await expect(window.getByText('A whole number from 1 to 100000.')).toBeVisible();
  const save = window.getByRole('button', { name: 'Save policy' });
  await expect(save).toBeDisabled();
  await perAddress.fill('2');
  await window.getByLabel('Refuse breached passwords').focus();
  await window.keyboard.press('Space');
  await window.getByText('Only of accounts in LDAP').focus();
  await window.keyboard.press('Enter');
  await window.keyboard.press('Tab');
  await window.keyboard.type('12');
  await expect(window.getByText('3 rules are changed.')).toBeVisible();
  await picture(app, window, path, 'changed');
  await window.keyboard.press('Enter');
  await expect(window.getByText('Nothing is changed.')).toBeVisible();

  await contents.getByRole('link', { name: 'Policy', exact: true }).click();
  await window.getByRole('button', { name: 'Show who changed it' }).click();
  await expect(window.getByText('Requests an hour for one e-mail address: 3 → 2')).toBeVisible();
  await expect(window.getByText('Refuse breached passwords: no → yes')).toBeVisible();
  await expect(window.getByText(/\(LDAP\): not asked → 12/)).toBeVisible();
  await picture(app, window, path, 'history');
});
