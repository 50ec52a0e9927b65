import { randomUUID } from 'node:crypto';
import type { Origin } from '../audit/append-event.ts';
import type { AccountRow } from '../directory/directory.ts';
import { randomToken, type KeyedHash } from '../store/keyed-hash.ts';
import type { Store } from '../store/store.ts';

export interface UserSession {
  readonly id: string;
  readonly account: AccountRow;
  /** Nothing but the change of the password is open to it. */
  readonly mustChange: boolean;
}

export interface UserSessions {
  /** Opens a session for a user who has just proved who they are; answers its token and its life in seconds. */
  open(account: AccountRow, mustChange: boolean): Promise<{ token: string; seconds: number }>;
  find(token: string | undefined): Promise<UserSession | null>;
  end(session: UserSession, origin: Origin): Promise<void>;
}

/** Seconds: a working day, and long enough to think of a new password. */
const usual = 8 * 3600;
const forTheChange = 15 * 60;

/** The sessions of users at the self-service pages, found by a cookie whose hash is stored. */
export function createUserSessions({
  store,
  keyed,
  now,
}: {
  store: Store;
  keyed: KeyedHash;
  now: () => number;
}): UserSessions {
  return {
    async open(account, mustChange) {
      const token = randomToken();
      const seconds = mustChange ? forTheChange : usual;
      // The sign-in that it belongs to is in the audit log already.
      await store.keepTime((tx) =>
        tx
          .insertInto('user_sessions')
          .values({
            id: randomUUID(),
            token_hash: keyed.hash('session', token),
            account_id: account.id,
            created_at: now(),
            expires_at: now() + seconds * 1000,
            must_change: mustChange ? 1 : 0,
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
      const account =
        session &&
        (await store.db
          .selectFrom('accounts')
          .selectAll()
          .where('id', '=', session.account_id)
          .where('disabled', '=', 0)
          .where('frozen_at', 'is', null)
          .executeTakeFirst());
      return account ? { id: session.id, account, mustChange: session.must_change === 1 } : null;
    },
    end: ({ id, account }, origin) =>
      store.change(origin, async (tx, record) => {
        await tx.deleteFrom('user_sessions').where('id', '=', id).execute();
        await record({ action: 'account.signed-out', accountId: account.id });
      }),
  };
}
