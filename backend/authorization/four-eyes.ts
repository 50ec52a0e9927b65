import type { Kysely } from 'kysely';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import type { FourEyesObstacle } from '../../shared/api/four-eyes.ts';
import { Refusal } from '../refusal.ts';
import type { AccountsTable, Tables } from '../store/tables.ts';
import { isOwnAccount, isSamePerson, personOfAccount, readPersons, type Person } from './persons.ts';

type Account = Pick<AccountsTable, 'id' | 'user_name_key' | 'email_key' | 'employee_number_key'>;

/** What a second person is to decide about: a request, a flag, a freeze, a held change. */
export interface FourEyesMatter {
  readonly account: Account;
  /** The operators whose doing it is: who asked for it, made the reset, worked on the case. Null for a person who is no operator. */
  readonly doneBy: readonly (string | null)[];
  /** The case that it belongs to, whose manager's word counts. Without one, the words given in all cases that still matter count. */
  readonly caseId?: string;
  /** Cases of the account with activity after this instant matter as open ones do; in milliseconds. Without it only open ones do. */
  readonly casesSince?: number;
}

/** The codes with which the API refuses a second person who is not one. */
const refusals: Readonly<Record<FourEyesObstacle, ErrorCode>> = {
  'own-action': 'approval.own-request',
  'own-account': 'approval.own-account',
  'own-case': 'approval.own-case',
  vouched: 'approval.vouched',
};

/**
 * Why an operator cannot be the second pair of eyes on each matter; null where they can. Everything is asked about the person and not the row: an
 * operator with two sign-ins, or with an account under another name, is one person.
 */
export async function readFourEyesObstacles(
  db: Kysely<Tables>,
  operatorId: string,
  matters: readonly FourEyesMatter[],
): Promise<readonly (FourEyesObstacle | null)[]> {
  if (matters.length === 0) return [];
  const accountIds = [...new Set(matters.map(({ account }) => account.id))];
  const since = Math.min(...matters.map(({ casesSince = Number.MAX_SAFE_INTEGER }) => casesSince));
  const cases = await db
    .selectFrom('cases')
    .select(['id', 'account_id', 'operator_id', 'state', 'last_activity_at'])
    .where('account_id', 'in', accountIds)
    .where((where) => where.or([where('state', '=', 'open'), where('last_activity_at', '>', since)]))
    .execute();
  const caseIds = [...cases.map(({ id }) => id), ...matters.flatMap(({ caseId = null }) => caseId ?? [])];
  const vouchers = await readVouchers(db, caseIds);
  const doers = matters.flatMap(({ doneBy }) => doneBy.filter((id) => id !== null));
  const persons = await readPersons(db, [operatorId, ...doers, ...cases.map(({ operator_id: id }) => id)]);
  const noPerson: Person = new Set();
  const personOf = (id: string | null): Person => persons.get(id ?? '') ?? new Set([`operator ${id ?? ''}`]);
  const operator = personOf(operatorId);
  const isSelf = (id: string | null) => isSamePerson(operator, id === null ? noPerson : personOf(id));
  return matters.map(({ account, doneBy, caseId, casesSince = Infinity }) => {
    const relevant = cases.filter(
      (row) => row.account_id === account.id && (row.state === 'open' || row.last_activity_at > casesSince),
    );
    const vouchedIn = (id: string) => id === caseId || relevant.some((row) => row.id === id);
    if (doneBy.some(isSelf)) return 'own-action';
    if (isOwnAccount(operator, account)) return 'own-account';
    if (vouchers.some((word) => vouchedIn(word.caseId) && isSamePerson(operator, word.person)))
      return 'vouched';
    return relevant.some((row) => isSelf(row.operator_id)) ? 'own-case' : null;
  });
}

/** {@link readFourEyesObstacles} for one matter. */
export async function readFourEyesObstacle(
  db: Kysely<Tables>,
  operatorId: string,
  matter: FourEyesMatter,
): Promise<FourEyesObstacle | null> {
  const [obstacle = null] = await readFourEyesObstacles(db, operatorId, [matter]);
  return obstacle;
}

/** Throws the refusal of {@link readFourEyesObstacle}, with codes of the caller's own where the general ones say too little. */
export async function assertSecondPerson(
  db: Kysely<Tables>,
  operatorId: string,
  matter: FourEyesMatter,
  codes: Partial<Record<FourEyesObstacle, ErrorCode>> = {},
): Promise<void> {
  const obstacle = await readFourEyesObstacle(db, operatorId, matter);
  if (obstacle !== null) throw new Refusal(codes[obstacle] ?? refusals[obstacle]);
}

/** The managers whose word was given in these cases, or was asked for and may still be given. */
export async function readVouchers(
  db: Kysely<Tables>,
  caseIds: readonly string[],
): Promise<readonly { readonly caseId: string; readonly person: Person }[]> {
  if (caseIds.length === 0) return [];
  const rows = await db
    .selectFrom('checks')
    .innerJoin('accounts', 'accounts.id', 'checks.asked_account_id')
    .select([
      'checks.case_id',
      'accounts.id',
      'accounts.user_name_key',
      'accounts.email_key',
      'accounts.employee_number_key',
    ])
    .where('checks.case_id', 'in', caseIds)
    .where('checks.state', 'in', ['pending', 'passed'])
    .execute();
  return rows.map((row) => ({ caseId: row.case_id, person: personOfAccount(row) }));
}
