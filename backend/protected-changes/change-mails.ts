import { randomUUID } from 'node:crypto';
import type { TemplateName } from '../../shared/api/mail-template.ts';
import type { MailComposer, MailValues } from '../messaging/mail/mail-composer.ts';
import type { Mailer } from '../messaging/mail/mailer.ts';
import { rolesOf } from '../operators/tokens.ts';
import type { Store, Transaction } from '../store/store.ts';

/** An operator at one address. */
export interface Reader {
  readonly operatorId: string;
  readonly displayName: string;
  readonly userName: string;
  readonly email: string;
}

export interface ChangeMails {
  /** The active administrators who have an address, scoped ones included; with `only`, these operators instead. */
  readers(db: Transaction | Store['db'], only?: readonly string[]): Promise<readonly Reader[]>;
  /** Queues one mail for each address, in the transaction of the event. A reader whose address has since been replaced is told at the old one. */
  tell(
    tx: Transaction,
    template: TemplateName,
    readers: readonly Reader[],
    values: MailValues,
  ): Promise<void>;
}

/** Mails to administrators about protected changes. */
export function createChangeMails({
  mailer,
  mailComposer,
}: {
  readonly mailer: Mailer;
  readonly mailComposer: MailComposer;
}): ChangeMails {
  return {
    async readers(db, only) {
      const rows = await db
        .selectFrom('operators')
        .selectAll()
        .where('email', 'is not', null)
        .where('state', '!=', 'removed')
        .execute();
      const isTold = (row: (typeof rows)[number]) =>
        only === undefined
          ? row.state === 'active' && rolesOf(row).includes('administrator')
          : only.includes(row.id);
      return rows.filter(isTold).map((row) => ({
        operatorId: row.id,
        displayName: row.display_name,
        userName: row.user_name,
        email: row.email ?? '',
      }));
    },
    async tell(tx, template, readers, values) {
      const told = new Set<string>();
      const current = await tx.selectFrom('operators').select(['id', 'email']).execute();
      for (const { email, operatorId, displayName, userName } of readers) {
        if (told.has(email.toLowerCase())) continue;
        told.add(email.toLowerCase());
        const mailId = randomUUID();
        const toFormer = !current.some((row) => row.id === operatorId && row.email === email);
        const reader = { id: null, operatorId, displayName, userName, toFormer };
        const { content, saveLink } = await mailComposer.prepare(template, reader, mailId, values, tx);
        await saveLink(tx);
        await mailer.enqueue(
          { kind: 'notification', to: email, ...content, accountId: null, caseId: null },
          mailId,
          tx,
        );
      }
    },
  };
}
