import { randomUUID } from 'node:crypto';
import type { KnownChangeView } from '../../../shared/api/known-change.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { Refusal } from '../../refusal.ts';
import type { Origin } from '../../store/append-event.ts';
import type { Store } from '../../store/store.ts';
import { knownChangeOf, type KnownChange } from './known-change.ts';

/** Changes of contact data that an administrator announces before an import brings them. */
export interface AnnouncedChanges {
  /** The announced changes that are valid now, newest first. */
  list(): Promise<KnownChangeView[]>;
  announce(
    change: KnownChange & { readonly days: number; readonly reason: string },
    session: OperatorSession,
    origin: Origin,
  ): Promise<void>;
  withdraw(id: string, origin: Origin): Promise<void>;
}

const dayMs = 24 * 60 * 60_000;

export function createAnnouncedChanges({
  store,
  now,
}: {
  readonly store: Store;
  readonly now: () => number;
}): AnnouncedChanges {
  return {
    async list() {
      const rows = await store.db
        .selectFrom('known_changes')
        .selectAll()
        .where('withdrawn_at', 'is', null)
        .where('until', '>', now())
        .orderBy('announced_at', 'desc')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        kind: row.kind as KnownChangeView['kind'],
        from: row.from_value,
        to: row.to_value,
        reason: row.reason,
        announcedBy: row.announced_by,
        announcedAt: new Date(row.announced_at).toISOString(),
        until: new Date(row.until).toISOString(),
      }));
    },

    async announce({ days, reason, ...change }, { operator }, origin) {
      const known = knownChangeOf(change);
      if (known === null) throw new Refusal('known-change.invalid');
      const { kind, from, to } = known;
      const id = randomUUID();
      await store.change(origin, async (tx, record) => {
        await tx
          .insertInto('known_changes')
          .values({
            id,
            kind,
            from_value: from,
            to_value: to,
            reason,
            announced_by: operator.displayName,
            announced_at: now(),
            until: now() + days * dayMs,
            withdrawn_at: null,
          })
          .execute();
        await record({ action: 'accounts.change-announced', facts: { id, kind, from, to, days, reason } });
      });
    },

    async withdraw(id, origin) {
      await store.change(origin, async (tx, record) => {
        const { numUpdatedRows } = await tx
          .updateTable('known_changes')
          .set({ withdrawn_at: now() })
          .where('id', '=', id)
          .where('withdrawn_at', 'is', null)
          .executeTakeFirst();
        if (numUpdatedRows !== 1n) throw new Refusal('known-change.not-found');
        await record({ action: 'accounts.change-withdrawn', facts: { id } });
      });
    },
  };
}
