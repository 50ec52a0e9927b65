import type { Kysely, Selectable } from 'kysely';
import type { LinkedAccount, UnlinkedAccount } from '../../shared/api/account-link.ts';
import type { OperatorScope } from '../../shared/api/operator.ts';
import { canAccess } from '../authorization/account-access.ts';
import { assertSecondPerson } from '../authorization/four-eyes.ts';
import type { OperatorSession } from '../authorization/operator-session.ts';
import { isOwnAccount, readPerson } from '../authorization/persons.ts';
import { readDirectoryNames } from '../directories/directory-names.ts';
import type { Live } from '../live/live.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import { Refusal } from '../refusal.ts';
import type { Origin } from '../store/append-event.ts';
import { withRefusalAudit } from '../store/refusal-audit.ts';
import type { RecordEvent, Store, Transaction } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { haveWarnings } from './have-warnings.ts';
import { linkAgain } from './identity/link-accounts.ts';
import { statusesOf } from './statuses.ts';

type LinkRow = Selectable<Tables['account_links']>;
type AccountRow = Selectable<Tables['accounts']>;

interface Circumstances {
  readonly operator: { readonly scope: OperatorScope };
  /** Seconds. */
  readonly coolDown: number;
  /** Seconds. */
  readonly lockFor: number;
  /** Milliseconds. */
  readonly at: number;
}

/** The links of an account, in force or unlinked, each with the other account. */
async function readPairs(db: Kysely<Tables>, accountId: string, which: 'linked' | 'unlinked') {
  const links = await db
    .selectFrom('account_links')
    .selectAll()
    .where('unlinked_at', which === 'linked' ? 'is' : 'is not', null)
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
  return links.flatMap((link) => {
    const account = byId.get(otherOf(link));
    if (account === undefined) return [];
    const named = {
      linkId: link.id,
      accountId: account.id,
      directory: account.directory as LinkedAccount['directory'],
      directoryName: names.get(account.directory_id ?? '') ?? null,
      userName: account.user_name,
      displayName: account.display_name,
    };
    return [{ link, account, named }];
  });
}

/** The accounts that are linked with one, as an operator sees them. */
export async function readLinks(
  db: Kysely<Tables>,
  accountId: string,
  { operator, coolDown, lockFor, at }: Circumstances,
): Promise<LinkedAccount[]> {
  const pairs = await readPairs(db, accountId, 'linked');
  return pairs.map(({ link, account, named }) => ({
    ...named,
    tier: account.tier as LinkedAccount['tier'],
    statuses: statusesOf(account, at, lockFor),
    why: link.why as LinkedAccount['why'],
    linkedAt: new Date(link.linked_at).toISOString(),
    evidenceFrom: new Date(link.linked_at + coolDown * 1000).toISOString(),
    outOfScope: !canAccess(operator, account),
  }));
}

/** Links between accounts of several directories that belong to one person. */
export interface AccountLinks {
  list(accountId: string, session: OperatorSession): Promise<LinkedAccount[]>;
  /** The accounts that were unlinked, for operators who may link them again; none for others. */
  listUnlinked(accountId: string, session: OperatorSession): Promise<UnlinkedAccount[]>;
  /** Returns the time of the change in milliseconds. */
  unlink(linkId: string, reason: string, session: OperatorSession, origin: Origin): Promise<number>;
  /** Links two accounts again; returns the time of the change in milliseconds. Throws `account.link-unfounded` if the rules of links forbid it. */
  relink(linkId: string, reason: string, session: OperatorSession, origin: Origin): Promise<number>;
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
  /** Changes the link, unless one of its accounts is the operator's own. `change` throws or returns after its audit events. */
  async function changeLink(
    linkId: string,
    which: 'linked' | 'unlinked',
    { operator }: OperatorSession,
    origin: Origin,
    change: (
      tx: Transaction,
      record: RecordEvent,
      link: LinkRow,
      accounts: readonly AccountRow[],
    ) => Promise<void>,
  ): Promise<void> {
    const inState = which === 'linked' ? 'is' : 'is not';
    const read = (db: Kysely<Tables>) =>
      db
        .selectFrom('account_links')
        .selectAll()
        .where('id', '=', linkId)
        .where('unlinked_at', inState, null)
        .executeTakeFirst();
    const known = await read(store.db);
    if (known === undefined) throw new Refusal('account.link-not-found');
    const ids = [known.account_id, known.other_id];
    const action = which === 'linked' ? 'account.unlinked' : 'account.linked';
    await withRefusalAudit(store, origin, { action, accountId: known.account_id }, () =>
      store.change(origin, async (tx, record) => {
        const link = await read(tx);
        if (link === undefined) throw new Refusal('account.link-not-found');
        const person = await readPerson(tx, operator.id);
        const accounts = await tx.selectFrom('accounts').selectAll().where('id', 'in', ids).execute();
        // The link may be all that shows that an account is the operator's own.
        if (accounts.some((account) => isOwnAccount(person, account))) throw new Refusal('account.own');
        await change(tx, record, link, accounts);
      }),
    );
    for (const accountId of ids) live.publish({ type: 'account-changed', accountId });
  }

  return {
    async list(accountId, { operator }) {
      const { contactCoolDown: coolDown, signIn } = (await policy.current()).document;
      return readLinks(store.db, accountId, { operator, coolDown, lockFor: signIn.lockFor, at: now() });
    },

    async listUnlinked(accountId, { rights }) {
      if (!rights.has('accounts.import')) return [];
      const pairs = await readPairs(store.db, accountId, 'unlinked');
      return pairs.map(({ link, named }) => ({
        ...named,
        unlinkedAt: new Date(link.unlinked_at ?? 0).toISOString(),
        reason: link.unlink_reason ?? '',
      }));
    },

    async unlink(linkId, reason, session, origin) {
      const at = now();
      await changeLink(linkId, 'linked', session, origin, async (tx, record, { id: link }, accounts) => {
        const { toxicCombination, failedChecks } = (await policy.current(tx)).document;
        const since = at - Math.max(toxicCombination.within, failedChecks.within) * 1000;
        // What happened to one account makes the cases of the other stricter, and operators do not remove what stops them.
        if (await haveWarnings(tx, accounts, since))
          for (const account of accounts)
            await assertSecondPerson(tx, session.operator.id, { account, doneBy: [], casesSince: since });
        await tx
          .updateTable('account_links')
          .set({ unlinked_at: at, unlinked_by: session.operator.id, unlink_reason: reason })
          .where('id', '=', link)
          .execute();
        const names = await readDirectoryNames(tx);
        for (const account of accounts) {
          const other = accounts.find(({ id }) => id !== account.id) ?? account;
          const directory = names.get(other.directory_id ?? '') ?? other.directory;
          const facts = { link, with: other.user_name, directory, reason };
          await record({ action: 'account.unlinked', accountId: account.id, facts });
        }
      });
      return at;
    },

    async relink(linkId, reason, session, origin) {
      const at = now();
      await changeLink(linkId, 'unlinked', session, origin, async (tx, record, link) => {
        if (!(await linkAgain(tx, record, link, { reason, at }))) throw new Refusal('account.link-unfounded');
      });
      return at;
    },
  };
}
