import { everyAccount } from '../../shared/api/operator.ts';
import type { Store, Transaction } from '../store/store.ts';
import type { OperatorsTable } from '../store/tables.ts';
import { distinctAddresses } from '../messaging/notifications/addresses-on-file.ts';
import type { OperatorMails } from './operator-mails.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import { secondFactorNeed } from './second-factor/second-factor-need.ts';
import { rolesOf, scopeOf } from './tokens.ts';

/** The clause that tells an operator about a changed column; null if the change is not worth a mail. */
type Notice = (before: OperatorsTable, after: OperatorsTable) => string | null;

const cameOrWent =
  (column: keyof OperatorsTable, came: string, went: string): Notice =>
  (_before, after) =>
    after[column] === null || after[column] === '' ? went : came;

const listOf = (roles: readonly string[]): string => roles.toSorted().join(', ');
const isScoped = (operator: OperatorsTable): boolean =>
  JSON.stringify({ ...everyAccount, ...scopeOf(operator) }) !== JSON.stringify(everyAccount);

const stateNotices: Readonly<Record<string, string>> = {
  active: 'your access was turned on',
  disabled: 'your access was turned off',
  removed: 'your access was removed',
};

/** For each column, what its change means to the operator. Null for columns that change with another one, or by use. */
const notices: Readonly<Record<keyof OperatorsTable, Notice | null>> = {
  user_name: (_before, after) => `your user name was changed to ${after.user_name}`,
  display_name: (_before, after) => `your name was changed to ${after.display_name}`,
  email: cameOrWent('email', 'your email address was changed', 'your email address was removed'),
  password_hash: cameOrWent('password_hash', 'a new password was set', 'your password was removed'),
  roles: (before, after) =>
    `your roles were changed from ${listOf(rolesOf(before))} to ${listOf(rolesOf(after))}`,
  scope: (_before, after) =>
    `your access was ${isScoped(after) ? 'limited to other accounts' : 'extended to all accounts'}`,
  linked_account_id: cameOrWent(
    'linked_account_id',
    'another account was set as your own account',
    'your own account was removed from your operator data',
  ),
  totp_secret: cameOrWent(
    'totp_secret',
    'an authenticator app was set up for you',
    'your two-factor authentication was reset',
  ),
  provider_subject: cameOrWent(
    'provider_subject',
    'you were linked to an account at the identity provider',
    'you were unlinked from your account at the identity provider',
  ),
  directory_key: cameOrWent(
    'directory_key',
    'you now sign in with the password of your account in the directory',
    'you no longer sign in with the password of your account in the directory',
  ),
  state: (_before, after) => stateNotices[after.state] ?? null,
  id: null,
  user_name_key: null,
  created_at: null,
  last_sign_in_at: null,
  totp_since: null,
  totp_last_step: null,
  provider_issuer: null,
  directory_id: null,
};

/** The changes of an operator, as clauses in the order of the table. */
export function describeOperatorChanges(before: OperatorsTable, after: OperatorsTable): string[] {
  if (after.state === 'removed') return before.state === 'removed' ? [] : [stateNotices['removed'] ?? ''];
  return Object.entries(notices).flatMap(([name, notice]) => {
    const column = name as keyof OperatorsTable;
    const clause = before[column] === after[column] ? null : (notice?.(before, after) ?? null);
    return clause === null ? [] : [clause];
  });
}

interface Snapshot {
  readonly operators: readonly OperatorsTable[];
  /** Ids of each operator's recovery codes, used ones included. */
  readonly codes: ReadonlyMap<string, ReadonlySet<string>>;
}

async function readOperators(tx: Transaction): Promise<Snapshot> {
  const operators = await tx.selectFrom('operators').selectAll().execute();
  const codes = new Map<string, Set<string>>();
  for (const { id, operator_id } of await tx
    .selectFrom('operator_recovery_codes')
    .select(['id', 'operator_id'])
    .execute())
    codes.set(operator_id, (codes.get(operator_id) ?? new Set()).add(id));
  return { operators, codes };
}

function describeCodes(id: string, before: Snapshot, after: Snapshot): string[] {
  const known = before.codes.get(id) ?? new Set();
  const isNew = [...(after.codes.get(id) ?? [])].some((code) => !known.has(code));
  return isNew ? ['new recovery codes were created for you'] : [];
}

/**
 * Whether the operator has chosen a password with their invitation, and cannot use it before an authenticator app is set up. One mail tells them of
 * both at that time.
 */
const isJoining = async (
  tx: Transaction,
  { operator, changed }: { readonly operator: OperatorsTable; readonly changed: OperatorsTable },
  { policy, now }: NoticeOptions,
): Promise<boolean> => {
  const isRedeemed = operator.state === 'invited' && changed.state === 'active';
  if (!isRedeemed || operator.password_hash === changed.password_hash) return false;
  const { document } = await policy.current(tx);
  return (await secondFactorNeed(tx, changed, document, now())).kind === 'now';
};

/** The notice to an operator who has just joined: they have set up an authenticator app and have never signed in. */
const joined = (operator: OperatorsTable, changed: OperatorsTable): readonly string[] =>
  operator.last_sign_in_at === null && operator.totp_secret === null && changed.totp_secret !== null
    ? ['a new password was set', stateNotices['active'] ?? '']
    : [];

interface NoticeOptions {
  readonly policy: PolicyInForce;
  readonly now: () => number;
}

/**
 * A store whose changes notify each operator of what they changed about them, at the address on file and at the former one. The mails are queued in
 * the change's own transaction, so no change of an operator is committed without its notice.
 */
export const withOperatorNotices = (
  store: Store,
  mails: Pick<OperatorMails, 'queueChangeNotice'>,
  options: NoticeOptions,
): Store => ({
  ...store,
  change: (origin, work) =>
    store.change(origin, async (tx, record) => {
      const before = await readOperators(tx);
      const result = await work(tx, record);
      const after = await readOperators(tx);
      for (const operator of before.operators) {
        const changed = after.operators.find(({ id }) => id === operator.id);
        if (changed === undefined || (await isJoining(tx, { operator, changed }, options))) continue;
        const clauses = [
          ...joined(operator, changed),
          ...describeOperatorChanges(operator, changed),
          ...describeCodes(operator.id, before, after),
        ];
        if (clauses.length === 0) continue;
        for (const address of distinctAddresses([operator.email, changed.email]))
          await mails.queueChangeNotice(tx, changed, address, clauses.join('; '));
      }
      return result;
    }),
});
