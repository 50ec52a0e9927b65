import { expect, type Page } from '@playwright/test';
import { servicePassword } from '../directories/lab.ts';
import type { LdapLab } from '../directories/ldap-lab.ts';
import { DirectoriesSection } from './directories-section.ts';
import { SettingsScreen } from './settings-screen.ts';

/** Connects an OpenLDAP in the settings, as “Head office”, and waits until its accounts are read. */
export async function connectOpenldap(window: Page, { ldap: { baseDn }, server, authorities }: LdapLab) {
  await new SettingsScreen(window).open('directories.title');
  const directories = new DirectoriesSection(window);
  await directories.add.click();
  await directories.field('kind').selectOption('ldap');
  const fields = {
    name: 'Head office',
    servers: `${server.host}:${server.port}`,
    authorities,
    baseDn,
    serviceAccount: `cn=helpdesk,ou=services,${baseDn}`,
    secret: servicePassword,
    include: `ou=people,${baseDn}`,
    privilegedGroups: `cn=outer,ou=groups,${baseDn}`,
    defaultPolicy: `cn=default,ou=policies,${baseDn}`,
  };
  for (const [name, value] of Object.entries(fields)) await directories.field(name).fill(value);
  await directories.check.click();
  await expect(directories.step('bind')).toHaveAttribute('data-outcome', 'passed');
  await directories.save.click();
  await expect(directories.rows).toHaveAttribute('data-state', 'read', { timeout: 20_000 });
}
