import { setImmediate } from 'node:timers/promises';
import type { ExpressionBuilder } from 'kysely';
import { limits } from '../../../shared/api/limits.ts';
import type { OperatorScope } from '../../../shared/api/operator.ts';
import type { Audience, LeftOutReason } from '../../../shared/api/required-reset.ts';
import { hasNumber } from '../../store/bare-number.ts';
import { bareNumber } from '../../text/bare-number.ts';
import {
  columnOf,
  identifierColumns,
  identifierSteps,
  identifierText,
  type IdentifierStep,
} from '../../text/identifier-steps.ts';
import { canAccess, type Scoped } from '../../authorization/account-access.ts';
import type { AccountRow } from '../../directories/directory.ts';
import { hasLocalPassword, isDisabled, isExpired, isNotStarted } from '../../accounts/statuses.ts';
import type { Store } from '../../store/store.ts';
import type { AccountsTable, Tables } from '../../store/tables.ts';

/** An account of an audience, and why it is excluded; null if it is not. */
export interface AudienceMember {
  readonly accountId: string;
  readonly hasEmail: boolean;
  readonly leftOut: LeftOutReason | null;
}

export interface FoundAudience {
  readonly members: readonly AudienceMember[];
  /** Entries of a list that match no account. */
  readonly unknown: readonly string[];
  /** Whether reading stopped at the limit. */
  readonly tooMany: boolean;
}

export type FindAudience = (
  audience: Audience,
  operator: { readonly scope: OperatorScope },
) => Promise<FoundAudience>;

type ResettableFields = Pick<AccountRow, 'disabled' | 'local_password' | 'expires_at' | 'starts_at'>;
const columns = [
  'accounts.id',
  'accounts.row_id',
  'accounts.email',
  'accounts.disabled',
  'accounts.expires_at',
  'accounts.starts_at',
  'accounts.local_password',
  'accounts.department',
  'accounts.tier',
  'accounts.directory',
  'accounts.directory_id',
] as const;
type Row = ResettableFields & Scoped & Pick<AccountsTable, 'id' | 'email'>;

/** Keys of a list, and accounts of a filter, per query. Other requests are served between two queries. */
const [keysAtOnce, rowsAtOnce] = [500, 5000];

/**
 * Why no new password can be required of an account; null if one can. These rules are separate from `decision/`: they name what its administrator
 * sees as excluded, and a frozen account is not excluded.
 */
export function exclusionReason(
  account: ResettableFields,
  now: number,
): Exclude<LeftOutReason, 'out-of-scope'> | null {
  if (isDisabled(account)) return 'disabled';
  if (!hasLocalPassword(account)) return 'no-local-password';
  if (isExpired(account, now)) return 'expired';
  return isNotStarted(account, now) ? 'not-started' : null;
}

type OnAccounts = ExpressionBuilder<Tables, 'accounts'>;

/** Whether an account has one of these statuses. `lockedSince` in milliseconds: an older lock by wrong passwords has ended. */
function hasStatus(
  of: OnAccounts,
  statuses: Extract<Audience, { kind: 'filter' }>['statuses'],
  lockedSince: number,
) {
  // A lock by wrong passwords ends by itself; a lock from an import does not.
  const locked = of.and([
    of('accounts.locked_since', 'is not', null),
    of.or([of('accounts.failed_sign_ins', '=', 0), of('accounts.locked_since', '>', lockedSince)]),
  ]);
  const frozen = of('accounts.frozen_at', 'is not', null);
  const meant = {
    locked,
    frozen,
    active: of.and([
      of('accounts.frozen_at', 'is', null),
      of.or([
        of('accounts.locked_since', 'is', null),
        of.and([of('accounts.failed_sign_ins', '>', 0), of('accounts.locked_since', '<=', lockedSince)]),
      ]),
    ]),
  };
  return of.or(statuses.map((status) => meant[status]));
}

/** Whether an account's password was set before this instant, in milliseconds. */
const hasPasswordSetBefore = (of: OnAccounts, before: number) =>
  of.exists(
    of
      .selectFrom('account_credentials')
      .select('account_credentials.account_id')
      .whereRef('account_credentials.account_id', '=', 'accounts.id')
      .where('account_credentials.password_hash', 'is not', null)
      .where('account_credentials.set_at', '<', before),
  );

/** Finds the accounts of an audience. `lockFor` is called when it is needed, and returns seconds. */
export function createFindAudience({
  store,
  lockFor,
  now,
}: {
  store: Store;
  lockFor: () => Promise<number>;
  now: () => number;
}): FindAudience {
  const { db } = store;

  const byKeys = async (
    column: 'id' | IdentifierStep['column'],
    keys: readonly string[],
    see: (row: Row, key: string) => void,
  ) => {
    for (let at = 0; at < keys.length; at += keysAtOnce) {
      const some = keys.slice(at, at + keysAtOnce);
      const isBare = column === 'bare_employee_number';
      const rows = await db
        .selectFrom('accounts')
        .select([...columns, `accounts.${column === 'id' ? column : columnOf(column)} as key`])
        .where((where) => (isBare ? hasNumber(some) : where(column, 'in', some)))
        .execute();
      for (const { key, ...row } of rows) see(row, isBare ? bareNumber(key ?? '') : (key ?? ''));
      await setImmediate();
    }
  };

  /**
   * Entries of a list name accounts in any notation. An entry that matches several accounts names none of them, unless it is an address or the same user
   * name in several directories: then all accounts with it are meant.
   */
  const listed = async (names: readonly string[]) => {
    const given = new Map<string, readonly IdentifierStep[]>();
    for (const name of names) {
      const text = identifierText(name);
      if (text !== '' && !given.has(text)) given.set(text, identifierSteps(name));
    }
    const known = new Map<string, Row[]>();
    for (const column of identifierColumns) {
      const keys = [...given.values()].flatMap((steps) =>
        steps.flatMap((step) => (step.column === column ? step.keys : [])),
      );
      await byKeys(column, [...new Set(keys)], (row, key) => {
        const rows = known.get(`${column} ${key}`);
        if (rows) rows.push(row);
        else known.set(`${column} ${key}`, [row]);
      });
    }
    const found = new Map<string, Row>();
    const unknown: string[] = [];
    for (const [text, steps] of given) {
      const met = steps
        .map(({ column, keys }) => ({
          column,
          rows: keys.flatMap((key) => known.get(`${column} ${key}`) ?? []),
        }))
        .find(({ rows }) => rows.length > 0);
      if (met && (met.rows.length === 1 || columnOf(met.column) !== 'employee_number_key'))
        for (const row of met.rows) found.set(row.id, row);
      else unknown.push(text);
    }
    return { rows: [...found.values()], unknown };
  };

  const filtered = async (filter: Extract<Audience, { kind: 'filter' }>): Promise<Row[]> => {
    const { departments, tiers, statuses, passwordSetBefore } = filter;
    const lockedSince = now() - (await lockFor()) * 1000;
    const rows: Row[] = [];
    for (let last = 0, more = true; more && rows.length <= limits.requiredResetList;) {
      let query = db.selectFrom('accounts').select(columns).where('accounts.row_id', '>', last);
      if (departments.length > 0) query = query.where('accounts.department', 'in', departments);
      if (tiers.length > 0) query = query.where('accounts.tier', 'in', tiers);
      if (statuses.length > 0) {
        query = query.where((of) => hasStatus(of, statuses, lockedSince));
      }
      if (passwordSetBefore !== null) {
        const before = Date.parse(passwordSetBefore);
        query = query.where((of) => hasPasswordSetBefore(of, before));
      }
      const page = await query.orderBy('accounts.row_id').limit(rowsAtOnce).execute();
      rows.push(...page);
      last = page.at(-1)?.row_id ?? last;
      more = page.length === rowsAtOnce;
      await setImmediate();
    }
    return rows;
  };

  const picked = async (accountIds: readonly string[]): Promise<Row[]> => {
    const rows: Row[] = [];
    await byKeys('id', [...new Set(accountIds)], (row) => rows.push(row));
    return rows;
  };

  return async (audience, operator) => {
    const { rows, unknown } =
      audience.kind === 'list'
        ? await listed(audience.names)
        : {
            rows: audience.kind === 'filter' ? await filtered(audience) : await picked(audience.accountIds),
            unknown: [],
          };
    const at = now();
    const members = rows.slice(0, limits.requiredResetList).map((row) => ({
      accountId: row.id,
      hasEmail: row.email !== null && row.email !== '',
      leftOut: canAccess(operator, row) ? exclusionReason(row, at) : ('out-of-scope' as const),
    }));
    return { members, unknown, tooMany: rows.length > limits.requiredResetList };
  };
}
