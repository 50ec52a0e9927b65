import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../fixtures/console.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';
import { ImportScreen } from '../screens/import-screen.ts';
import { Rail } from '../screens/rail.ts';

const header = 'SamAccountName,Name,mail,EmployeeID,objectGUID,Enabled,Manager';
const first = [
  header,
  'rsmith,Rita Smith,rita.smith@example.com,1001,11111111-0000-0000-0000-000000000001,True,"CN=Eva Boss,OU=Staff"',
  'eboss,Eva Boss,eva.boss@example.com,1000,11111111-0000-0000-0000-000000000002,True,',
  'oleaver,Olaf Leaver,olaf@example.com,999,11111111-0000-0000-0000-000000000003,False,',
];
const second = [
  header,
  'rsmith,Ron Smith,ron.smith@example.com,2002,{11111111-0000-0000-0000-0000000000FF},True,"Boss, Eva"',
  'eboss,Eva Chief,eva.boss@example.com,1000,{11111111-0000-0000-0000-000000000002},True,',
  'oleaver,Olaf Leaver,olaf@example.com,999,11111111-0000-0000-0000-000000000003,False,',
];

test('a reused user name in an Active Directory export becomes a new person', async ({
  launchConsole,
  userData,
}) => {
  const { app, window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  const choose = async (name: string, lines: readonly string[]) => {
    const file = join(userData, name);
    await writeFile(file, lines.join('\r\n'));
    await app.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
    }, file);
    await imports.choose.click();
    await imports.run.click();
  };
  const imports = new ImportScreen(window);
  const desk = new Desk(window);
  await desk.importFile.click();
  await choose('monday.csv', first);
  await expect(imports.screen).toContainText('What monday.csv changes');
  await expect(imports.rows).toHaveCount(4);
  await imports.confirm.click();
  await expect(imports.screen).toContainText('Imported monday.csv');
  await imports.done.click();

  await new Rail(window).open('import');
  await choose('tuesday.csv', second);
  await expect(imports.rows.last()).toContainText('The user name belongs to a person with another ID');
  await imports.kinds.getByText('Changed').click();
  await expect(imports.rows.last()).toContainText('Eva Boss → Eva Chief');
  if (process.env['SHOTS']) await window.screenshot({ path: `${process.env['SHOTS']}/dry-run.png` });
  await imports.confirm.click();
  await expect(imports.screen).toContainText('Imported tuesday.csv');
  await expect(imports.undo).toBeVisible();
  await imports.done.click();
  await desk.search.fill('rita');
  await expect(desk.hits).toContainText(['Rita Smith']);
  await desk.search.press('Escape');

  await new Rail(window).open('accounts');
  const held = window.getByTestId('held-row');
  await expect(held).toContainText('Ron Smith');
  await expect(held).toContainText('Rita Smith');
  if (process.env['SHOTS']) {
    await window.screenshot({ path: `${process.env['SHOTS']}/accounts.png` });
    await window.emulateMedia({ colorScheme: 'dark' });
    await window.screenshot({ path: `${process.env['SHOTS']}/accounts-dark.png` });
    await window.emulateMedia({ colorScheme: 'light' });
  }
  await held.getByTestId('held-new-person').click();
  await window.getByTestId('reason').fill('Ron started on Monday');
  await window.getByTestId('reason-confirm').click();
  await expect(held).toHaveCount(0);
  await new Rail(window).open('desk');
  await desk.search.fill('rsmith');
  await expect(desk.hits.first()).toContainText('Ron Smith');
  await expect(desk.hits.filter({ hasText: 'Rita Smith' })).toContainText('rsmith~closed-');
});
