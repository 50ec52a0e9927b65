import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { dropFiles } from '../fixtures/drop-files.ts';
import { picture } from '../fixtures/picture.ts';
import { workbook } from '../fixtures/workbook.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';
import { ImportScreen } from '../screens/import-screen.ts';

test('the rejected rows of a Windows-1252 file with semicolons are saved as a report', async ({
  launchConsole,
  userData,
}) => {
  const { app, window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  const lines = [
    'Benutzername;Anzeigename;E-Mail;Abteilung',
    'j.muller;"M\u00FCller;\r\nJ\u00FCrgen";j.mueller@example.com;Werk',
    'b.ad;"Bea" Bad;b.ad@example.com;Werk',
    'n.ame;;n.ame@example.com;Werk',
    'f ormula;=1+1;no-address;Werk',
    'a.fter;Ada After;a.fter@example.com;Werk',
  ];
  const file = join(userData, 'people.csv');
  await writeFile(file, Buffer.from(lines.join('\r\n'), 'latin1'));
  const report = join(userData, 'refused.csv');
  await answerDialogs(app, file, report);

  await new Desk(window).importFile.click();
  await new ImportScreen(window).choose.click();
  await expect(new ImportScreen(window).encoding).toHaveValue('windows-1252');
  await expect(new ImportScreen(window).delimiter).toHaveValue(';');
  await new ImportScreen(window).run.click();
  await new ImportScreen(window).confirm.click();
  await expect(new ImportScreen(window).screen).toContainText('Imported people.csv');
  await expect(new ImportScreen(window).refusals).toContainText([
    /Line/,
    /^4.*A quotation mark is misplaced/,
    /^5.*No name/,
    /^6.*User name contains characters/,
  ]);
  await new ImportScreen(window).saveReport.click();
  await expect(new ImportScreen(window).screen).toContainText('Saved as refused.csv.');
  expect((await readFile(report, 'utf8')).split('\r\n').map((line) => line.split(',')[0])).toEqual([
    '"Line"',
    '"4"',
    '"5"',
    '"6"',
    '',
  ]);
  await new ImportScreen(window).done.click();
  const desk = new Desk(window);
  await desk.search.fill('muller jurgen');
  await expect(desk.hits).toContainText(['j.muller']);
  await desk.search.fill('ada');
  await expect(desk.hits).toContainText(['a.fter']);
});

test('a CSV file dropped on the import screen is imported', async ({ launchConsole, userData }) => {
  const { window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  await new Desk(window).importFile.click();
  const place = new ImportScreen(window).dropZone;
  await dropFiles(window, place, [userData]);
  await expect(new ImportScreen(window).failure).toBeVisible();
  await expect(place).toHaveAttribute('data-over', 'false');

  const file = join(userData, 'dragged people.csv');
  await writeFile(file, 'username,name,email\nd.ragged,Dora Ragged,d.ragged@example.com\n');
  await dropFiles(window, place, [file]);
  await expect(new ImportScreen(window).preview).toContainText('Dora Ragged');
  await new ImportScreen(window).run.click();
  await new ImportScreen(window).confirm.click();
  await expect(new ImportScreen(window).screen).toContainText('Imported dragged people.csv');
  await new ImportScreen(window).done.click();
  const desk = new Desk(window);
  await desk.search.fill('ragged');
  await expect(desk.hits).toContainText(['d.ragged']);
});

test('a large import leaves the window free until it is cancelled', async ({ launchConsole, userData }) => {
  const { app, window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  const rows = Array.from({ length: 200_000 }, (_, at) => `u${at},User ${at},u${at}@example.com\n`);
  const file = join(userData, 'many.csv');
  await writeFile(file, `username,name,email\n${rows.join('')}`);
  await answerDialogs(app, file, file);
  await new Desk(window).importFile.click();
  await new ImportScreen(window).choose.click();
  await new ImportScreen(window).run.click();
  const bar = new ImportScreen(window).progressBar;
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
  await new ImportScreen(window).confirm.waitFor({ timeout: 60_000 });
  await new ImportScreen(window).confirm.click();
  // While it runs, a search is answered.
  const { search, hits } = new Desk(window);
  // A search that is answered before the first rows are committed finds no account.
  await expect(async () => {
    await search.fill('');
    await search.fill('user 1');
    await hits.first().waitFor({ timeout: 3000 });
  }).toPass();
  await search.press('Escape');
  await new ImportScreen(window).cancel.click();
  await expect(new ImportScreen(window).screen).toContainText('The import was cancelled.');
  await expect(new ImportScreen(window).done).toBeVisible();
});

async function answerDialogs(app: ElectronApplication, opened: string, saved: string): Promise<void> {
  await app.evaluate(
    ({ dialog }, paths) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [paths.opened] });
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: paths.saved });
    },
    { opened, saved },
  );
}

test('an export of Active Directory is read with its statuses and dates', async ({
  launchConsole,
  userData,
}, testInfo) => {
  const { app, window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  const file = join(userData, 'csvde.csv');
  const rows = [
    '#TYPE Selected.Microsoft.ActiveDirectory.Management.ADUser',
    'DN,sAMAccountName,displayName,mail,telephoneNumber,mobile,userAccountControl,accountExpires,thumbnailPhoto,Mitarbeiterstatus,Sonderstatus',
    `"CN=Timo Aalto,DC=example,DC=com",taalto,Timo Aalto,timo@example.com,+358 9 5550101,,512,9223372036854775807,X'${'ab'.repeat(50_000)}',Aktiv,Blockiert`,
    '"CN=Old Leaver,DC=example,DC=com",oleaver,Old Leaver,old@example.com,,n/a,514,132223104000000000,,Karenz,Aktiv',
    '"CN=Ida Holm,DC=example,DC=com",iholm,Ida Größer,SMTP:ida@example.com,,+358 50 5550102,512,0,,Aktiv,Aktiv',
  ];
  await writeFile(file, rows.join('\r\n'));
  await answerDialogs(app, file, join(userData, 'refused.csv'));
  await new Desk(window).importFile.click();
  const screen = new ImportScreen(window);
  await screen.choose.click();
  await expect(screen.notices).toContainText('This file was exported from Active Directory.');
  await expect(screen.notices).toContainText('#TYPE Selected');
  await expect(screen.headerLine).toHaveValue('2');
  // Names beyond ASCII come first; the photograph's column is not mapped.
  await expect(screen.people).toContainText([
    /^5.*iholm.*Ida Größer.*ida@example.com.*\+358 50 5550102.*Active/,
    /taalto/,
    /^4.*Disabled/,
  ]);
  await expect(screen.statuses).toContainText('“Karenz” (1 row)');
  await expect(screen.unused).toContainText('Column “Sonderstatus” looks like “Status”');
  await picture(app, window, (name) => testInfo.outputPath(name), 'import-mapping');
  await screen.unused.getByRole('button').click();
  await expect(screen.unused).toHaveCount(0);
  await expect(screen.people).toContainText([/Active/, /^3.*taalto.*Disabled/]);
  await screen.statuses.getByRole('combobox').selectOption('locked');
  await expect(screen.people).toContainText([/iholm/, /taalto/, /^4.*Disabled, Locked/]);
});

test('the dry run of an Entra ID export shows disabled people as disabled', async ({
  launchConsole,
  userData,
}) => {
  const { app, window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  const file = join(userData, 'entra.csv');
  const rows = [
    'userPrincipalName,displayName,surname,mail,givenName,id,userType,jobTitle,department,accountEnabled,usageLocation,streetAddress,state,country,officeLocation,city,postalCode,telephoneNumber,mobilePhone',
    'jane@example.com,Jane Doe,Doe,jane@example.com,Jane,11111111-1111-4111-8111-111111111111,Member,Clerk,Finance,True,DE,Main 1,Hessen,Germany,HQ,Kassel,34117,,+49 151 5550101',
    'old@example.com,Old User,User,old@example.com,Old,22222222-2222-4222-8222-222222222222,Member,Clerk,Finance,False,DE,Main 1,Hessen,Germany,HQ,Kassel,34117,+49 561 5550102,',
  ];
  await writeFile(file, rows.join('\r\n'));
  await answerDialogs(app, file, join(userData, 'refused.csv'));
  await new Desk(window).importFile.click();
  const screen = new ImportScreen(window);
  await screen.choose.click();
  await expect(screen.notices).toContainText('Entra ID');
  // The region is not read as a status, and the mobile number is the phone number if there is no other.
  await expect(screen.people).toContainText([
    /jane@example.com.*\+49 151 5550101.*Active/,
    /old@example.com.*Disabled/,
  ]);
  await screen.run.click();
  await expect(screen.screen).toContainText('What entra.csv changes');
  await expect(screen.rows).toHaveCount(3);
  await screen.confirm.click();
  await expect(screen.screen).toContainText('Imported entra.csv');
  await screen.done.click();
  const desk = new Desk(window);
  await desk.search.fill('Old User');
  await expect(desk.hits.first()).toContainText('Disabled');
});

test('an Excel workbook is read whole', async ({ launchConsole, userData }) => {
  const { window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  await new Desk(window).importFile.click();
  const screen = new ImportScreen(window);
  const old = join(userData, 'people.xls');
  await writeFile(old, Buffer.from('d0cf11e0a1b11ae1', 'hex'));
  await dropFiles(window, screen.dropZone, [old]);
  await expect(screen.failure).toContainText('Excel 97–2003 (.xls)');
  const file = join(userData, 'people.xlsx');
  // Incompressible texts, so that the workbook is larger than the head of a CSV file.
  const filler = Array.from({ length: 12_000 }, (_row, at) => [
    `u${at}`,
    `Ann ${randomUUID()}`,
    `u${at}@example.com`,
  ]);
  await writeFile(
    file,
    workbook([
      ['Benutzername', 'Anzeigename', 'E-Mail'],
      ['d.ragged', 'Dora Größer', 'd@example.com'],
      ...filler,
    ]),
  );
  await dropFiles(window, screen.dropZone, [file]);
  await expect(screen.people).toContainText([/^2.*d\.ragged.*Dora Größer/, /^3.*u0/]);
  await expect(screen.encoding).toHaveCount(0);
});
