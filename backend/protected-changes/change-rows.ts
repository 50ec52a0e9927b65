import {
  protectedActs,
  type ChangedField,
  type ProtectedAct,
  type ProtectedChange,
  type ProtectedChangeState,
} from '../../shared/api/protected-change-view.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import { otherThan, readAdministrators, type Administrator } from '../authorization/administrators.ts';
import type { OperatorSession } from '../authorization/operator-session.ts';
import { isSamePerson, readPersons, type Person } from '../authorization/persons.ts';
import type { Store, Transaction } from '../store/store.ts';
import type { ProtectedChangesTable } from '../store/tables.ts';

type Database = Transaction | Store['db'];
export type ChangeRow = ProtectedChangesTable;
type Obstacle = ProtectedChange['obstacle'];

export const actOf = ({ act }: Pick<ChangeRow, 'act'>): ProtectedAct => {
  const known = protectedActs.find((name) => name === act);
  if (known === undefined) throw new Error(`There is no protected act ${act}`);
  return known;
};
export const fieldsOf = ({ fields }: Pick<ChangeRow, 'fields'>) => JSON.parse(fields) as ChangedField[];
export const raisedBy = ({ raises }: Pick<ChangeRow, 'raises'>) => JSON.parse(raises) as string[];

/** The persons of a change: its proposer, and those whose rights it raises. */
export interface ChangePersons {
  readonly proposer: Person;
  readonly raised: readonly Person[];
}

const iso = (at: number): string => new Date(at).toISOString();

/** Reads the persons of changes. */
export async function readChangePersons(
  db: Database,
  rows: readonly Pick<ChangeRow, 'proposed_by' | 'raises'>[],
): Promise<(row: Pick<ChangeRow, 'proposed_by' | 'raises'>) => ChangePersons> {
  const ids = rows.flatMap((row) => [row.proposed_by, ...raisedBy(row)]);
  const persons = await readPersons(db, ids);
  const personOf = (id: string): Person => persons.get(id) ?? new Set([`operator ${id}`]);
  return (row) => ({ proposer: personOf(row.proposed_by), raised: raisedBy(row).map(personOf) });
}

/** Why an administrator cannot decide a change; null if they can. */
export function obstacleFor(
  administrator: Administrator | undefined,
  { proposer, raised }: ChangePersons,
): Obstacle {
  if (administrator === undefined) return 'not-permitted';
  if (isSamePerson(administrator.person, proposer)) return 'own-proposal';
  return raised.some((person) => isSamePerson(administrator.person, person)) ? 'own-rights' : null;
}

/** The administrators who can decide a change. */
export const approversOf = (
  administrators: readonly Administrator[],
  { proposer, raised }: ChangePersons,
): readonly Administrator[] => otherThan(administrators, [proposer, ...raised]);

async function namesOf(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('operators')
    .select(['id', 'display_name'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map(({ id, display_name }) => [id, display_name]));
}

/** Changes as an administrator sees them. */
export async function viewChanges(
  db: Database,
  rows: readonly ChangeRow[],
  { operator }: Pick<OperatorSession, 'operator'>,
): Promise<ProtectedChange[]> {
  const administrators = await readAdministrators(db);
  const personsOf = await readChangePersons(db, rows);
  const names = await namesOf(
    db,
    rows.flatMap(({ proposed_by, decided_by }) => [
      proposed_by,
      ...(decided_by === null ? [] : [decided_by]),
    ]),
  );
  const self = administrators.find(({ id }) => id === operator.id);
  return rows.map((row) => {
    const persons = personsOf(row);
    const own = row.proposed_by === operator.id;
    return {
      id: row.id,
      act: actOf(row),
      subject: row.subject,
      fields: fieldsOf(row),
      state: row.state as ProtectedChangeState,
      proposedBy: names.get(row.proposed_by) ?? '',
      proposedAt: iso(row.proposed_at),
      expiresAt: iso(row.expires_at),
      decidedBy: row.decided_by === null ? null : (names.get(row.decided_by) ?? ''),
      decidedAt: row.settled_at === null ? null : iso(row.settled_at),
      reason: row.reason,
      failure: row.failure as ErrorCode | null,
      own,
      obstacle: own ? 'own-proposal' : obstacleFor(self, persons),
      approvers: approversOf(administrators, persons).map(({ displayName }) => displayName),
    };
  });
}
