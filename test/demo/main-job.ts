import { codeFor } from '../backend/desk-call.ts';
import { callerAt, pasted } from '../e2e/caller.ts';
import { startMailSink } from '../fixtures/mail-sink.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';
import { Handover } from '../screens/handover.ts';
import { startDemoConsole, type Show } from './demo-console.ts';
import { Rail } from '../screens/rail.ts';
import { SettingsScreen } from '../screens/settings-screen.ts';

/** From the first start to a caller who has chosen a password; returns the caller's result. */
export async function playMainJob(show: Show): Promise<string> {
  const sink = await startMailSink();
  const console = await startDemoConsole({
    RESET_DESK_SMTP_URL: sink.url,
    RESET_DESK_PUBLIC_URL: 'https://desk.example.com',
  });
  const { app, window } = console;
  const step = (name: string, what: string) => show(console, name, what);
  try {
    await new Entrance(window).useThisComputer.waitFor();
    await step('choose-server', 'The first start asks where accounts live.');
    await new Entrance(window).useThisComputer.click();
    await new Entrance(window).fillAdministrator();
    await step('first-administrator', 'The first administrator chooses a password; there is no default one.');
    await new Entrance(window).createAdministrator.click();
    await new Desk(window).empty.waitFor();
    await step('no-accounts', 'The desk says what to do next: import accounts.');
    const desk = new Desk(window);
    await desk.importSamples();
    await step('desk', 'With 500 invented people the desk is ready.');
    await desk.search.fill('okaf marl');
    await desk.hits.first().waitFor();
    await step('search', 'The caller gives a name; the words may come in any order.');
    await desk.open('okaf marl');
    await step('case', 'Enter opens a case about the first hit.');
    const view = new CaseScreen(window);
    await view.sendCode.click();
    await new CaseScreen(window).firstDigit.waitFor();
    await step('code', 'A code was mailed to the address on file; the caller reads it back.');
    await view.readBack(await codeFor(sink, 'marlene.okafor@example.com'));
    await view.resetPassword.waitFor();
    await step('verified', 'The backend has counted enough assurance: the reset is open.');
    await window.keyboard.press('Enter');
    await view.dialog.waitFor();
    await step('confirmation', 'The confirmation names the user.');
    await view.confirm();
    const handover = new Handover(window);
    await handover.hidden.waitFor();
    await step('handover', 'The temporary password is there, hidden until it is held.');
    await handover.copy.click();
    const temporary = await pasted(app);
    const caller = await callerAt(window);
    const signedIn = await caller.signIn('m.okafor', temporary);
    const changed = await caller.choose('Quiet+Harbour7');
    await handover.done.click();
    await new Desk(window).today.waitFor();
    await step('next-caller', 'Done: the desk is ready for the next caller.');
    await new Rail(window).open('settings');
    await new SettingsScreen(window).screen.waitFor();
    await step('settings', 'Mail and policy are set here.');
    return `The caller signed in with it (led to \`${signedIn.to}\`) and chose an own one (led to \`${changed.to}\`).`;
  } finally {
    await console.close();
    await sink.stop();
  }
}
