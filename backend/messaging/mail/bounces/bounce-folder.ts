import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MailKind } from '../../../../shared/api/mail.ts';
import type { Store } from '../../../store/store.ts';
import { maskAnswer } from '../attempt-failure.ts';
import type { SettledMail } from '../mailer.ts';
import { readReport } from './read-report.ts';
import { systemOrigin } from '../../../store/append-event.ts';

/** The folder for incoming delivery reports. It is in the data folder, so only users who may write there can report a bounce. */
export const bounceFolderOf = (dataFolder: string): string => join(dataFolder, 'bounces');

/** Bytes; a report that includes the whole mail is far smaller. */
export const maxReportBytes = 1024 * 1024;

/** Stores a report for the backend, atomically. */
export async function storeReport(dataFolder: string, message: string): Promise<void> {
  const folder = bounceFolderOf(dataFolder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const name = join(folder, randomUUID());
  await writeFile(`${name}.part`, message, { mode: 0o600 });
  await rename(`${name}.part`, `${name}.eml`);
}

/** Reads the stored reports, and records which accepted mails bounced. */
export async function processReports(
  dataFolder: string,
  store: Store,
  now: () => number,
  onChange: (mail: Pick<SettledMail, 'kind' | 'accountId' | 'caseId'>) => void,
): Promise<void> {
  const folder = bounceFolderOf(dataFolder);
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((file) => file.endsWith('.eml'))) {
    const report = readReport(await readFile(join(folder, name), 'utf8'));
    const mail =
      report &&
      (await store.db
        .selectFrom('mails')
        .select(['id', 'kind', 'account_id', 'case_id'])
        .where('id', '=', report.mailId)
        .where('state', '=', 'accepted')
        .executeTakeFirst());
    if (mail) {
      const { id, kind, account_id: accountId, case_id: caseId } = mail;
      const answer = maskAnswer(report.reason);
      await store.change(systemOrigin, async (tx, record) => {
        await tx
          .updateTable('mails')
          .set({ state: 'bounced', answer, settled_at: now() })
          .where('id', '=', id)
          .execute();
        await record({
          action: 'mail.bounced',
          outcome: 'failed',
          accountId,
          caseId,
          facts: { kind, mail: id, answer },
        });
      });
      onChange({ kind: kind as MailKind, accountId, caseId });
    }
    await rm(join(folder, name));
  }
}
