import { join } from 'node:path';
import Database from 'libsql';
import { codeFor } from '../backend/desk-call.ts';
import { Secret } from '../../shared/secret/secret.ts';
import { startOpenldapLab } from '../directories/ldap-lab.ts';
import { expect, test } from '../fixtures/console.ts';
import { hasOpenldap } from '../fixtures/openldap.ts';
import { picture } from '../fixtures/picture.ts';
import { AccountLinksSection } from '../screens/account-links-section.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { Desk } from '../screens/desk.ts';
import { connectOpenldap } from '../screens/connect-openldap.ts';
import { Entrance } from '../screens/entrance.ts';
import { Handover } from '../screens/handover.ts';
import { Rail } from '../screens/rail.ts';
import { pasted } from './caller.ts';

test.skip(!hasOpenldap && process.env['CI'] === undefined, 'slapd is not installed');

const address = 'marlene.okafor@example.com';

test('a person’s accounts in two directories are reset in one call, unlinked and linked again', async ({
  launchConsole,
  mailSink,
  userData,
}) => {
  test.slow();
  const lab = await startOpenldapLab();
  await lab.add({ userName: 'm.okafor', displayName: 'Marlene Okafor', email: address });
  const { app, window } = await launchConsole();
  const shot = (name: string, within?: string) =>
    picture(app, window, (file) => test.info().outputPath(file), name, within);
  await new Entrance(window).setUpThisComputer();
  const desk = new Desk(window);
  await desk.importSamples();
  await connectOpenldap(window, lab);
  // A link counts for evidence after a week.
  const database = new Database(join(userData, 'backend', 'reset-desk.db'));
  database.prepare('update account_links set linked_at = 1').run([]);
  database.close();

  await new Rail(window).open('desk');
  await desk.search.fill('m.okafor');
  await expect(desk.hits.filter({ hasText: 'Head office' })).toHaveCount(1);
  await desk.hits.filter({ hasText: 'Built-in' }).first().click();
  const view = new CaseScreen(window);
  await view.sendCode.click();
  await view.readBack(await codeFor(mailSink, address));
  await view.resetPassword.waitFor();
  await window.keyboard.press('Enter');
  await view.confirm();
  const handover = new Handover(window);
  await handover.copy.click();
  await expect.poll(() => pasted(app)).not.toBe('');
  await expect(view.otherAccounts).toContainText('Head office: m.okafor');
  await expect(view.otherAccounts).toContainText('same email address');
  await shot('also-reset', 'aside');

  const first = await pasted(app);
  await window.keyboard.press('o');
  await expect(view.takenOver).toContainText('counts here: emailed code');
  await view.resetPassword.waitFor();
  await shot('other-account');
  await window.keyboard.press('Enter');
  await view.confirm();
  await handover.copy.click();
  await expect.poll(() => pasted(app)).not.toBe(first);
  const inOther = lab.connect();
  const verdict = inOther.verifyPassword(await lab.keyOf('m.okafor'), new Secret(await pasted(app)));
  expect(await verdict).toBe('must-change');
  await inOther.close();
  await handover.done.click();
  await expect(desk.search).toBeFocused();

  await new Rail(window).open('accounts');
  const links = new AccountLinksSection(window);
  await links.find.fill('m.okafor');
  await expect(links.linked).toHaveCount(2);
  await links.unlink.first().click();
  await links.confirm('Two persons, it seemed');
  await expect(links.unlinked.first()).toContainText('Two persons, it seemed');
  await shot('unlinked', 'main');
  await links.relink.first().click();
  await links.confirm('One person after all');
  await expect(links.linked).toHaveCount(2);
  await expect(links.unlinked).toHaveCount(0);
  await lab.stop();
});
