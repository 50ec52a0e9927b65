import { hasFrozenLink } from '../accounts/linked-freeze.ts';
import { wasEnabledSince } from '../accounts/statuses.ts';
import { firstStatusObstacle } from '../casework/decision/account-obstacle.ts';
import type { AccountRow } from '../directories/directory.ts';
import { isMailedToOwnerSince } from '../messaging/notifications/addresses-on-file.ts';
import type { KeyedHash } from '../store/keyed-hash.ts';
import type { Transaction, Store } from '../store/store.ts';

/**
 * Why a link is not valid. `moved`: the address that it went to is no longer on file. `unknown` also if the account does not exist or may not sign
 * in.
 */
export const deadLinks = ['used', 'replaced', 'expired', 'moved', 'unknown'] as const;
export type DeadLink = (typeof deadLinks)[number];

/** A valid link, requested by the user or by the help desk. */
export interface GoodLink {
  readonly account: AccountRow;
  /** Milliseconds. */
  readonly expiresAt: number;
  /** Whether the link's address was fetched before. */
  readonly fetched: boolean;
  /** The help desk's reset; null if the user requested the link. */
  readonly resetId: string | null;
  markFetched(tx: Transaction): Promise<void>;
  /** Uses the link. False if it was used or voided in the meantime. */
  useUp(tx: Transaction): Promise<boolean>;
  /** Makes a used link valid again, because the account's directory refused the password and changed nothing. */
  restore(tx: Transaction): Promise<void>;
}

interface LinkRow {
  readonly id: string;
  readonly account_id: string;
  readonly created_at: number;
  readonly expires_at: number;
  readonly opened_at: number | null;
  readonly used_at: number | null;
  readonly voided_at: number | null;
}

/**
 * Finds a link by its token, among those of the help desk and those requested by users, and judges its validity: its own state, the account, and
 * whether the address it went to is still on file. Called again in the transaction that uses the link.
 */
export function createFindLink({ store, keyed, now }: { store: Store; keyed: KeyedHash; now: () => number }) {
  type Db = Store['db'] | Transaction;
  const readDesks = (db: Db, token: string) =>
    db
      .selectFrom('reset_links')
      .innerJoin('resets', 'resets.id', 'reset_links.reset_id')
      .selectAll('reset_links')
      .select('resets.mail_id')
      .where('token_hash', '=', keyed.hash('reset-link', token))
      .executeTakeFirst();
  const readOwn = (db: Db, token: string) =>
    db
      .selectFrom('self_service_links')
      .selectAll()
      .where('token_hash', '=', keyed.hash('reset-link', token))
      .executeTakeFirst();

  const good = (
    table: 'reset_links' | 'self_service_links',
    link: LinkRow,
    account: AccountRow,
    resetId: string | null,
  ): GoodLink => {
    const markReset = async (tx: Transaction, set: { opened_at?: number; used_at?: number }) => {
      if (resetId !== null) await tx.updateTable('resets').set(set).where('id', '=', resetId).execute();
    };
    return {
      account,
      expiresAt: link.expires_at,
      fetched: link.opened_at !== null,
      resetId,
      async markFetched(tx) {
        const at = now();
        await tx.updateTable(table).set({ opened_at: at }).where('id', '=', link.id).execute();
        await markReset(tx, { opened_at: at });
      },
      async useUp(tx) {
        const at = now();
        const { numUpdatedRows } = await tx
          .updateTable(table)
          .set({ used_at: at })
          .where('id', '=', link.id)
          .where('used_at', 'is', null)
          .where('voided_at', 'is', null)
          .where('expires_at', '>', at)
          .executeTakeFirst();
        if (numUpdatedRows !== 1n) return false;
        if (resetId !== null) {
          const set = { used_at: at, password_set_at: at };
          await tx.updateTable('resets').set(set).where('id', '=', resetId).execute();
        }
        return true;
      },
      async restore(tx) {
        await tx.updateTable(table).set({ used_at: null }).where('id', '=', link.id).execute();
        if (resetId === null) return;
        const set = { used_at: null, password_set_at: null };
        await tx.updateTable('resets').set(set).where('id', '=', resetId).execute();
      },
    };
  };

  return async (token: string, db: Db = store.db): Promise<GoodLink | DeadLink> => {
    const byDesk = await readDesks(db, token);
    const link = byDesk ?? (await readOwn(db, token));
    if (!link) return 'unknown';
    if (link.used_at !== null) return 'used';
    if (link.voided_at !== null) return 'replaced';
    if (link.expires_at <= now()) return 'expired';
    const account = await db
      .selectFrom('accounts')
      .selectAll()
      .where('id', '=', link.account_id)
      .executeTakeFirst();
    if (
      !account ||
      firstStatusObstacle({ account, at: now() }, [
        'disabled',
        'expired',
        'not-started',
        'no-local-password',
        'frozen',
      ]) !== null
    ) {
      return 'unknown';
    }
    if (await hasFrozenLink(db, account)) return 'unknown';
    if (wasEnabledSince(account, link.created_at)) return 'expired';
    if (!(await isMailedToOwnerSince(db, link.mail_id, account, link.created_at))) return 'moved';
    const table = byDesk ? 'reset_links' : 'self_service_links';
    return good(table, link, account, byDesk?.reset_id ?? null);
  };
}
