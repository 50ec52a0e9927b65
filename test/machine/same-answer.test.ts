import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resetActions, type ResetAction } from '../../shared/api/case.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import { createApprovals } from '../../backend/casework/approvals/approvals.ts';
import type { Obstacle } from '../../backend/casework/decision/action-obstacle.ts';
import { createCaseViews } from '../../backend/casework/cases/case-view.ts';
import { deriveCaseContext, type CaseFacts } from '../../backend/casework/decision/case-context.ts';
import { at } from '../../backend/casework/decision/case-facts-for-test.ts';
import { obstacleIn, situations } from '../../backend/casework/decision/situations-for-test.ts';
import { createGrants } from '../../backend/casework/grants/mint-grant.ts';
import { createBeginReset } from '../../backend/casework/resets/begin-reset.ts';
import { createBuiltInDirectory } from '../../backend/directories/built-in/built-in-directory.ts';
import { everyChannelDelivers } from '../../backend/messaging/channels.ts';
import { createLive } from '../../backend/live/live.ts';
import { Refusal } from '../../backend/refusal.ts';
import { openSqlite } from '../../backend/store/open-sqlite.ts';
import { createStore, type Store } from '../../backend/store/store.ts';
import { originOf } from './machine.ts';

const now = () => at;
let store: Store;
beforeAll(async () => {
  store = createStore(await openSqlite(':memory:'), now);
  // The facts are made up, so grants and approvals have no rows to refer to.
  await sql`pragma foreign_keys = off`.execute(store.db);
});
afterAll(() => store.close());

/** The services that use the decision, all for the case of these facts. */
function servicesFor(facts: CaseFacts) {
  const contexts = { read: () => Promise.resolve(deriveCaseContext(facts)) };
  const { session } = facts;
  const origin = originOf(session);
  const directory = createBuiltInDirectory({ store, now });
  const grants = createGrants({ store, contexts, now });
  const begin = createBeginReset({ contexts, directory, now });
  const approvals = createApprovals({
    store,
    contexts,
    policy: { current: () => Promise.resolve(facts.policy) },
    live: createLive(),
    now,
  });
  const views = createCaseViews({
    store,
    contexts,
    live: createLive(),
    channels: everyChannelDelivers,
    publicUrl: () => '',
    checkViews: { views: () => Promise.resolve([]) },
  });
  return {
    view: async (action: ResetAction) =>
      (await views.view('case', session)).actions.find((row) => row.action === action)?.obstacle,
    mint: (action: ResetAction) => grants.mint('case', action, session, origin),
    reset: (action: ResetAction) =>
      store.change(origin, async (tx, record) => {
        const request = { caseId: 'case', grantId: 'none', action, key: 'key' };
        return begin(tx, record, request, session, 'reset');
      }),
    ask: async (action: ResetAction) => {
      await store.writeUnaudited(async (tx) => {
        await tx.deleteFrom('approvals').execute();
        for (const approval of facts.approvals) await tx.insertInto('approvals').values(approval).execute();
      });
      return approvals.ask('case', { action }, session, origin);
    },
  };
}

/** The code of the refusal; null for an answer without one. */
const refusalOf = (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (thrown: unknown) => {
      if (thrown instanceof Refusal) return thrown.code;
      throw thrown;
    },
  );

/** A request for approval is refused with the same code as the action, unless only the approval is missing. */
function refusalOfRequest(obstacle: Obstacle | null): ErrorCode | null {
  if (obstacle === null) return 'approval.not-needed';
  if (obstacle.clearedBy === 'approver-answer') return 'request.conflict';
  return obstacle.clearedBy === 'approval-request' ? null : obstacle.refusal;
}

describe.each(situations)('for $name', (situation) => {
  it.each(resetActions)(
    'the view, the grant, the reset and the approval request give the same answer about a %s',
    async (action) => {
      const obstacle = obstacleIn(situation, action);
      const { view, mint, reset, ask } = servicesFor(situation.facts);
      expect(await view(action)).toBe(obstacle?.reason ?? null);
      expect(await refusalOf(mint(action))).toBe(obstacle?.refusal ?? null);
      // Without an obstacle, the reset fails only because it has no grant.
      expect(await refusalOf(reset(action))).toBe(obstacle?.refusal ?? 'grant.not-found');
      expect(await refusalOf(ask(action))).toBe(refusalOfRequest(obstacle));
    },
  );
});
