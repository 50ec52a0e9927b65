import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { verifyPack } from '../../backend/audit/evidence-pack/sign-pack.ts';
import { verifyFile } from '../../backend/audit/verify/verify-file.ts';
import { expect, test } from '../fixtures/console.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';
import { Rail } from '../screens/rail.ts';
import { AuditScreen } from '../screens/audit-screen.ts';

/** Replaces the system's dialog, which a test cannot operate, with the choice of that file. */
const saveTo = (app: ElectronApplication, path: string) =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);

test('the audit log is read, filtered and exported @packaged', async ({ launchConsole, userData }) => {
  const { app, window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  const desk = new Desk(window);
  await desk.importSamples();
  await desk.open('m.okafor');
  await new Rail(window).open('audit');
  const audit = new AuditScreen(window);
  await expect(audit.chain).toContainText(/Hash chain intact up to event \d+/);

  const { list, events } = audit;
  await expect(events.first()).toContainText('Case opened');
  await new AuditScreen(window).category.selectOption('accounts');
  await expect(events.first()).toContainText('Import finished');
  await new AuditScreen(window).clearFilters.click();
  await new AuditScreen(window).account.fill('m.okafor');
  await expect(events).toHaveCount(1);

  await list.focus();
  await list.press('ArrowDown');
  const detail = new AuditScreen(window).event;
  await expect(detail).toContainText('case.opened');
  await expect(detail).toContainText('version 1');

  const evidence = join(userData, 'evidence.json');
  await saveTo(app, evidence);
  await new AuditScreen(window).saveJson.click();
  await expect(detail).toContainText('Saved as evidence.json.');
  expect(verifyPack(await readFile(evidence, 'utf8'))?.fault).toBeNull();
  const pdf = join(userData, 'evidence.pdf');
  await saveTo(app, pdf);
  await new AuditScreen(window).savePdf.click();
  await expect(detail).toContainText('Saved as evidence.pdf.');
  expect((await readFile(pdf)).subarray(0, 5).toString('latin1')).toBe('%PDF-');

  await new AuditScreen(window).clearFilters.click();
  const exported = join(userData, 'audit.jsonl');
  await saveTo(app, exported);
  await new AuditScreen(window).exportLines.click();
  await expect(audit.screen).toContainText('Saved as audit.jsonl.');
  expect(await verifyFile(exported)).toMatchObject({ whole: true, fault: null });
});
