import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { violationsOf } from '../fixtures/axe.ts';
import { expect, test } from '../fixtures/console.ts';
import { Entrance } from '../screens/entrance.ts';
import { OperatorListDialog, OperatorsSection, SettingsScreen } from '../screens/settings-screen.ts';

const header = 'Name;E-Mail;Benutzername;Rolle';
const rows = [
  'Löwe, Lea;lea@example.com;lea;Bearbeiter',
  'Max Zwei;max@example.com;max;Chef',
  'Ann Drei;ann3@example.com;ann;Prüfer',
  'Uli Vier;uli@example.com;;Freigeber, Bearbeiter',
];

test('operators of a list are invited, and its rows with problems can be corrected', async ({
  launchConsole,
  mailSink,
  userData,
}) => {
  const { window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  await new SettingsScreen(window).open('operators.title');
  const list = new OperatorListDialog(window);
  await list.open.click();
  const file = join(userData, 'desk.csv');
  // As Excel writes it in Germany.
  await writeFile(file, Buffer.from([header, ...rows].join('\r\n'), 'latin1'));
  await list.choose(file);
  await expect(list.count).toHaveText(/^desk\.csv.*2 of 4/);
  await expect(list.rows).toContainText([
    /Line/,
    /Löwe, Lea.*lea.*Operator.*/,
    /Max Zwei.*Unknown role: Chef/,
    /Ann Drei.*user name/i,
    /Uli Vier.*uli.*Operator, Approver|Uli Vier.*uli.*Approver, Operator/,
  ]);
  expect.soft(await violationsOf(window)).toEqual([]);

  await writeFile(file, [header, ...rows].join('\r\n').replace('Chef', 'Bearbeiter'));
  await list.choose(file);
  await expect(list.count).toHaveText(/3 of 4/);
  await list.invite.click();
  const operators = new OperatorsSection(window);
  for (const userName of ['lea', 'max', 'uli'])
    await expect(operators.row(userName)).toContainText('Invited');
  await expect(operators.row('ann')).toHaveCount(1);
  for (const to of ['lea@example.com', 'max@example.com', 'uli@example.com'])
    expect((await mailSink.mailTo(to)).text).toMatch(/\/invitation\//);
});
