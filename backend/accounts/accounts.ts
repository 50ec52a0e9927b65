import type { AccountView } from '../../shared/api/account.ts';
import type { TimelineEntry } from '../../shared/api/timeline.ts';
import { readDirectoryNames } from '../directories/directory-names.ts';
import type { Directory } from '../directories/directory.ts';
import type { OperatorSession } from '../authorization/operator-session.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from '../store/store.ts';
import { accountViewOf } from './account-view.ts';

export interface Accounts {
  /** Reads the account from its directory. */
  get(accountId: string): Promise<AccountView>;
  timeline(
    accountId: string,
    limit: number,
    session: OperatorSession,
  ): Promise<{ entries: TimelineEntry[]; more: boolean }>;
}

export function createAccounts({
  store,
  directory,
  policy,
  now,
}: {
  store: Store;
  directory: Directory;
  policy: PolicyInForce;
  now: () => number;
}): Accounts {
  return {
    async get(accountId) {
      const found = await directory.get(accountId);
      if (!found) throw new Refusal('account.not-found');
      const { document } = await policy.current();
      const names = await readDirectoryNames(store.db);
      return accountViewOf(found, now(), { lockFor: document.signIn.lockFor, names });
    },

    async timeline(accountId, limit, { operator }) {
      const found = await directory.get(accountId);
      if (!found) throw new Refusal('account.not-found');
      const events = await store.db
        .selectFrom('audit_events')
        .leftJoin('cases', 'cases.id', 'audit_events.case_id')
        .selectAll('audit_events')
        .select('cases.number as case_number')
        .where('audit_events.account_id', '=', accountId)
        .orderBy('audit_events.seq', 'desc')
        .limit(limit + 1)
        .execute();
      const entries = events.slice(0, limit).map((event): TimelineEntry => ({
        id: String(event.seq),
        at: new Date(event.at).toISOString(),
        action: event.action,
        outcome: event.outcome as TimelineEntry['outcome'],
        actor: {
          kind: event.actor_kind as TimelineEntry['actor']['kind'],
          name: event.actor_name,
          self: event.actor_kind === 'operator' && event.actor_id === operator.id,
        },
        caseNumber: event.case_number,
        facts: JSON.parse(event.facts) as TimelineEntry['facts'],
      }));
      return { entries, more: events.length > limit };
    },
  };
}
