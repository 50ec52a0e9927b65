import type { Kysely } from 'kysely';
import type { LinkedAccount } from '../../shared/api/account-link.ts';
import type { OperatorScope } from '../../shared/api/operator.ts';
import { canAccess } from '../authorization/account-access.ts';
import type { OperatorSession } from '../authorization/operator-session.ts';
import { isOwnAccount, readPerson } from '../authorization/persons.ts';
import { readDirectoryNames } from '../directories/directory-names.ts';
import type { AccountRow } from '../directories/directory.ts';
import type { Live } from '../live/live.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import { Refusal } from '../refusal.ts';
import type { Origin } from '../store/append-event.ts';
import { withRefusalAudit } from '../store/refusal-audit.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { statusesOf } from './statuses.ts';

interface Circumstances {
  readonly operator: { readonly scope: OperatorScope };
  /** Seconds. */
  readonly coolDown: number;
  /** Seconds. */
  readonly lockFor: number;
  /** Milliseconds. */
  readonly at: number;
}

/** The accounts that are linked with one, as an operator sees them. */
export async function readLinks(
  db: Kysely<Tables>,
  accountId: string,
  { operator, coolDown, lockFor, at }: Circumstances,
): Promise<LinkedAccount[]> {
  const links = await db
    .selectFrom('account_links')
    .selectAll()
    .where('unlinked_at', 'is', null)
    .where((where) => where.or([where('account_id', '=', accountId), where('other_id', '=', accountId)]))
    .orderBy('linked_at')
    .execute();
  if (links.length === 0) return [];
  const otherOf = ({ account_id: one, other_id: other }: (typeof links)[number]) =>
    one === accountId ? other : one;
  const accounts = await db
    .selectFrom('accounts')
    .selectAll()
    .where('id', 'in', links.map(otherOf))
    .execute();
  const names = await readDirectoryNames(db);
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const viewOf = (link: (typeof links)[number], account: AccountRow): LinkedAccount => ({
    linkId: link.id,
    accountId: account.id,
    directory: account.directory as LinkedAccount['directory'],
    directoryName: names.get(account.directory_id ?? '') ?? null,
    userName: account.user_name,
    displayName: account.display_name,
    tier: account.tier as LinkedAccount['tier'],
    statuses: statusesOf(account, at, lockFor),
    why: link.why as LinkedAccount['why'],
    linkedAt: new Date(link.linked_at).toISOString(),
    evidenceFrom: new Date(link.linked_at + coolDown * 1000).toISOString(),
    outOfScope: !canAccess(operator, account),
  });
  return links.flatMap((link) => {
    const account = byId.get(otherOf(link));
    return account === undefined ? [] : [viewOf(link, account)];
  });
}

/** Links between accounts of several directories that belong to one person. */
export interface AccountLinks {
  list(accountId: string, session: OperatorSession): Promise<LinkedAccount[]>;
  /** Returns the time of the change in milliseconds. */
  unlink(linkId: string, reason: string, session: OperatorSession, origin: Origin): Promise<number>;
}

export function createAccountLinks({
  store,
  policy,
  live,
  now,
}: {
  readonly store: Store;
  readonly policy: PolicyInForce;
  readonly live: Live;
  readonly now: () => number;
}): AccountLinks {
  return {
    async list(accountId, { operator }) {
      const { contactCoolDown: coolDown, signIn } = (await policy.current()).document;
      return readLinks(store.db, accountId, { operator, coolDown, lockFor: signIn.lockFor, at: now() });
    },

    async unlink(linkId, reason, { operator }, origin) {
      const at = now();
      const link = await store.db
        .selectFrom('account_links')
        .selectAll()
        .where('id', '=', linkId)
        .where('unlinked_at', 'is', null)
        .executeTakeFirst();
      if (link === undefined) throw new Refusal('account.link-not-found');
      const ids = [link.account_id, link.other_id];
      const refusal = { action: 'account.unlinked', accountId: link.account_id } as const;
      await withRefusalAudit(store, origin, refusal, () =>
        store.change(origin, async (tx, record) => {
          const person = await readPerson(tx, operator.id);
          const accounts = await tx.selectFrom('accounts').selectAll().where('id', 'in', ids).execute();
          // The link may be all that shows that an account is the operator's own.
          if (accounts.some((account) => isOwnAccount(person, account))) throw new Refusal('account.own');
          const { numUpdatedRows } = await tx
            .updateTable('account_links')
            .set({ unlinked_at: at, unlinked_by: operator.id, unlink_reason: reason })
            .where('id', '=', linkId)
            .where('unlinked_at', 'is', null)
            .executeTakeFirst();
          if (numUpdatedRows !== 1n) throw new Refusal('account.link-not-found');
          const names = await readDirectoryNames(tx);
          for (const account of accounts) {
            const other = accounts.find(({ id }) => id !== account.id) ?? account;
            const directory = names.get(other.directory_id ?? '') ?? other.directory;
            const facts = { link: linkId, with: other.user_name, directory, reason };
            await record({ action: 'account.unlinked', accountId: account.id, facts });
          }
        }),
      );
      for (const accountId of ids) live.publish({ type: 'account-changed', accountId });
      return at;
    },
  };
}
