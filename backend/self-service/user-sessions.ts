import type { Secret } from '../../shared/secret/secret.ts';
import { randomUUID } from 'node:crypto';
import type { Origin } from '../store/append-event.ts';
import type { AccountRow } from '../directories/directory.ts';
import { randomToken, type KeyedHash } from '../store/keyed-hash.ts';
import type { Store } from '../store/store.ts';
import { wasEnabledSince } from '../accounts/statuses.ts';
import { firstStatusObstacle } from '../casework/decision/account-obstacle.ts';
import { isSentAstray } from './sent-astray.ts';
import { readRequirement } from '../casework/decision/read-requirement.ts';

export interface UserSession {
  readonly id: string;
  readonly account: AccountRow;
  /** The session only allows changing the password. */
  readonly mustChange: boolean;
  /** An administrator required a new password after the session was opened: every page redirects to the change, which asks for the current password. */
  readonly required: boolean;
  /** The session allows nothing before the second factor. */
  readonly needsCode: boolean;
  /** When the temporary password expires, in milliseconds; null unless the session must change it. */
  readonly temporaryUntil: number | null;
}

export interface SessionRow {
  readonly id: string;
  readonly openedAt: number;
  readonly lastUsedAt: number;
  readonly client: string | null;
  readonly clientAddress: string | null;
}

export interface UserSessions {
  /** Opens a session for a user who has just signed in; returns its token and its lifetime in seconds. */
  open(
    account: AccountRow,
    stage: { readonly mustChange: boolean; readonly needsCode?: boolean },
    from?: Omit<Origin, 'actor'>,
  ): Promise<{ token: Secret; seconds: number }>;
  find(token: string | undefined): Promise<UserSession | null>;
  /** The account's open sessions, most recently used first. */
  list(accountId: string): Promise<SessionRow[]>;
  end(session: Pick<UserSession, 'id' | 'account'>, origin: Origin): Promise<void>;
  /** Ends another session of the same account, or all but the given one; returns how many ended. */
  endOthers(session: UserSession, which: { readonly id: string } | 'all', origin: Origin): Promise<number>;
}

/** Lifetimes in seconds: signed in (a working day), choosing a password, with a temporary password at most, and entering a code. */
const signedInLife = 8 * 3600;
const changeLife = 15 * 60;
const maxTemporaryLife = 3600;
const codeLife = 5 * 60;
/** Milliseconds between two writes of the last use, which is shown to the minute. */
const lastUsedGrain = 60_000;

/** The expiry of the account's temporary password in milliseconds, and the reset that set it; nulls if it has none. */
async function temporaryOf(
  db: Store['db'],
  { id }: AccountRow,
): Promise<{ readonly until: number | null; readonly resetId: string | null }> {
  const credentials = await db
    .selectFrom('account_credentials')
    .select(['temporary_until as until', 'reset_id as resetId'])
    .where('account_id', '=', id)
    .where('must_change', '=', 1)
    .executeTakeFirst();
  if (credentials !== undefined) return credentials;
  const elsewhere = await db
    .selectFrom('directory_accounts')
    .select(['temporary_until as until', 'temporary_reset_id as resetId'])
    .where('account_id', '=', id)
    .executeTakeFirst();
  return elsewhere ?? { until: null, resetId: null };
}

/** The sessions of users on the self-service pages. Only hashes of their cookies are stored. */
export function createUserSessions({
  store,
  keyed,
  now,
}: {
  store: Store;
  keyed: KeyedHash;
  now: () => number;
}): UserSessions {
  const secondsToChange = async (account: AccountRow): Promise<number> => {
    const { until } = await temporaryOf(store.db, account);
    if (until === null) return changeLife;
    return Math.max(1, Math.min(maxTemporaryLife, Math.floor((until - now()) / 1000)));
  };
  return {
    async open(account, { mustChange, needsCode = false }, from) {
      const token = randomToken();
      const seconds = needsCode ? codeLife : mustChange ? await secondsToChange(account) : signedInLife;
      // Unaudited: the sign-in is recorded.
      await store.writeUnaudited((tx) =>
        tx
          .insertInto('user_sessions')
          .values({
            id: randomUUID(),
            token_hash: keyed.hash('session', token.expose()),
            account_id: account.id,
            created_at: now(),
            expires_at: now() + seconds * 1000,
            must_change: mustChange ? 1 : 0,
            needs_code: needsCode ? 1 : 0,
            client: from?.client ?? null,
            client_address: from?.clientAddress ?? null,
            last_used_at: now(),
          })
          .execute(),
      );
      return { token, seconds };
    },
    async find(token) {
      if (token === undefined) return null;
      const session = await store.db
        .selectFrom('user_sessions')
        .selectAll()
        .where('token_hash', '=', keyed.hash('session', token))
        .where('expires_at', '>', now())
        .executeTakeFirst();
      if (!session) return null;
      const account = await store.db
        .selectFrom('accounts')
        .selectAll()
        .where('id', '=', session.account_id)
        .executeTakeFirst();
      if (
        !account ||
        firstStatusObstacle({ account, at: now() }, ['disabled', 'expired', 'not-started', 'frozen']) !==
          null ||
        wasEnabledSince(account, session.created_at)
      ) {
        return null;
      }
      const temporary = session.must_change === 1 ? await temporaryOf(store.db, account) : null;
      // The person who signed in with the password may have read it in a mailbox that no longer belongs to the account.
      if (temporary !== null && (await isSentAstray(store.db, account, temporary.resetId))) return null;
      if ((session.last_used_at ?? 0) + lastUsedGrain < now()) {
        await store.writeUnaudited((tx) =>
          tx.updateTable('user_sessions').set({ last_used_at: now() }).where('id', '=', session.id).execute(),
        );
      }
      return {
        id: session.id,
        account,
        mustChange: session.must_change === 1,
        required: session.must_change === 0 && (await readRequirement(store.db, account.id)) !== null,
        needsCode: session.needs_code === 1,
        temporaryUntil: temporary?.until ?? null,
      };
    },
    async list(accountId) {
      const rows = await store.db
        .selectFrom('user_sessions')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('expires_at', '>', now())
        .where('needs_code', '=', 0)
        .execute();
      return rows
        .map(({ id, created_at, last_used_at, client, client_address }) => ({
          id,
          openedAt: created_at,
          lastUsedAt: last_used_at ?? created_at,
          client,
          clientAddress: client_address,
        }))
        .toSorted((a, b) => b.lastUsedAt - a.lastUsedAt);
    },
    end: ({ id, account }, origin) =>
      store.change(origin, async (tx, record) => {
        await tx.deleteFrom('user_sessions').where('id', '=', id).execute();
        await record({ action: 'account.signed-out', accountId: account.id });
      }),
    endOthers: ({ id, account }, which, origin) =>
      store.change(origin, async (tx, record) => {
        const others = tx
          .deleteFrom('user_sessions')
          .where('account_id', '=', account.id)
          .where('id', '!=', id);
        const { numDeletedRows } = await (
          which === 'all' ? others : others.where('id', '=', which.id)
        ).executeTakeFirst();
        const ended = Number(numDeletedRows);
        await record({ action: 'self-service.session-ended', accountId: account.id, facts: { ended } });
        return ended;
      }),
  };
}
