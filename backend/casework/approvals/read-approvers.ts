import type { Kysely } from 'kysely';
import type { ApproverAvailability } from '../../../shared/api/four-eyes.ts';
import type { Role } from '../../../shared/api/operator.ts';
import { canAccess, parseScope, type Scoped } from '../../authorization/account-access.ts';
import { readFourEyesObstacle, type FourEyesMatter } from '../../authorization/four-eyes.ts';
import { isSamePerson, readPersons, type Person } from '../../authorization/persons.ts';
import type { Live } from '../../live/live.ts';
import type { OperatorsTable, Tables } from '../../store/tables.ts';

/** Milliseconds after an operator's last request for which they count as signed in without an open connection for live events. */
const presentForMs = 5 * 60_000;
/** Approvers that are considered. A larger organisation need not consider the others. */
const maxAsked = 50;

const canSignIn = ({
  password_hash,
  provider_subject,
}: Pick<OperatorsTable, 'password_hash' | 'provider_subject'>) =>
  password_hash !== '' || provider_subject !== null;

/** The active operators with the role who can sign in, with their last activity in an open session, the most recent first. */
async function readCandidates(db: Kysely<Tables>, at: number) {
  const operators = await db
    .selectFrom('operators')
    .select(['id', 'roles', 'scope', 'password_hash', 'provider_subject'])
    .where('state', '=', 'active')
    .execute();
  const approvers = operators.filter(
    (row) => canSignIn(row) && (JSON.parse(row.roles) as Role[]).includes('approver'),
  );
  if (approvers.length === 0) return [];
  const sessions = await db
    .selectFrom('operator_sessions')
    .select(['operator_id', 'last_activity_at', 'ended_at', 'expires_at'])
    .where(
      'operator_id',
      'in',
      approvers.map(({ id }) => id),
    )
    .orderBy('last_activity_at')
    .execute();
  const seen = new Map(sessions.map((row) => [row.operator_id, row.last_activity_at]));
  const open = new Map(
    sessions
      .filter((row) => row.ended_at === null && row.expires_at > at)
      .map((row) => [row.operator_id, row.last_activity_at]),
  );
  return approvers
    .map(({ id, scope }) => ({
      id,
      scope: parseScope(scope),
      lastSeenAt: seen.get(id) ?? null,
      activeAt: open.get(id) ?? null,
    }))
    .toSorted((a, b) => (b.lastSeenAt ?? 0) - (a.lastSeenAt ?? 0))
    .slice(0, maxAsked);
}

interface Wait {
  readonly account: FourEyesMatter['account'] & Scoped;
  /** The operator of the case. */
  readonly operatorId: string;
  readonly caseId: string;
  /** Milliseconds. */
  readonly at: number;
}

/** Whether an approver exists who could decide about a reset in this case, and whether one is signed in. */
export async function readApprovers(
  db: Kysely<Tables>,
  live: Pick<Live, 'isListening'>,
  { account, operatorId, caseId, at }: Wait,
): Promise<ApproverAvailability> {
  let lastSeenAt: number | null = null;
  let exists = false;
  for (const candidate of await readCandidates(db, at)) {
    if (!canAccess(candidate, account)) continue;
    const matter = { account, doneBy: [operatorId], caseId };
    if ((await readFourEyesObstacle(db, candidate.id, matter)) !== null) continue;
    exists = true;
    lastSeenAt = Math.max(lastSeenAt ?? 0, candidate.lastSeenAt ?? 0) || null;
    if (live.isListening(candidate.id) || (candidate.activeAt ?? 0) > at - presentForMs)
      return { state: 'signed-in', lastSeenAt: null };
  }
  if (!exists) return { state: 'none', lastSeenAt: null };
  return { state: 'away', lastSeenAt: lastSeenAt === null ? null : new Date(lastSeenAt).toISOString() };
}

/**
 * Whether every operator who works on cases has at least one other person who could approve; the smallest desk that can keep four eyes has
 * two persons. Scopes are left out: they differ by account.
 */
export async function hasApproverForEveryone(db: Kysely<Tables>): Promise<boolean> {
  const operators = await db
    .selectFrom('operators')
    .select(['id', 'roles', 'password_hash', 'provider_subject'])
    .where('state', '=', 'active')
    .execute();
  const able = operators.filter(canSignIn);
  const having = (...roles: readonly Role[]) =>
    able.filter((row) => (JSON.parse(row.roles) as Role[]).some((role) => roles.includes(role)));
  const persons = await readPersons(
    db,
    able.map(({ id }) => id),
  );
  const personOf = (id: string): Person => persons.get(id) ?? new Set([`operator ${id}`]);
  return having('operator', 'approver').every((worker) =>
    having('approver').some(({ id }) => id !== worker.id && !isSamePerson(personOf(id), personOf(worker.id))),
  );
}
