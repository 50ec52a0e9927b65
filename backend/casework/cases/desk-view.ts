import type { DeskView } from '../../../shared/api/desk.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { Channels } from '../../messaging/channels.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { Store } from '../../store/store.ts';
import { expiryCutoff } from '../decision/case-lifecycle.ts';
import { readCaseWaits } from './case-waits.ts';
import {
  readLocked,
  readRequirements,
  readSuspicions,
  readTeamByHour,
  readTroubles,
  readUnfinished,
} from './desk-lists.ts';
import type { ReadCaseRows } from './read-case-rows.ts';

interface Collaborators {
  readonly store: Store;
  readonly policy: PolicyInForce;
  readonly channels: Pick<Channels, 'obstacle'>;
  readonly countAccounts: () => Promise<number>;
  readonly now: () => number;
}

const recentOnDesk = 8;

/** The start page of an operator: open and recent cases, and the figures since `dayStart`, in milliseconds. */
export function createDeskView(
  { store, policy, channels, countAccounts, now }: Collaborators,
  { cases, rowsOf }: ReadCaseRows,
) {
  return async (dayStart: number, session: OperatorSession): Promise<DeskView> => {
    const self = session.operator.id;
    const own = () => cases().where('cases.operator_id', '=', self);
    const { document } = await policy.current();
    const cutoff = expiryCutoff(document, now());
    const open = await own()
      .where('cases.state', '=', 'open')
      .where('cases.last_activity_at', '>', cutoff)
      .limit(20)
      .execute();
    const recent = await own()
      .limit(recentOnDesk + open.length)
      .execute();
    const today = await store.db
      .selectFrom('cases')
      .select(['id', 'state', 'opened_at'])
      .where('operator_id', '=', self)
      .where('opened_at', '>=', dayStart)
      .execute();
    const done = await store.db
      .selectFrom('resets')
      .innerJoin('cases', 'cases.id', 'resets.case_id')
      .select(['resets.settled_at', 'cases.opened_at'])
      .where('resets.operator_id', '=', self)
      .where('resets.state', '=', 'done')
      .where('resets.intended_at', '>=', dayStart)
      .execute();
    const failed = await store.db
      .selectFrom('evidence')
      .select('id')
      .where('operator_id', '=', self)
      .where('outcome', '=', 'failed')
      .where('at', '>=', dayStart)
      .execute();
    const seconds = done
      .map(({ settled_at, opened_at }) => Math.round(((settled_at ?? opened_at) - opened_at) / 1000))
      .toSorted((a, b) => a - b);
    const openIds = new Set(open.map(({ id }) => id));
    const waitOf = await readCaseWaits(store.db, [...openIds], now());
    const openRows = await rowsOf(open, session);
    return {
      accounts: await countAccounts(),
      open: openRows.map((row) => ({ ...row, ...waitOf(row.id) })),
      recent: await rowsOf(recent.filter(({ id }) => !openIds.has(id)).slice(0, recentOnDesk), session),
      today: {
        cases: today.length,
        resets: done.length,
        refused: today.filter(({ state }) => state === 'refused').length,
        failedChecks: failed.length,
        medianSeconds: seconds[Math.floor((seconds.length - 1) / 2)] ?? null,
      },
      unfinished: await readUnfinished(store.db, self, now()),
      locked: await readLocked(store.db, session.operator, document.signIn.lockFor, now()),
      lookTwice: await readSuspicions(store.db, session, dayStart),
      requirements: session.rights.has('resets.require') ? await readRequirements(store.db) : [],
      teamByHour: session.rights.has('cases.see-all') ? await readTeamByHour(store.db, dayStart) : null,
      troubles: await readTroubles(channels, session),
    };
  };
}
