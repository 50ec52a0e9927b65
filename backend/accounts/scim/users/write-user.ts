import type { ContactChange } from '../../../directories/contact-texts.ts';
import type { PolicyInForce } from '../../../policy/policy-in-force.ts';
import type { Origin } from '../../../store/append-event.ts';
import type { RecordEvent, Store, Transaction } from '../../../store/store.ts';
import type { AccountSourcesTable, ScimUsersTable } from '../../../store/tables.ts';
import { loadPhoneReader } from '../../../text/phone-numbers.ts';
import { sourceIdKey } from '../../../text/source-id.ts';
import { closeAccount, type EndAccess } from '../../identity/close-account.ts';
import { addSourceId } from '../../identity/source-ids.ts';
import { planKnownRow, planRows, type RowPlan } from '../../import/analyse-rows.ts';
import { applyRows } from '../../import/apply-rows.ts';
import { builtInHome } from '../../import/home.ts';
import { readKnownChanges } from '../../import/known-changes.ts';
import { brakeOf, countChange, type CountedChange } from '../../sources/source-brake.ts';
import type { UserResource } from '../protocol/resource.ts';
import { ScimError } from '../protocol/scim-error.ts';
import { fieldsOf, managerOf, stageUser } from './staged-user.ts';
import { insertUser, storedUser, updateUser, userLike, usersOf, versionOf } from './user-rows.ts';

/** The source that writes, and the actor for the audit log. */
export interface Writing {
  readonly source: AccountSourcesTable;
  readonly tokenId: string;
  readonly origin: Origin;
}

export interface WriteCollaborators {
  readonly store: Store;
  readonly policy: PolicyInForce;
  /** Queues the mails to the account owners within the transaction. */
  readonly contactsChanged: (tx: Transaction, changes: readonly ContactChange[]) => Promise<void>;
  readonly endAccess: EndAccess;
  /** Queues the mails to the administrators within the transaction: many changes of this source wait for their decision. */
  readonly changesHeld: (tx: Transaction, source: Pick<AccountSourcesTable, 'name'>) => Promise<void>;
  readonly now: () => number;
}

/** Seconds after which a client should retry a change that waits for a decision. */
const retryAfter = 3600;

/** The same while an import is applied, which takes seconds to a minute. */
const importRetryAfter = 30;

const heldError = () =>
  new ScimError(
    409,
    'The user contradicts known data about an account and is waiting for a decision in Reset Desk under Accounts.',
    { scimType: 'uniqueness' },
  );
const brakeError = () =>
  new ScimError(
    429,
    'This source has changed too many accounts within an hour. An administrator must decide in Reset Desk under Settings, Directories.',
    { retryAfter },
  );
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
export function createWriteUser({
  store,
  policy,
  contactsChanged,
  endAccess,
  changesHeld,
  now,
}: WriteCollaborators) {
  /** The result of a write: a row, or an error that is thrown after its cause has been saved. */
  type Outcome = ScimUsersTable | ScimError | null;

  const settled = (outcome: Outcome): ScimUsersTable => {
    if (outcome instanceof ScimError) throw outcome;
    if (outcome === null) throw new ScimError(404, 'This user does not exist.');
    return outcome;
  };

  /** The text by which the account's manager is looked up: the user name of the user with the manager's id, or the name that the client sends. */
  const managerText = async (tx: Transaction, source: string, user: UserResource): Promise<string | null> => {
    const { id, name } = managerOf(user);
    if (id === null) return name;
    const key = sourceIdKey(source, id);
    const account = await tx
      .selectFrom('accounts')
      .select('user_name')
      .where((where) =>
        where.or([where('id', '=', id), ...(key === null ? [] : [where('source_id_key', '=', key)])]),
      )
      .executeTakeFirst();
    return account?.user_name ?? name ?? id;
  };

  const stage = async (tx: Transaction, source: string, user: UserResource, before: UserResource | null) => {
    const { document } = await policy.current(tx);
    const readPhone = await loadPhoneReader(document.accounts.phoneCountry);
    const has = fieldsOf(user, before);
    const staged = stageUser(user, await managerText(tx, source, user), { source, readPhone, now: now() });
    const knownChanges = await readKnownChanges(tx, now());
    return { ...staged, rules: { has, source, home: builtInHome, readPhone, knownChanges, now: now() } };
  };

  const facts = ({ source, tokenId }: Writing) => ({ source: source.id, name: source.name, token: tokenId });

  /** Allows a change, or answers the error that stops it. */
  const brake = async (
    tx: Transaction,
    record: RecordEvent,
    by: Writing,
    change: CountedChange,
  ): Promise<ScimError | null> => {
    const verdict = await brakeOf(tx, by.source, change, policy, now());
    if (verdict === 'allowed') return null;
    if (verdict === 'passes') {
      await countChange(tx, by.source, change, now());
      return null;
    }
    // That changes wait was recorded when it began; a client tries again for each of its users.
    if (verdict === 'held') throw brakeError();
    await tx
      .updateTable('account_sources')
      .set({ held_since: now() })
      .where('id', '=', by.source.id)
      .execute();
    await record({
      action: 'source.changes-held',
      facts: { ...facts(by), kinds: change.kinds.join(', ') },
    });
    await changesHeld(tx, by.source);
    return brakeError();
  };

  /** Applies a plan. Answers an error if the row is held. */
  const apply = async (
    tx: Transaction,
    record: RecordEvent,
    by: Writing,
    plan: RowPlan,
    { rules, unread }: Awaited<ReturnType<typeof stage>>,
  ): Promise<ScimError | null> => {
    const accountId = plan.accountId ?? '';
    const isKnown = plan.kind === 'changed' || plan.kind === 'unchanged';
    const stopped = await brake(tx, record, by, { accountId, kinds: isKnown ? plan.mass : [] });
    if (stopped !== null) return stopped;
    const importId = `scim ${by.source.id}`;
    const { source, has } = rules;
    const contacts = await applyRows(tx, record, [plan], { importId, source, has, rules });
    await contactsChanged(tx, contacts);
    const isHeld = plan.kind === 'held';
    await record({
      action: 'source.account-written',
      outcome: isHeld ? 'refused' : 'done',
      accountId,
      facts: {
        ...facts(by),
        what: plan.kind,
        ...(plan.hold && { why: plan.hold.reason }),
        ...(unread.length > 0 && { unread: unread.join(', ') }),
      },
    });
    if (!isHeld)
      await tx
        .updateTable('account_sources')
        .set({ changed_at: now() })
        .where('id', '=', by.source.id)
        .execute();
    return isHeld ? heldError() : null;
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
          facts: { ...facts(by), what: 'removed' },
        });
        return row;
      });
      settled(outcome);
    },
  };
}
