import type { Transaction } from '../../store/store.ts';

/** The columns of the former password, which are set while it is valid beside a temporary one. */
const none = { old_hash: null, old_set_at: null } as const;

/** Ends the former password and moves it to the history; ends the user's sessions if `endSessions`. Returns whether there was one. */
export async function retireOldPassword(
  tx: Transaction,
  accountId: string,
  { endSessions }: { readonly endSessions: boolean },
): Promise<boolean> {
  const kept = await tx
    .selectFrom('account_credentials')
    .select(['old_hash', 'old_set_at', 'set_at'])
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  if (kept?.old_hash == null) return false;
  await tx
    .insertInto('password_history')
    .values({ account_id: accountId, password_hash: kept.old_hash, set_at: kept.old_set_at ?? kept.set_at })
    .execute();
  await tx.updateTable('account_credentials').set(none).where('account_id', '=', accountId).execute();
  if (endSessions) await tx.deleteFrom('user_sessions').where('account_id', '=', accountId).execute();
  return true;
}

/** Removes the unused temporary password of a reset; restores the former password if it was kept. */
export async function dropTemporaryPassword(
  tx: Transaction,
  accountId: string,
  resetId: string | null,
): Promise<void> {
  const kept = await tx
    .selectFrom('account_credentials')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  // The user, or a later reset, may have replaced it.
  if (!kept || kept.must_change === 0 || kept.reset_id !== resetId) return;
  const restored =
    kept.old_hash === null
      ? { password_hash: null, temporary_until: null }
      : {
          password_hash: kept.old_hash,
          set_at: kept.old_set_at ?? kept.set_at,
          must_change: 0 as const,
          temporary_until: null,
          reset_id: null,
        };
  await tx
    .updateTable('account_credentials')
    .set({ ...restored, ...none })
    .where('account_id', '=', accountId)
    .execute();
}

/** The password to keep valid beside a new temporary one: the user's own, or the one kept beside an earlier temporary password. */
export async function passwordToKeep(
  tx: Transaction,
  accountId: string,
): Promise<{ hash: string; setAt: number } | null> {
  const current = await tx
    .selectFrom('account_credentials')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  if (!current) return null;
  const { password_hash: hash, set_at: setAt, must_change: temporary } = current;
  if (temporary === 0) return hash === null ? null : { hash, setAt };
  return current.old_hash === null ? null : { hash: current.old_hash, setAt: current.old_set_at ?? setAt };
}
