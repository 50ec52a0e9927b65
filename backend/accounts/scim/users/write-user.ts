import type { Transaction } from '../../../store/store.ts';
import type { ScimUsersTable } from '../../../store/tables.ts';
import { closeAccount } from '../../identity/close-account.ts';
import { addSourceId } from '../../identity/source-ids.ts';
import { planKnownRow, planRows } from '../../import/analyse-rows.ts';
import type { UserResource } from '../protocol/resource.ts';
import { ScimError } from '../protocol/scim-error.ts';
import { createApplyUser, sourceFacts, type WriteCollaborators, type Writing } from './apply-user.ts';
import { insertUser, storedUser, updateUser, userLike, usersOf, versionOf } from './user-rows.ts';

/** Seconds after which a client should retry while an import is applied, which takes up to a minute. */
const importRetryAfter = 30;

const importError = () =>
  new ScimError(503, 'An import of accounts is being applied in Reset Desk. Try again when it has ended.', {
    retryAfter: importRetryAfter,
  });
const takenError = (what: string) =>
  new ScimError(409, `Another user has this ${what}.`, { scimType: 'uniqueness' });

/** Checks the `If-Match` header of a request: versions separated by commas, or `*`. */
export function assertVersion(row: ScimUsersTable, ifMatch: string | null): void {
  if (ifMatch === null || ifMatch.trim() === '*') return;
  const plain = (tag: string) => tag.trim().replace(/^W\//iu, '');
  const wanted = ifMatch.split(',').map(plain);
  if (!wanted.includes(plain(versionOf(row))))
    throw new ScimError(412, 'The user was changed in the meantime. Read it again.');
}

/**
 * Throws while an import is applied: it writes what it planned when the file was read, and would overwrite a change in between. A write before that makes
 * the import stale.
 */
async function assertNoImportRuns(tx: Transaction): Promise<void> {
  const running = await tx
    .selectFrom('imports')
    .select('id')
    .where('state', '=', 'running')
    .limit(1)
    .executeTakeFirst();
  if (running !== undefined) throw importError();
}

/** Whether another account has this id. */
async function hasOtherWithId(tx: Transaction, key: string | null, accountId: string): Promise<boolean> {
  if (key === null) return false;
  const [own, added] = [
    await tx.selectFrom('accounts').select('id').where('source_id_key', '=', key).execute(),
    await tx
      .selectFrom('account_source_ids')
      .select('account_id as id')
      .where('source_id_key', '=', key)
      .execute(),
  ];
  return [...own, ...added].some(({ id }) => id !== accountId);
}

const directoryOf = async (tx: Transaction, accountId: string | null): Promise<string | null> =>
  (
    await tx
      .selectFrom('accounts')
      .select('directory_id')
      .where('id', '=', accountId ?? '')
      .executeTakeFirst()
  )?.directory_id ?? null;

/** Creates, changes and removes users. A write that is held or refused changes nothing. */
export function createWriteUser(collaborators: WriteCollaborators) {
  const { store, endAccess, now } = collaborators;
  const { stage, brake, apply } = createApplyUser(collaborators);
  /** The result of a write: a row, or an error that is thrown after its cause has been saved. */
  type Outcome = ScimUsersTable | ScimError | null;

  const settled = (outcome: Outcome): ScimUsersTable => {
    if (outcome instanceof ScimError) throw outcome;
    if (outcome === null) throw new ScimError(404, 'This user does not exist.');
    return outcome;
  };

  const rowOf = (tx: Transaction, sourceId: string, id: string) =>
    usersOf(tx, sourceId).where('account_id', '=', id).executeTakeFirst();

  return {
    async create(by: Writing, user: UserResource): Promise<ScimUsersTable> {
      const outcome = await store.change(by.origin, async (tx, record): Promise<Outcome> => {
        await assertNoImportRuns(tx);
        const { id: sourceId, name } = by.source;
        const like = await userLike(tx, sourceId, user, null);
        if (like !== null) throw takenError(like);
        const staged = await stage(tx, name, user, null);
        const [plan] = await planRows(tx, [staged.row], staged.rules);
        if (plan === undefined) throw new Error('A row has no plan');
        const kept = await tx
          .selectFrom('scim_users')
          .select('source_id')
          .where('account_id', '=', plan.accountId ?? '')
          .executeTakeFirst();
        if (kept !== undefined && plan.kind !== 'held') throw takenError('account');
        const stopped = await apply(tx, record, by, plan, staged);
        if (stopped !== null) return stopped;
        return insertUser(tx, { sourceId, accountId: plan.accountId ?? '', user, now: now() });
      });
      return settled(outcome);
    },

    /** `change` computes the new user from the stored one. An unchanged user is not written. */
    async change(
      by: Writing,
      id: string,
      ifMatch: string | null,
      change: (before: UserResource) => UserResource,
    ): Promise<ScimUsersTable> {
      const known = settled(
        (await usersOf(store.db, by.source.id).where('account_id', '=', id).executeTakeFirst()) ?? null,
      );
      assertVersion(known, ifMatch);
      if (JSON.stringify(change(storedUser(known))) === known.resource) return known;
      const outcome = await store.change(by.origin, async (tx, record): Promise<Outcome> => {
        await assertNoImportRuns(tx);
        const { id: sourceId, name } = by.source;
        const row = settled((await rowOf(tx, sourceId, id)) ?? null);
        assertVersion(row, ifMatch);
        const before = storedUser(row);
        const user = change(before);
        const like = await userLike(tx, sourceId, user, id);
        if (like !== null) throw takenError(like);
        const staged = await stage(tx, name, user, before);
        const isRenamed = user['externalId'] !== before['externalId'];
        if (isRenamed && (await hasOtherWithId(tx, staged.row.source_id_key, id)))
          throw takenError('externalId');
        const plan = await planKnownRow(tx, staged.row, id, staged.rules);
        const stopped = await apply(tx, record, by, plan, staged);
        if (stopped !== null) return stopped;
        const { source_id: externalId, source_id_key: key } = staged.row;
        if (externalId !== null && key !== null && isRenamed)
          await addSourceId(tx, { accountId: id, source: name, sourceId: externalId, key, at: now() });
        return updateUser(tx, row, user, now());
      });
      return settled(outcome);
    },

    /** Closes the account but keeps it on file. It is reopened if the client creates the user again. */
    async remove(by: Writing, id: string, ifMatch: string | null): Promise<void> {
      const outcome = await store.change(by.origin, async (tx, record): Promise<Outcome> => {
        await assertNoImportRuns(tx);
        const row = settled((await rowOf(tx, by.source.id, id)) ?? null);
        assertVersion(row, ifMatch);
        const stopped = await brake(tx, record, by, { accountId: id, kinds: ['closed'] });
        if (stopped !== null) return stopped;
        const at = now();
        // What an external directory keeps is closed when it is gone there.
        const isKeptHere = (await directoryOf(tx, id)) === null;
        if (isKeptHere)
          await closeAccount(tx, record, endAccess, {
            account: { id },
            at,
            facts: { source: by.source.id, why: 'deprovisioned' },
          });
        await tx.deleteFrom('scim_user_emails').where('account_id', '=', id).execute();
        await tx.deleteFrom('scim_users').where('account_id', '=', id).execute();
        await tx
          .updateTable('account_sources')
          .set({ changed_at: at })
          .where('id', '=', by.source.id)
          .execute();
        await record({
          action: 'source.account-written',
          accountId: id,
          facts: { ...sourceFacts(by), what: 'removed' },
        });
        return row;
      });
      settled(outcome);
    },
  };
}
