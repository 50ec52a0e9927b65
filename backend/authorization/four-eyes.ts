import type { Kysely } from 'kysely';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import type { FourEyesObstacle } from '../../shared/api/four-eyes.ts';
import { Refusal } from '../refusal.ts';
import type { AccountsTable, Tables } from '../store/tables.ts';
import {
  isOwnAccount,
  isSamePerson,
  personOfAccount,
  readLinkedAccounts,
  readPersons,
  type Person,
} from './persons.ts';

type Account = Pick<AccountsTable, 'id' | 'user_name_key' | 'email_key' | 'employee_number_key'>;

/** The subject of a second person's decision: a request, a flag, a freeze or a held change. */
export interface FourEyesMatter {
  readonly account: Account;
  /** The operators who acted in the matter: who asked for it, made the reset, or worked on the case. Null for a person who is not an operator. */
  readonly doneBy: readonly (string | null)[];
  /** The case of the matter, whose manager's word counts. Without a case, the words in all cases that still matter count. */
  readonly caseId?: string;
  /** Cases of the account with activity after this instant count like open ones; in milliseconds. If absent, only open cases count. */
  readonly casesSince?: number;
}

/** The API's error codes for an unsuitable second person. */
const refusals: Readonly<Record<FourEyesObstacle, ErrorCode>> = {
  'own-action': 'approval.own-request',
  'own-account': 'approval.own-account',
  'own-case': 'approval.own-case',
  vouched: 'approval.vouched',
};

/**
 * Why an operator cannot be the second person for each matter; null where they can. The rule concerns the person, not the row: an operator with two
 * sign-ins, or with an account under another name, is one person.
 */
export async function readFourEyesObstacles(
  db: Kysely<Tables>,
  operatorId: string,
  matters: readonly FourEyesMatter[],
): Promise<readonly (FourEyesObstacle | null)[]> {
  if (matters.length === 0) return [];
  const linkedWith = await readLinkedAccounts(
    db,
    matters.map(({ account }) => account),
  );
  // A flag or freeze of one account makes the cases of the person's other accounts stricter.
  const accountsOf = ({ account }: FourEyesMatter) => linkedWith(account.id).map(({ id }) => id);
  const accountIds = [...new Set(matters.flatMap(accountsOf))];
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
  return matters.map((matter) => {
    const { account, doneBy, caseId, casesSince = Infinity } = matter;
    const related = new Set(accountsOf(matter));
    const relevant = cases.filter(
      (row) => related.has(row.account_id) && (row.state === 'open' || row.last_activity_at > casesSince),
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

/** Throws the refusal of {@link readFourEyesObstacles}. `codes` replaces the general codes where the caller has more specific ones. */
export async function assertSecondPerson(
  db: Kysely<Tables>,
  operatorId: string,
  matter: FourEyesMatter,
  codes: Partial<Record<FourEyesObstacle, ErrorCode>> = {},
): Promise<void> {
  const obstacle = await readFourEyesObstacle(db, operatorId, matter);
  if (obstacle !== null) throw new Refusal(codes[obstacle] ?? refusals[obstacle]);
}

/** The managers who vouched in these cases, or who were asked and may still vouch. */
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
