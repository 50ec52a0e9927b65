import { randomUUID } from 'node:crypto';
import type { DirectorySignInSettings } from '../../../shared/api/directory-sign-in.ts';
import type { Role } from '../../../shared/api/operator.ts';
import { nameFault } from '../../../shared/api/typed-text.ts';
import type { DirectoryRegistry } from '../../directories/configured/directory-registry.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { ExternalAccount, ExternalDirectory } from '../../directories/external/external-directory.ts';
import type { Live } from '../../live/live.ts';
import { Refusal } from '../../refusal.ts';
import type { Origin } from '../../store/append-event.ts';
import { changeIfRecorded } from '../../store/change-if-recorded.ts';
import type { RecordEvent, Store, Transaction } from '../../store/store.ts';
import type { OperatorsTable } from '../../store/tables.ts';
import { identityKey } from '../../text/fold.ts';
import { hasConfusableName, hasSamePerson } from '../another-person.ts';
import { newOperator } from '../operators.ts';
import { lockOperators } from '../remaining-administrator.ts';
import { endSessions, publishEnded } from '../session-list.ts';
import { sameRoles, takeRoles } from '../take-roles.ts';
import { rolesOf } from '../tokens.ts';

/** What the services need that admit and follow the operators of a directory. */
export interface DirectoryOperators {
  readonly store: Store;
  readonly registry: DirectoryRegistry;
  readonly live: Live;
  readonly now: () => number;
}

/** What a directory says about an operator's account now. */
export interface DirectoryPerson {
  readonly account: ExternalAccount;
  readonly roles: readonly Role[];
}

/** Reads the account and the roles of its groups; null if it no longer exists. */
export async function readPersonIn(
  external: ExternalDirectory,
  key: string,
  { roles }: Pick<DirectorySignInSettings, 'roles'>,
): Promise<DirectoryPerson | null> {
  const account = await external.read(key);
  if (account === null) return null;
  const held = new Set(await external.groupsOf?.(key, [...new Set(roles.map(({ group }) => group))]));
  return {
    account,
    roles: [...new Set(roles.flatMap(({ group, role }) => (held.has(group) ? [role] : [])))],
  };
}

const noRole = () => new Refusal('directory-sign-in.no-role');

/**
 * The operator of an account whose password was right. An unknown account with a role becomes an operator; its stable key identifies it from then on. An
 * account without a role loses roles and sessions here, and is refused with `directory-sign-in.no-role`. An account never takes over an operator of the
 * same name or person: `directory-sign-in.not-linked`.
 */
export async function admitFromDirectory(
  { store, live, now }: Omit<DirectoryOperators, 'registry'>,
  settings: DirectorySignInSettings,
  row: AccountRow,
  person: DirectoryPerson,
  from: Omit<Origin, 'actor'>,
): Promise<OperatorsTable> {
  const origin: Origin = { ...from, actor: { kind: 'system' } };
  const { roles } = person;
  const find = (db: Transaction | Store['db']) =>
    db
      .selectFrom('operators')
      .selectAll()
      .where('directory_id', '=', row.directory_id)
      .where('directory_key', '=', row.source_id)
      .executeTakeFirst();
  /** Most sign-ins change nothing. */
  const isUnchanged = (operator: OperatorsTable | undefined): operator is OperatorsTable =>
    operator?.state === 'active' && roles.length > 0 && sameRoles(rolesOf(operator), roles);
  const hasNothingToLose = (operator: OperatorsTable | undefined): boolean =>
    roles.length === 0 && (operator === undefined || rolesOf(operator).length === 0);
  const known = await find(store.db);
  if (isUnchanged(known)) return known;
  const admitted = await changeIfRecorded(store, origin, async (tx, record) => {
    await lockOperators(tx);
    const linked = await find(tx);
    if (hasNothingToLose(linked)) throw noRole();
    const operator = linked ?? (await create(tx, record, settings, { row, person, now: now() }));
    if (operator.state !== 'active') throw new Refusal('operator.disabled');
    const after = await takeRoles(tx, record, operator, { roles, by: 'directory' });
    if (roles.length === 0) return { ended: await endSessions(tx, record, operator.id, now()) };
    return { operator: { ...operator, roles: JSON.stringify(after) } };
  });
  if (admitted.operator !== undefined) return admitted.operator;
  publishEnded(live, admitted.ended);
  throw noRole();
}

/** Whether another operator stands in the way of a new one, and which, for an administrator who links or renames them. */
async function obstacleOf(tx: Transaction, operator: OperatorsTable): Promise<string | null> {
  const taken = await tx
    .selectFrom('operators')
    .select('id')
    .where('user_name_key', '=', operator.user_name_key)
    .executeTakeFirst();
  if (taken)
    return `Another operator has the user name “${operator.user_name}”. An administrator can link that operator to this account in Settings, Operators.`;
  if (await hasSamePerson(tx, operator))
    return 'Another operator belongs to the same person: they share an address, a user name or an account. An administrator can link that operator to this account in Settings, Operators.';
  const isUnclear =
    nameFault(`${operator.user_name} ${operator.display_name}`) !== null ||
    (await hasConfusableName(tx, operator));
  return isUnclear
    ? `The directory’s name “${operator.display_name}” can be confused with the name of another operator. An administrator can invite this person under a distinct name.`
    : null;
}

async function create(
  tx: Transaction,
  record: RecordEvent,
  { scope }: DirectorySignInSettings,
  {
    row,
    person: { account, roles },
    now,
  }: { readonly row: AccountRow; readonly person: DirectoryPerson; readonly now: number },
): Promise<OperatorsTable> {
  const operator: OperatorsTable = {
    ...newOperator,
    id: randomUUID(),
    user_name: account.userName,
    user_name_key: identityKey(account.userName),
    display_name: account.displayName,
    password_hash: '',
    roles: JSON.stringify(roles),
    scope: JSON.stringify(scope),
    email: account.email,
    state: 'active',
    linked_account_id: row.id,
    directory_id: row.directory_id,
    directory_key: row.source_id,
    created_at: now,
  };
  const obstacle = await obstacleOf(tx, operator);
  if (obstacle !== null) throw new Refusal('directory-sign-in.not-linked', { detail: obstacle });
  await tx.insertInto('operators').values(operator).execute();
  await record({
    action: 'operator.created-by-directory',
    facts: {
      operator: operator.id,
      userName: account.userName,
      directory: row.directory_id,
      roles: roles.join(', '),
    },
  });
  return operator;
}
