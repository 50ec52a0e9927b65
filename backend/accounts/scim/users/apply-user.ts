import type { ContactChange } from '../../../directories/contact-texts.ts';
import type { PolicyInForce } from '../../../policy/policy-in-force.ts';
import type { Origin } from '../../../store/append-event.ts';
import type { RecordEvent, Store, Transaction } from '../../../store/store.ts';
import type { AccountSourcesTable } from '../../../store/tables.ts';
import { loadPhoneReader } from '../../../text/phone-numbers.ts';
import { sourceIdKey } from '../../../text/source-id.ts';
import type { EndAccess } from '../../identity/close-account.ts';
import type { RowPlan } from '../../import/analyse-rows.ts';
import { applyRows } from '../../import/apply-rows.ts';
import { builtInHome } from '../../import/home.ts';
import { readKnownChanges } from '../../import/known-changes.ts';
import { brakeOf, countChange, type CountedChange } from '../../sources/source-brake.ts';
import type { UserResource } from '../protocol/resource.ts';
import { ScimError } from '../protocol/scim-error.ts';
import { fieldsOf, managerOf, stageUser } from './staged-user.ts';

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

/** The text by which the account's manager is looked up: the user name of the user with the manager's id, or the name that the client sends. */
async function managerText(tx: Transaction, source: string, user: UserResource): Promise<string | null> {
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
}

/** The data that a change's audit event has about its source. */
export const sourceFacts = ({ source, tokenId }: Writing) => ({
  source: source.id,
  name: source.name,
  token: tokenId,
});

/** Converts users to import rows and applies these, within the bounds of their source. */
export function createApplyUser({
  policy,
  contactsChanged,
  changesHeld,
  now,
}: Pick<WriteCollaborators, 'policy' | 'contactsChanged' | 'changesHeld' | 'now'>) {
  /** Converts a user to an import row, with the rules for applying it. */
  const stage = async (tx: Transaction, source: string, user: UserResource, before: UserResource | null) => {
    const { document } = await policy.current(tx);
    const readPhone = await loadPhoneReader(document.accounts.phoneCountry);
    const has = fieldsOf(user, before);
    const staged = stageUser(user, await managerText(tx, source, user), { source, readPhone, now: now() });
    const knownChanges = await readKnownChanges(tx, now());
    return { ...staged, rules: { has, source, home: builtInHome, readPhone, knownChanges, now: now() } };
  };

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
      facts: { ...sourceFacts(by), kinds: change.kinds.join(', ') },
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
        ...sourceFacts(by),
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

  return { stage, brake, apply };
}
