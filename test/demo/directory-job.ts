import { codeFor } from '../backend/desk-call.ts';
import { servicePassword } from '../directories/lab.ts';
import type { PlayedDirectory } from '../directories/played-directories.ts';
import { Secret } from '../../shared/secret/secret.ts';
import { pasted } from '../e2e/caller.ts';
import { startMailSink } from '../fixtures/mail-sink.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { Desk } from '../screens/desk.ts';
import { DirectoriesSection } from '../screens/directories-section.ts';
import { Entrance } from '../screens/entrance.ts';
import { Handover } from '../screens/handover.ts';
import { Rail } from '../screens/rail.ts';
import { startDemoConsole, type Show } from './demo-console.ts';

/** What the operator would paste, once the console has put it on the clipboard. */
async function copied(app: Parameters<typeof pasted>[0]): Promise<string> {
  for (;;) {
    const text = await pasted(app);
    if (text !== '') return text;
  }
}

/** From the first start to a temporary password in a real directory. Throws unless the directory accepts it and demands a change. */
export async function playDirectoryJob(show: Show, start: () => Promise<PlayedDirectory>): Promise<string> {
  const { lab, kind, fields } = await start();
  const email = 'zoe.example@example.com';
  const key = await lab.add({ userName: 'zoe.example', displayName: 'Zoe Example', email });
  const sink = await startMailSink();
  // An address that users can reach, so that reset links are offered.
  const console = await startDemoConsole({
    RESET_DESK_SMTP_URL: sink.url,
    RESET_DESK_PUBLIC_URL: 'https://desk.example.com',
  });
  const { app, window } = console;
  const step = (name: string, what: string) => show(console, name, what);
  try {
    await new Entrance(window).setUpThisComputer();
    await new Rail(window).open('settings');
    const directories = new DirectoriesSection(window);
    await directories.open();
    await step('directories', 'No directory is connected yet.');
    await directories.add.click();
    await directories.field('kind').selectOption(kind);
    for (const [name, value] of Object.entries({ name: 'Head office', secret: servicePassword, ...fields }))
      await directories.field(name).fill(value);
    await directories.check.click();
    await directories.sample.scrollIntoViewIfNeeded();
    await step('checked', 'The check passes, and shows one account as the settings read it.');
    await directories.save.click();
    await window.locator('[data-testid=directory-row][data-state=read]').waitFor({ timeout: 60_000 });
    await step('read', 'The accounts are in the index.');
    await new Rail(window).open('desk');
    await new Desk(window).open('zoe.example');
    await step('case', 'A case is about an account of the directory.');
    const view = new CaseScreen(window);
    await view.sendCode.click();
    await view.readBack(await codeFor(sink, email));
    await view.resetPassword.waitFor();
    await step('verified', 'The caller has read back the mailed code.');
    await window.keyboard.press('Enter');
    await view.confirm();
    const handover = new Handover(window);
    await handover.copy.waitFor();
    await step('handover', 'The directory has accepted the temporary password.');
    await handover.copy.click();
    const directory = lab.connect();
    const outcome = await directory.verifyPassword(key, new Secret(await copied(app)));
    await directory.close();
    if (outcome !== 'must-change') throw new Error(`The directory answered: ${outcome}`);
    return `The directory answered a sign-in with the temporary password: \`${outcome}\`.`;
  } finally {
    await console.close();
    await sink.stop();
    await lab.stop();
  }
}
