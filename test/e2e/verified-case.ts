import type { Page } from '@playwright/test';
import { codeFor } from '../backend/desk-call.ts';
import type { MailSink } from '../fixtures/mail-sink.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';

/** Sets up a new desk with the sample accounts, and opens a case of Marlene Okafor's account that an emailed code verified. */
export async function openVerifiedCase(window: Page, mailSink: MailSink): Promise<CaseScreen> {
  await new Entrance(window).setUpThisComputer();
  const desk = new Desk(window);
  await desk.importSamples();
  await desk.open('m.okafor');
  const view = new CaseScreen(window);
  await view.sendCode.click();
  await view.readBack(await codeFor(mailSink, 'marlene.okafor@example.com'));
  return view;
}
