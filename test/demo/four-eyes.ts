import type { CaseView } from '../../shared/api/case.ts';
import { codeFor } from '../backend/desk-call.ts';
import { startStaffedDesk, type Member } from '../backend/staffed-desk.ts';
import { startMailSink, type MailSink } from '../fixtures/mail-sink.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';
import { Queue } from '../screens/queue.ts';
import { startDemoConsole, type DemoConsole, type Show } from './demo-console.ts';

/** A privileged account among the samples, with an address and a number. */
const [privileged, privilegedAddress] = ['E10059', 'grace.nguyen59@example.com'];

/** Fails the call-back in the operator's own case, as with a caller who is not the owner. */
async function failCallBack(by: Member): Promise<void> {
  const opened = await by.openCase(privileged);
  const { body } = await by.call<{ case: CaseView }>('POST', `/cases/${opened.id}/checks`, {
    kind: 'call-back',
  });
  const check = body.case.checks.find(({ kind }) => kind === 'call-back')?.attempt?.id ?? '';
  await by.call('POST', `/cases/${opened.id}/checks/${check}/answer`, {
    kind: 'call-back',
    outcome: 'denied',
    note: 'The owner knew of no call.',
  });
  await by.call('POST', `/cases/${opened.id}/close`);
}

/** Sends mails to a mail server, as an organisation does, instead of keeping them in the outbox. */
async function useMailServer(administrator: Member, { port }: MailSink): Promise<void> {
  await administrator.prove();
  const { body } = await administrator.call<object>('GET', '/settings/mail');
  const server = { transport: 'smtp', host: '127.0.0.1', port, security: 'none', userName: '' };
  const { status } = await administrator.call('PUT', '/settings/mail', { ...body, ...server });
  if (status !== 200) throw new Error(`the mail server was not accepted: ${status}`);
}

/** A privileged account, an operator and an approver at two consoles, a refusal, and a raised alert. */
export async function playFourEyes(show: Show): Promise<void> {
  const sink = await startMailSink();
  const staff = await startStaffedDesk({ realTime: true, publicUrl: 'https://desk.example.com' });
  const consoles: DemoConsole[] = [];
  const enter = async ({ userName, password, recoveryCodes }: Member): Promise<DemoConsole> => {
    const console = await startDemoConsole();
    consoles.push(console);
    const code = recoveryCodes[0] ?? '';
    await new Entrance(console.window).joinServer(staff.backend.address(), { userName, password, code });
    return console;
  };
  try {
    const olga = await staff.hire('olga', 'Olga Operator', ['operator']);
    const otto = await staff.hire('otto', 'Otto Operator', ['operator']);
    const petra = await staff.hire('petra', 'Petra Approver', ['approver']);
    await useMailServer(staff.ann, sink);
    await failCallBack(otto);
    const hers = await enter(olga);
    const theirs = await enter(petra);
    const { window } = hers;
    const view = new CaseScreen(window);

    await new Desk(window).open(privileged);
    await window.getByRole('note').first().waitFor();
    await show(hers, 'memory', 'Another operator’s failed check is remembered under who it is.');
    await view.sendCode.click();
    await new CaseScreen(window).firstDigit.waitFor();
    await view.readBack(await codeFor(sink, privilegedAddress));
    await view.points(60).waitFor();
    await show(hers, 'meter-half', 'The meter is half full, and says which checks would fill it.');
    await view.seeInPerson('4711', 'Stood at the desk with her staff badge');
    await new CaseScreen(window).askApprover.waitFor();
    await show(hers, 'meter-full', 'Enough points; a privileged account needs four eyes as well.');
    await window.keyboard.press('Enter');
    await view.approvalPending.waitFor();

    const queue = new Queue(theirs.window);
    await queue.open();
    await queue.evidence.first().waitFor();
    await show(theirs, 'approval-queue', 'The approver sees who asks, why, and on which evidence.');
    await queue.answer('approve', 'I have seen her badge too', petra.password);
    await view.resetPassword.waitFor();
    await show(hers, 'approved', 'The operator is told at once, and may reset.');

    await new Desk(window).open('m.okafor');
    await window.keyboard.press('r');
    await view.dialog.waitFor();
    await view.refusalReason('suspicious').press('Space');
    await show(hers, 'refusal', 'A refusal is one key away, with the sentence for the caller.');
    await view.confirmRefusal.click();
    await view.next.waitFor();
    await show(hers, 'refused', 'The case has ended kindly; the approvers know.');

    await petra.prove();
    await petra.call('POST', '/alert', {
      scope: 'all',
      reason: 'Callers have been after many accounts since this morning.',
    });
    await new Desk(window).alertBanner.waitFor();
    await show(hers, 'raised-alert', 'While the alert is raised, every console says so.');
    await queue.accounts.first().waitFor();
    await show(theirs, 'flagged', 'The flagged account waits in the approvers’ queue.');
  } catch (thrown) {
    // A picture of each console shows the failure.
    for (const [at, console] of consoles.entries())
      await show(console, `failed-${at + 1}`, 'It stopped here.');
    throw thrown;
  } finally {
    for (const console of consoles) await console.close();
    await staff.backend.stop();
    await sink.stop();
  }
}
