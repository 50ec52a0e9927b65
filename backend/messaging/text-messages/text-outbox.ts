import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TextRow } from '../../../shared/api/text.ts';
import type { Origin } from '../../store/append-event.ts';
import type { OperatorScope } from '../../../shared/api/operator.ts';
import { isUnscoped, withinScope } from '../../authorization/account-access.ts';
import { Refusal } from '../../refusal.ts';
import type { Store } from '../../store/store.ts';

export interface TextOutbox {
  /** Newest first. With a scope, only messages about accounts in scope: others may be links of operators. */
  list(limit: number, operator: { readonly scope: OperatorScope }): Promise<TextRow[]>;
  /** A text as its recipient would see it. The access is recorded first. */
  read(textId: string, origin: Origin): Promise<TextRow & { text: string }>;
}

/** The texts that were kept as files because no gateway is configured. */
export function createTextOutbox({ store, folder }: { store: Store; folder: string }): TextOutbox {
  const kept = () => store.db.selectFrom('text_messages').selectAll().where('state', '=', 'kept-in-outbox');
  type Kept = Awaited<ReturnType<ReturnType<typeof kept>['executeTakeFirstOrThrow']>>;
  const rowOf = ({ id, kind, to_number, queued_at }: Kept): TextRow => ({
    id,
    kind: kind as TextRow['kind'],
    to: to_number,
    at: new Date(queued_at).toISOString(),
  });
  return {
    list: async (limit, { scope }) => {
      const newest = kept().orderBy('queued_at', 'desc').orderBy('id').limit(limit);
      const inScope = store.db.selectFrom('accounts').select('accounts.id').where(withinScope({ scope }));
      const rows = isUnscoped(scope) ? newest : newest.where('account_id', 'in', inScope);
      return (await rows.execute()).map(rowOf);
    },
    read: async (textId, origin) => {
      const row = await kept().where('id', '=', textId).executeTakeFirst();
      if (!row || row.file === null) throw new Refusal('mail.not-found');
      await store.change(origin, (_tx, record) =>
        record({
          action: 'outbox.read',
          accountId: row.account_id,
          caseId: row.case_id,
          facts: { text: textId },
        }),
      );
      const text = await readFile(join(folder, row.file), 'utf8').catch(() => {
        throw new Refusal('mail.not-found', {
          detail: 'The file of this text is no longer in the outbox folder.',
        });
      });
      return { ...rowOf(row), text: text.trimEnd() };
    },
  };
}
