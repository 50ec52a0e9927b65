import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../fixtures/console.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';
import { ImportScreen } from '../screens/import-screen.ts';

const script = '<img src=x onerror="window.executed=true"> Script';
const arabic = '\u202Eمارلين أوكافور\u202C';
const combining = 'Zoe\u0308 Na\u0308tka\u0301';
const long = 'Extraordinarily-long-name-without-any-space-'.repeat(2).slice(0, 60);

test('names that are markup, right-to-left, combined or long are text and nothing else', async ({
  launchConsole,
  userData,
}) => {
  const { app, window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  const file = join(userData, 'accounts.csv');
  const rows = [script, arabic, combining, long].map(
    (name, index) => `u${index};"${name.replaceAll('"', '""')}"`,
  );
  await writeFile(file, `\uFEFFuserName;displayName\r\n${rows.join('\r\n')}\r\n`);
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, file);
  await new Desk(window).importFile.click();
  await new ImportScreen(window).choose.click();
  await new ImportScreen(window).run.click();
  await new ImportScreen(window).confirm.click();
  await new ImportScreen(window).done.click();
  const desk = new Desk(window);
  for (const [typed, name] of [
    ['script', script],
    ['أوكافور', 'مارلين'],
    ['zoe natka', combining],
    ['extraordinarily', long],
  ] as const) {
    await desk.search.fill(typed);
    await expect(desk.hits.first()).toContainText(name);
  }
  await desk.search.fill('script');
  await expect(desk.hits).toHaveCount(1);
  await desk.search.press('Enter');
  await expect(window.getByRole('heading', { level: 1 })).toContainText('<img src=x');
  expect(await window.evaluate(() => 'executed' in window)).toBe(false);
});

test.describe('a search for', () => {
  test('signs of SQL, LDAP and FTS finds no account and breaks nothing', async ({ launchConsole }) => {
    const { window } = await launchConsole();
    await new Entrance(window).setUpThisComputer();
    const desk = new Desk(window);
    await desk.importSamples();
    for (const typed of ["' or 1=1 --", '*)(uid=*))(|(uid=*', 'NEAR("a" b) AND ^c*', 'x'.repeat(200)]) {
      await desk.search.fill(typed);
      await expect(new Desk(window).noHits).toContainText(typed.trim().slice(0, 40));
    }
    await desk.search.fill('okafor');
    await expect(desk.hits.first()).toContainText('Marlene Okafor');
  });
});

test('the import screen stays usable after it refused a file that is not CSV', async ({
  launchConsole,
  userData,
}) => {
  const { app, window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  const file = join(userData, 'empty.csv');
  await writeFile(file, '');
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, file);
  await new Desk(window).importFile.click();
  await new ImportScreen(window).choose.click();
  await expect(new ImportScreen(window).failure).toBeVisible();
  await expect(new ImportScreen(window).choose).toBeEnabled();
});
