import { Client } from 'ldapts';
import { codeFor } from '../backend/desk-call.ts';
import { startOpenldapLab } from '../directories/ldap-lab.ts';
import { expect, test } from '../fixtures/console.ts';
import { hasOpenldap } from '../fixtures/openldap.ts';
import { picture } from '../fixtures/picture.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { Desk } from '../screens/desk.ts';
import { DirectoriesSection } from '../screens/directories-section.ts';
import { Entrance } from '../screens/entrance.ts';
import { Handover } from '../screens/handover.ts';
import { Rail } from '../screens/rail.ts';
import { pasted } from './caller.ts';

test.skip(!hasOpenldap && process.env['CI'] === undefined, 'slapd is not installed');

test('a caller’s password is reset in an LDAP server that an administrator connected', async ({
  launchConsole,
  mailSink,
}) => {
  test.slow();
  const lab = await startOpenldapLab();
  const { baseDn } = lab.ldap;
  await lab.add({
    userName: 'zoe.example',
    displayName: 'Zoe Example',
    email: 'zoe.example@example.com',
    phones: ['+49 30 5550100', '+49 30 5550101'],
  });
  const { app, window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  await new Rail(window).open('settings');
  const directories = new DirectoriesSection(window);
  await directories.open();
  await directories.add.click();
  await directories.field('kind').selectOption('ldap');
  const fields = {
    name: 'Head office',
    servers: `${lab.server.host}:${lab.server.port}`,
    baseDn,
    serviceAccount: `cn=helpdesk,ou=services,${baseDn}`,
    secret: 'Service-4711-Passw0rd',
    include: `ou=people,${baseDn}`,
    defaultPolicy: `cn=default,ou=policies,${baseDn}`,
  };
  for (const [name, value] of Object.entries(fields)) await directories.field(name).fill(value);
  await directories.check.click();
  await expect(directories.step('certificate')).toHaveAttribute('data-outcome', 'failed');
  await directories.field('authorities').fill(lab.authorities);
  await directories.check.click();
  await expect(directories.step('bind')).toHaveAttribute('data-outcome', 'passed');
  // LDAP does not report rights to write.
  await expect(directories.step('rights')).toHaveAttribute('data-outcome', 'unchecked');
  await expect(directories.sample).toContainText('Zoe Example');
  await picture(app, window, (name) => test.info().outputPath(name), 'checked');
  await directories.save.click();
  await expect(directories.rows).toHaveAttribute('data-state', 'read', { timeout: 20_000 });
  await expect(directories.rows).toBeInViewport();

  await new Rail(window).open('desk');
  await new Desk(window).open('zoe.example');
  const view = new CaseScreen(window);
  await view.sendCode.click();
  await view.readBack(await codeFor(mailSink, 'zoe.example@example.com'));
  await view.resetPassword.waitFor();
  await window.keyboard.press('Enter');
  await view.confirm();
  await new Handover(window).copy.click();
  await expect.poll(() => pasted(app)).not.toBe('');
  const temporary = await pasted(app);
  const user = new Client({
    url: `ldaps://${lab.server.host}:${lab.server.port}`,
    tlsOptions: { ca: lab.authorities },
  });
  await user.bind(`uid=zoe.example,ou=people,${baseDn}`, temporary);
  await user.unbind();
  await lab.stop();
});
