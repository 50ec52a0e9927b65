import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startStaffedDesk } from '../backend/staffed-desk.ts';
import { expect, test } from '../fixtures/console.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';
import { SettingsScreen } from '../screens/settings-screen.ts';

/** Writes the managed settings of a test's console, and returns the environment that points to them. */
async function managedBy(userData: string, settings: object) {
  const folder = join(userData, 'managed');
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const path = join(folder, 'policy.json');
  await writeFile(path, JSON.stringify(settings), { mode: 0o644 });
  return { RESET_DESK_POLICY_FILE: path };
}

test('where the organisation manages the server, the first start is one sign-in', async ({
  launchConsole,
  userData,
}) => {
  const staff = await startStaffedDesk({ realTime: true });
  const olga = await staff.hire('olga', 'Olga Operator', ['operator']);
  const environment = await managedBy(userData, {
    ServerUrl: staff.backend.address(),
    ServerLocked: true,
    SignIn: 'password',
    ColorScheme: 'dark',
    SpellingLanguage: 'fr',
    IdleLockSeconds: 5,
    UpdateColour: 'blue',
  });
  const { window } = await launchConsole(environment);
  const entrance = new Entrance(window);
  await expect(entrance.signInForm).toContainText(staff.backend.address());
  await expect(entrance.signInForm.getByTestId('managed-note')).toBeVisible();
  await expect(window.getByTestId('sign-in-other-server')).toBeHidden();
  await entrance.signIn(olga.password, olga.userName);
  await entrance.code.fill(olga.recoveryCodes[0] ?? '');
  await window.keyboard.press('Enter');
  await expect(new Desk(window).search).toBeVisible();

  const settings = new SettingsScreen(window);
  await settings.open('managed.title');
  const managed = settings.section('managed');
  await expect(managed).toContainText('Managed by your organisation');
  await expect(window.getByTestId('managed-ServerUrl')).toHaveText(staff.backend.address());
  await expect(window.getByTestId('managed-SignIn')).toHaveText('By password only');
  await expect(managed).toContainText('IdleLockSeconds');
  await expect(managed).toContainText('It must be a whole number from 30 to 86400.');
  await expect(managed).toContainText('UpdateColour');
  await expect(managed).toContainText('This version has no such setting.');

  await settings.open('settings.spelling.title');
  await expect(settings.spellingLanguage).toBeDisabled();
  await expect(settings.spellingLanguage).toHaveValue('fr');
  await settings.open('settings.appearance.title');
  await expect(settings.section('appearance')).toContainText('Managed by your organisation');
  await expect(settings.section('appearance').getByRole('radio').first()).toBeDisabled();
  await settings.open('settings.server.title');
  await expect(settings.section('server')).toContainText('Managed by your organisation');
  await expect(window.getByTestId('settings-server-disconnect')).toBeHidden();
  await staff.backend.stop();
});

test('a policy file that others can change is refused in words', async ({ launchConsole, userData }) => {
  const environment = await managedBy(userData, {
    ServerUrl: 'https://evil.example.com',
    ServerLocked: true,
  });
  await chmod(environment.RESET_DESK_POLICY_FILE, 0o666);
  const { window } = await launchConsole(environment);
  const entrance = new Entrance(window);
  await expect(entrance.useThisComputer).toBeVisible();
  await expect(entrance.serverAddress).toHaveValue('');
  await expect(window.getByTestId('managed-problems')).toContainText('Users other than root can change');
});
