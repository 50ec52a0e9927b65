import { codeAt } from '../backend/join-operator.ts';
import { startPassword } from '../directories/lab.ts';
import { startOpenldapLab } from '../directories/ldap-lab.ts';
import { expect, test } from '../fixtures/console.ts';
import { hasOpenldap } from '../fixtures/openldap.ts';
import { picture } from '../fixtures/picture.ts';
import { connectOpenldap } from '../screens/connect-openldap.ts';
import { Desk } from '../screens/desk.ts';
import { administrator, Entrance, Lock } from '../screens/entrance.ts';
import { Rail } from '../screens/rail.ts';
import {
  DirectorySignInSection,
  OperatorsSection,
  SecondFactor,
  SettingsScreen,
} from '../screens/settings-screen.ts';

test.skip(!hasOpenldap && process.env['CI'] === undefined, 'slapd is not installed');

test('operators sign in with their directory, which the administrator sets up', async ({ launchConsole }) => {
  test.slow();
  const lab = await startOpenldapLab();
  const { baseDn } = lab.ldap;
  await lab.add({ userName: 'olga.night', displayName: 'Olga Night', isPrivileged: true });
  await lab.add({ userName: 'paul.none', displayName: 'Paul None', department: 'Sales' });
  const { app, window } = await launchConsole();
  const shot = (name: string, within?: string) =>
    picture(app, window, (file) => test.info().outputPath(file), name, within);
  const [entrance, rail, settings] = [new Entrance(window), new Rail(window), new SettingsScreen(window)];
  const signOut = async () => {
    await rail.signOut();
    await entrance.signInForm.waitFor();
  };
  const setUpFactor = async () => {
    const factor = new SecondFactor(window);
    const secret = await factor.secret();
    await factor.code.fill(codeAt(secret, Date.now() - 30_000));
    await window.keyboard.press('Enter');
    await factor.saved.check();
    await factor.proceed.click();
  };
  await entrance.setUpThisComputer();
  await connectOpenldap(window, lab);

  await settings.open('operators.directory.title');
  const section = new DirectorySignInSection(window);
  await expect(section.local).toContainText(administrator.displayName);
  await section.directory.selectOption('Head office');
  await section.groups('operator').fill(`cn=night,ou=groups,${baseDn}\ncn=outer,ou=groups,${baseDn}`);
  await section.limitTo('Sales');
  await section.enabled.check();
  await section.save.click();
  await expect(section.message).toHaveText('Saved.');
  await shot('settings', 'main');
  await signOut();

  await entrance.signIn(startPassword, 'another.person');
  await expect(entrance.failure).toContainText('user name or the password is wrong');
  await entrance.signIn(startPassword, 'paul.none');
  await expect(entrance.failure).toContainText('group');
  await shot('no-group');
  await entrance.signIn(startPassword, 'olga.night');
  await setUpFactor();
  await rail.waitForOperator('Olga');
  // The scope of new operators: the department Sales.
  const desk = new Desk(window);
  await desk.search.fill('none');
  await expect(desk.hits.first()).toContainText('Paul None');
  await desk.search.fill('olga');
  await expect(desk.hits.filter({ hasText: 'Olga Night' })).toContainText('Outside your scope');

  await rail.lock();
  const lock = new Lock(window);
  await lock.password.fill(startPassword);
  await lock.unlock.click();
  await rail.waitForOperator('Olga');
  await signOut();

  await entrance.signIn();
  await setUpFactor();
  await rail.waitForOperator('Ann');
  await settings.open('operators.title');
  await expect(new OperatorsSection(window).row('olga.night')).toContainText('Sales');
  await lab.stop();
});
