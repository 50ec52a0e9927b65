import type { AuditEntry, AuditFilter, exportFormats } from '../../shared/api/audit.ts';
import type { FileAnswer } from './export/file-answer.ts';
import type { OperatorSession } from '../authorization/operator-session.ts';
import type { Store } from '../store/store.ts';
import type { Origin } from '../store/append-event.ts';
import type { AuditKey } from '../store/audit-key.ts';
import { exportEvents } from './export/export-events.ts';
import { newestOf, resolveFilter } from './select-events.ts';

export interface AuditLog {
  /** Newest first; only events older than `before`. With a scope, only events about accounts in scope, here and in the export. */
  list(
    page: AuditFilter & { before?: number | undefined; limit: number },
    session: OperatorSession,
  ): Promise<{ events: AuditEntry[]; more: boolean }>;
  /** The log as a file. Its last event is the export itself. */
  export(
    filter: AuditFilter,
    format: (typeof exportFormats)[number],
    session: OperatorSession,
    origin: Origin,
  ): Promise<FileAnswer>;
}

interface Collaborators {
  readonly store: Store;
  readonly key: AuditKey;
  readonly version: string;
  readonly now: () => number;
}

/** Lists and exports the audit log. */
export function createAuditLog({ store, key, version, now }: Collaborators): AuditLog {
  const nextNumber = async (): Promise<number> => {
    const newest = store.db.selectFrom('audit_events').select(({ fn }) => fn.max('seq').as('seq'));
    return ((await newest.executeTakeFirst())?.seq ?? 0) + 1;
  };
  return {
    async list({ before: olderThan, limit, ...filter }, session) {
      const selection = await resolveFilter(store.db, filter, session.operator.scope);
      if (selection.nothing) return { events: [], more: false };
      const before = olderThan ?? (await nextNumber());
      const numbers = await newestOf(store.db, selection, { before, count: limit + 1 });
      if (numbers.length === 0) return { events: [], more: false };
      const found = await store.db
        .selectFrom('audit_events')
        .leftJoin('cases', 'cases.id', 'audit_events.case_id')
        .leftJoin('accounts', 'accounts.id', 'audit_events.account_id')
        .selectAll('audit_events')
        .select(['cases.number as case_number', 'accounts.display_name as account_name'])
        .where('audit_events.seq', 'in', numbers)
        .orderBy('audit_events.seq', 'desc')
        .execute();
      const events = found.slice(0, limit).map((event): AuditEntry => ({
        id: String(event.seq),
        seq: event.seq,
        at: new Date(event.at).toISOString(),
        action: event.action,
        outcome: event.outcome as AuditEntry['outcome'],
        actor: {
          kind: event.actor_kind as AuditEntry['actor']['kind'],
          name: event.actor_name,
          self: event.actor_kind === 'operator' && event.actor_id === session.operator.id,
        },
        account: event.account_id === null ? null : { id: event.account_id, displayName: event.account_name },
        caseId: event.case_id,
        caseNumber: event.case_number,
        facts: JSON.parse(event.facts) as AuditEntry['facts'],
        policyVersion: event.policy_version,
        clientAddress: event.client_address,
        client: event.client,
        hash: event.hash,
      }));
      return { events, more: found.length > limit };
    },

    async export(filter, format, { operator: { scope } }, origin) {
      const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
      await store.change(origin, (_tx, record) =>
        record({ action: 'audit.exported', facts: { format, filter: JSON.stringify(given) } }),
      );
      const { upTo } = await store.db
        .selectFrom('audit_events')
        .select((where) => where.fn.max('seq').as('upTo'))
        .executeTakeFirstOrThrow();
      const at = now();
      const day = new Date(at).toISOString().slice(0, 10);
      return {
        name: `reset-desk-audit-${day}.${format}`,
        type: format === 'jsonl' ? 'application/x-ndjson' : 'text/plain',
        content: exportEvents(store.db, { format, filter, scope, upTo, key, version, at }),
      };
    },
  };
}
