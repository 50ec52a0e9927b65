import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MailRow } from '../../../shared/api/mail.ts';
import type { Origin } from '../../store/append-event.ts';
import type { OperatorScope } from '../../../shared/api/operator.ts';
import { isUnscoped, withinScope } from '../../authorization/account-access.ts';
import { Refusal } from '../../refusal.ts';
import type { Store } from '../../store/store.ts';

export interface MailOutbox {
  readonly folder: string;
  /** Newest first. With a scope, only messages about accounts in scope: others may be links of operators. */
  list(limit: number, operator: { readonly scope: OperatorScope }): Promise<MailRow[]>;
  /** A mail as its recipient would see it. The access is recorded first. */
  read(
    mailId: string,
    origin: Origin,
  ): Promise<MailRow & { from: string; text: string; html: string | null }>;
}

const kept = (store: Store) => store.db.selectFrom('mails').selectAll().where('state', '=', 'kept-in-outbox');
type Kept = Awaited<ReturnType<ReturnType<typeof kept>['executeTakeFirstOrThrow']>>;

const rowOf = ({ id, kind, to_address, subject, queued_at }: Kept): MailRow => ({
  id,
  kind: kind as MailRow['kind'],
  to: to_address,
  subject,
  at: new Date(queued_at).toISOString(),
});

/** The mails that were kept as files because no mail server is configured. */
export function createMailOutbox({ store, folder }: { store: Store; folder: string }): MailOutbox {
  return {
    folder,
    list: async (limit, { scope }) => {
      const newest = kept(store).orderBy('queued_at', 'desc').orderBy('id').limit(limit);
      const inScope = store.db.selectFrom('accounts').select('accounts.id').where(withinScope({ scope }));
      const rows = isUnscoped(scope) ? newest : newest.where('account_id', 'in', inScope);
      return (await rows.execute()).map(rowOf);
    },
    read: async (mailId, origin) => {
      const row = await kept(store).where('id', '=', mailId).executeTakeFirst();
      if (!row || row.file === null) throw new Refusal('mail.not-found');
      await store.change(origin, (_tx, record) =>
        record({
          action: 'outbox.read',
          accountId: row.account_id,
          caseId: row.case_id,
          facts: { mail: mailId },
        }),
      );
      const bytes = await readFile(join(folder, row.file)).catch(() => {
        throw new Refusal('mail.not-found', {
          detail: 'The file of this mail is no longer in the outbox folder.',
        });
      });
      // Loaded on demand, to keep the start of the backend fast.
      const { simpleParser } = await import('mailparser');
      const { from, text, html } = await simpleParser(bytes);
      return {
        ...rowOf(row),
        from: from?.text ?? '',
        text: text ?? '',
        html: typeof html === 'string' ? html : null,
      };
    },
  };
}
