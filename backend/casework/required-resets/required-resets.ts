import type { z } from 'zod';
import type {
  Audience,
  AudiencePreview,
  RequiredResetAccount,
  RequiredResetView,
  listRequiredResetAccounts,
} from '../../../shared/api/required-reset.ts';
import { withRefusalAudit } from '../../store/refusal-audit.ts';
import type { Origin } from '../../store/append-event.ts';
import type { Live } from '../../live/live.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { Refusal } from '../../refusal.ts';
import type { Store } from '../../store/store.ts';
import type { AudienceMember, FindAudience } from './find-audience.ts';
import { missingCsv } from './missing-csv.ts';
import { notifyAgain } from './notify-again.ts';
import { createStartRequiredReset, type Starting } from './start-required-reset.ts';
import { createStopRequiredReset } from './stop-required-reset.ts';
import { requiredResetAccountsOf, requiredResetViewOf } from './progress.ts';

type Listing = z.output<typeof listRequiredResetAccounts.query>;

export interface RequiredResets {
  /** Newest first. */
  list(limit: number): Promise<RequiredResetView[]>;
  get(id: string): Promise<RequiredResetView>;
  accounts(
    id: string,
    listing: Listing,
    session: OperatorSession,
  ): Promise<{ accounts: RequiredResetAccount[]; more: boolean }>;
  /** The accounts without a new password, as lines of CSV. The export is recorded. */
  exportMissing(id: string, session: OperatorSession, origin: Origin): Promise<AsyncIterable<string>>;
  departments(): Promise<{ name: string; accounts: number }[]>;
  preview(audience: Audience, session: OperatorSession): Promise<AudiencePreview>;
  /**
   * Requires a new password of the audience from now on. Its users are notified within the policy's mails per minute. A repeated id changes nothing.
   */
  start(starting: Starting, session: OperatorSession, origin: Origin): Promise<RequiredResetView>;
  stop(id: string, reason: string, session: OperatorSession, origin: Origin): Promise<RequiredResetView>;
  /** Notifies the users again whose mail was refused, bounced or is in doubt. */
  notifyAgain(id: string, session: OperatorSession, origin: Origin): Promise<RequiredResetView>;
}

interface Collaborators {
  readonly store: Store;
  readonly findAudience: FindAudience;
  readonly live: Live;
  readonly now: () => number;
}

/** The maximum names in a preview, departments in a list, and rows in one read of an export. */
const [maxNames, maxDepartments, exportedAtOnce] = [100, 500, 1000];

const countLeftOut = (members: readonly AudienceMember[]): AudiencePreview['leftOut'] => {
  const counts = { disabled: 0, expired: 0, 'not-started': 0, 'no-local-password': 0, 'out-of-scope': 0 };
  for (const { leftOut } of members) if (leftOut !== null) counts[leftOut] += 1;
  return counts;
};

/** New passwords that administrators require of many accounts at once. */
export function createRequiredResets(collaborators: Collaborators): RequiredResets {
  const { store, findAudience, live } = collaborators;
  const start = createStartRequiredReset(collaborators);
  const stop = createStopRequiredReset(collaborators);

  const rowOf = async (id: string) => {
    const row = await store.db
      .selectFrom('required_resets')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) throw new Refusal('required-reset.not-found');
    return row;
  };
  return {
    async list(limit) {
      const rows = await store.db
        .selectFrom('required_resets')
        .selectAll()
        .orderBy('started_at', 'desc')
        .limit(limit)
        .execute();
      const views: RequiredResetView[] = [];
      for (const row of rows) views.push(await requiredResetViewOf(store, row));
      return views;
    },
    get: async (id) => requiredResetViewOf(store, await rowOf(id)),
    accounts: async (id, listing, { operator }) =>
      requiredResetAccountsOf(store, await rowOf(id), listing, operator),
    async exportMissing(id, { operator }, origin) {
      const row = await rowOf(id);
      await store.change(origin, (_tx, record) =>
        record({ action: 'required-reset.exported', facts: { requiredReset: id } }),
      );
      return missingCsv((after) =>
        requiredResetAccountsOf(store, row, { show: 'missing', after, limit: exportedAtOnce }, operator),
      );
    },
    async departments() {
      const rows = await store.db
        .selectFrom('accounts')
        .select('department')
        .select((of) => of.fn.countAll<number>().as('accounts'))
        .where('department', 'is not', null)
        .groupBy('department')
        .orderBy('department')
        .limit(maxDepartments)
        .execute();
      return rows.map(({ department, accounts }) => ({ name: department ?? '', accounts: Number(accounts) }));
    },
    async preview(audience, session) {
      const { members, unknown, tooMany } = await findAudience(audience, session.operator);
      const required = members.filter(({ leftOut }) => leftOut === null);
      return {
        accounts: required.length,
        withoutEmail: required.filter(({ hasEmail }) => !hasEmail).length,
        leftOut: countLeftOut(members),
        unknown: { count: unknown.length, names: unknown.slice(0, maxNames) },
        tooMany,
      };
    },
    async start(starting, session, origin) {
      await withRefusalAudit(store, origin, { action: 'required-reset.refused' }, () =>
        start(starting, session, origin),
      );
      live.publish({ type: 'required-reset-changed' });
      return requiredResetViewOf(store, await rowOf(starting.id));
    },
    async notifyAgain(id, session, origin) {
      await withRefusalAudit(store, origin, { action: 'required-reset.refused' }, async () => {
        await rowOf(id);
        await notifyAgain(store, id, origin);
      });
      live.publish({ type: 'required-reset-changed' });
      return requiredResetViewOf(store, await rowOf(id));
    },
    async stop(id, reason, session, origin) {
      await withRefusalAudit(store, origin, { action: 'required-reset.refused' }, async () => {
        await rowOf(id);
        await stop(id, reason, session, origin);
      });
      live.publish({ type: 'required-reset-changed' });
      return requiredResetViewOf(store, await rowOf(id));
    },
  };
}
