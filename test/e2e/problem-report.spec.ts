import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openPromise } from 'yauzl';
import { codeFor } from '../backend/desk-call.ts';
import { expect, test } from '../fixtures/console.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { Desk } from '../screens/desk.ts';
import { administrator, Entrance } from '../screens/entrance.ts';
import { Handover } from '../screens/handover.ts';
import { Rail } from '../screens/rail.ts';
import { SettingsScreen } from '../screens/settings-screen.ts';

/** The files of a ZIP archive. */
async function unzip(path: string): Promise<Readonly<Record<string, string>>> {
  const archive = await openPromise(path);
  const files: Record<string, string> = {};
  for await (const entry of archive.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await archive.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    files[entry.fileName] = Buffer.concat(chunks).toString('utf8');
  }
  return files;
}

/** A secret as it may stand in a file. */
const formsOf = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('hex'),
];

test('no secret of any step is in a log, a database, a trace or the report of a problem', async ({
  launchConsole,
  openLink,
  mailSink,
  userData,
}) => {
  test.slow();
  const running = await launchConsole();
  const { app, window } = running;
  const entrance = new Entrance(window);
  const canaries: Record<string, string> = {
    'the operator’s password': administrator.password,
    'a wrong password': 'Canary-wrong-password-1',
    'the ticket of a link': 'CANARY-TICKET-2',
    'a link that is refused': 'canary-refused-link-3',
    'a password in the search': 'Canary.in.the.search.4',
  };
  await entrance.setUpThisComputer();
  const desk = new Desk(window);
  await desk.importSamples();
  await openLink(running, `resetdesk://account/m.okafor?ticket=${canaries['the ticket of a link']}`);
  await expect(desk.search).toHaveValue('m.okafor');
  await window.getByTestId('search-ticket-remove').click();
  await openLink(running, `resetdesk://reset/${canaries['a link that is refused']}`);
  await desk.search.fill(canaries['a password in the search'] ?? '');
  await desk.noHits.waitFor();
  await desk.open('m.okafor');
  const view = new CaseScreen(window);
  await view.sendCode.click();
  await view.readBack(await codeFor(mailSink, 'marlene.okafor@example.com'));
  await view.resetPassword.click();
  await view.confirm();
  const handover = new Handover(window);
  await handover.hidden.waitFor();
  await handover.keepShown.click();
  await expect(handover.shown).toHaveText(/^[A-Z][a-z]+(?:-[a-z]+){3}-\d\d$/);
  canaries['the temporary password'] = (await handover.shown.textContent()) ?? '';
  await handover.copy.click();
  await handover.done.click();
  await new Rail(window).signOut();
  await entrance.signIn(canaries['a wrong password']);
  await expect(entrance.failure).toBeVisible();
  await entrance.signIn();
  await expect(desk.search).toBeVisible();

  await new SettingsScreen(window).open('settings.diagnostics.title');
  await window.getByTestId('settings-diagnostics-report').click();
  await window.getByTestId('report-description').fill('The queue stays empty.');
  const target = join(userData, 'report.zip');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = (async () => ({ canceled: false, filePath })) as never;
  }, target);
  const shown: Record<string, string> = {};
  for (const name of ['facts.json', 'console.log']) {
    await window.getByRole('tab', { name: name === 'facts.json' ? 'Facts' : 'Log' }).click();
    shown[name] = (await window.getByTestId(`report-text-${name}`).textContent()) ?? '';
  }
  await window.getByTestId('report-save').click();
  await expect(window.getByTestId('report-saved')).toContainText('report.zip');
  const saved = await unzip(target);
  expect(saved).toEqual({ ...shown, 'description.txt': 'The queue stays empty.' });
  expect(JSON.parse(saved['facts.json'] ?? '')).toMatchObject({ server: 'this-computer', managed: [] });
  // Something was written that could have held them.
  expect(saved['console.log']).toContain('link refused');
  expect(JSON.stringify(saved)).not.toContain(userData.slice(userData.lastIndexOf('/') + 1));
  await app.close();

  const found: string[] = [];
  const search = (place: string, content: Buffer) => {
    for (const [what, secret] of Object.entries(canaries))
      if (formsOf(secret).some((form) => content.includes(form))) found.push(`${what}: ${place}`);
  };
  for (const [name, text] of Object.entries(saved)) search(`report/${name}`, Buffer.from(text));
  const files = (await readdir(userData, { recursive: true, withFileTypes: true })).filter((file) =>
    file.isFile(),
  );
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    search(path, await readFile(path));
  }
  expect(found).toEqual([]);
});
