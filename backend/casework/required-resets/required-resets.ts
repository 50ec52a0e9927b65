import { setImmediate } from 'node:timers/promises';
import type { z } from 'zod';
import type {
  Audience,
  AudiencePreview,
  RequiredResetAccount,
  RequiredResetView,
  listRequiredResetAccounts,
  startRequiredReset,
} from '../../../shared/api/required-reset.ts';
import { withRefusalAudit } from '../../store/refusal-audit.ts';
import type { Origin } from '../../store/append-event.ts';
import type { Live } from '../../live/live.ts';
import { withdrawMail } from '../../messaging/mail/withdraw-mail.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { AssertRecent } from '../../authorization/recent-proof.ts';
import { Refusal } from '../../refusal.ts';
import type { Transaction, Store } from '../../store/store.ts';
import type { AudienceMember, FindAudience } from './find-audience.ts';
import { missingCsv } from './missing-csv.ts';
import { tellAgain } from './notify-again.ts';
import { requiredResetAccountsOf, requiredResetViewOf } from './progress.ts';

type Starting = z.output<typeof startRequiredReset.body>;
type Listing = z.output<typeof listRequiredResetAccounts.query>;

export interface RequiredResets {
  /** Newest first. */
  list(limit: number): Promise<RequiredResetView[]>;
  get(id: string): Promise<RequiredResetView>;
  accounts(id: string, listing: Listing): Promise<{ accounts: RequiredResetAccount[]; more: boolean }>;
  /** Who has not chosen yet, as lines of CSV; recorded. */
  exportMissing(id: string, origin: Origin): Promise<AsyncIterable<string>>;
  departments(): Promise<{ name: string; accounts: number }[]>;
  preview(audience: Audience, session: OperatorSession): Promise<AudiencePreview>;
  /** Requires a new password of the audience from now on; its users are told in their turn. The same id again changes nothing. */
  start(starting: Starting, session: OperatorSession, origin: Origin): Promise<RequiredResetView>;
  stop(id: string, reason: string, session: OperatorSession, origin: Origin): Promise<RequiredResetView>;
  /** Tells those once more whose mail was refused, came back or is in doubt. */
  tellAgain(id: string, session: OperatorSession, origin: Origin): Promise<RequiredResetView>;
}

interface Collaborators {
  readonly store: Store;
  readonly findAudience: FindAudience;
  readonly assertRecent: AssertRecent;
  readonly live: Live;
  readonly now: () => number;
}

/** Milliseconds: the farthest due date. */
const farthest = 366 * 24 * 3_600_000;
/** Rows in one statement, and names of a list that a preview tells. */
const [rowsAtOnce, namesTold, departmentsTold, exportedAtOnce] = [500, 100, 500, 1000];

const countLeftOut = (members: readonly AudienceMember[]): AudiencePreview['leftOut'] => {
  const counts = { disabled: 0, expired: 0, 'no-local-password': 0, 'out-of-scope': 0 };
  for (const { leftOut } of members) if (leftOut !== null) counts[leftOut] += 1;
  return counts;
};

/** New passwords that administrators require of many accounts at once. */
export function createRequiredResets(collaborators: Collaborators): RequiredResets {
  const { store, findAudience, assertRecent, live, now } = collaborators;

  const rowOf = async (id: string) => {
    const row = await store.db
      .selectFrom('required_resets')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) throw new Refusal('required-reset.not-found');
    return row;
  };
  const insertAll = async (tx: Transaction, id: string, members: readonly AudienceMember[]) => {
    for (let at = 0; at < members.length; at += rowsAtOnce) {
      const rows = members.slice(at, at + rowsAtOnce).map(({ accountId, hasEmail, leftOut }) => ({
        required_reset_id: id,
        account_id: accountId,
        state: leftOut === null ? 'open' : 'left-out',
        left_out: leftOut,
        by_desk: leftOut === null && !hasEmail ? (1 as const) : (0 as const),
        told_for: 0,
        told_at: null,
        done_at: null,
      }));
      await tx.insertInto('required_reset_accounts').values(rows).execute();
      // Searches have a connection of their own, and go on in between.
      await setImmediate();
    }
  };

  const start = async (starting: Starting, session: OperatorSession, origin: Origin): Promise<void> => {
    await assertRecent(session);
    const { id, audience, reason } = starting;
    const dueAt = Date.parse(starting.dueAt);
    if (dueAt <= now() || dueAt > now() + farthest) throw new Refusal('required-reset.due-date');
    const { members, unknown, tooMany } = await findAudience(audience, session.operator);
    if (tooMany) throw new Refusal('required-reset.too-many');
    const accounts = members.filter(({ leftOut }) => leftOut === null).length;
    if (accounts === 0) throw new Refusal('required-reset.nobody');
    await store.change(origin, async (tx, record) => {
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('required_resets')
        .values({
          id,
          reason,
          audience: audience.kind,
          state: 'running',
          started_by: session.operator.displayName,
          started_at: now(),
          due_at: dueAt,
          ended_at: null,
          stopped_by: null,
          stop_reason: null,
        })
        .onConflict((on) => on.column('id').doNothing())
        .executeTakeFirst();
      const again = numInsertedOrUpdatedRows !== 1n;
      if (!again) await insertAll(tx, id, members);
      await record({
        action: 'required-reset.started',
        outcome: again ? 'refused' : 'done',
        facts: {
          requiredReset: id,
          reason,
          audience: audience.kind,
          accounts,
          leftOut: members.length - accounts,
          unknown: unknown.length,
          due: starting.dueAt,
        },
      });
    });
  };

  const stop = (id: string, reason: string, session: OperatorSession, origin: Origin): Promise<void> =>
    store.change(origin, async (tx, record) => {
      const { numUpdatedRows } = await tx
        .updateTable('required_resets')
        .set({
          state: 'stopped',
          ended_at: now(),
          stopped_by: session.operator.displayName,
          stop_reason: reason,
        })
        .where('id', '=', id)
        .where('state', '=', 'running')
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) throw new Refusal('required-reset.ended');
      const waiting = await tx
        .selectFrom('required_reset_mails as mail')
        .innerJoin('mail_queue', 'mail_queue.mail_id', 'mail.mail_id')
        .select('mail.mail_id')
        .where('mail.required_reset_id', '=', id)
        .execute();
      for (const { mail_id } of waiting) await withdrawMail(tx, record, mail_id, now());
      const facts = { requiredReset: id, reason, withdrawn: waiting.length };
      await record({ action: 'required-reset.stopped', facts });
    });

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
    accounts: async (id, listing) => requiredResetAccountsOf(store, await rowOf(id), listing),
    async exportMissing(id, origin) {
      const row = await rowOf(id);
      await store.change(origin, (_tx, record) =>
        record({ action: 'required-reset.exported', facts: { requiredReset: id } }),
      );
      return missingCsv((after) =>
        requiredResetAccountsOf(store, row, { show: 'missing', after, limit: exportedAtOnce }),
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
        .limit(departmentsTold)
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
        unknown: { count: unknown.length, names: unknown.slice(0, namesTold) },
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
    async tellAgain(id, session, origin) {
      await withRefusalAudit(store, origin, { action: 'required-reset.refused' }, async () => {
        await assertRecent(session);
        await rowOf(id);
        await tellAgain(store, id, origin);
      });
      live.publish({ type: 'required-reset-changed' });
      return requiredResetViewOf(store, await rowOf(id));
    },
    async stop(id, reason, session, origin) {
      await withRefusalAudit(store, origin, { action: 'required-reset.refused' }, async () => {
        await assertRecent(session);
        await rowOf(id);
        await stop(id, reason, session, origin);
      });
      live.publish({ type: 'required-reset-changed' });
      return requiredResetViewOf(store, await rowOf(id));
    },
  };
}
