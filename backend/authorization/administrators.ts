import type { Kysely } from 'kysely';
import type { Role } from '../../shared/api/operator.ts';
import type { OperatorsTable, Tables } from '../store/tables.ts';
import { isUnscoped, parseScope } from './account-access.ts';
import { completePersons, isSamePerson, personOfOperator, type Person } from './persons.ts';

/** An administrator of the whole desk who can sign in. */
export interface Administrator {
  readonly id: string;
  readonly displayName: string;
  readonly person: Person;
  /** The person by the operator's own row, without accounts. */
  readonly ownPerson: Person;
}

const isAdministrator = ({ roles }: Pick<OperatorsTable, 'roles'>): boolean =>
  (JSON.parse(roles) as Role[]).includes('administrator');

/** An operator without a password signs in with the identity provider or a directory. */
const canSignIn = ({ password_hash, provider_subject, directory_key }: OperatorsTable): boolean =>
  password_hash !== '' || provider_subject !== null || directory_key !== null;

/**
 * The administrators who can decide about the whole desk: active, without a scope, and able to sign in. One who is locked after wrong passwords counts,
 * so that an attacker's guesses do not take the second administrator away.
 */
export async function readAdministrators(db: Kysely<Tables>): Promise<readonly Administrator[]> {
  const active = await db.selectFrom('operators').selectAll().where('state', '=', 'active').execute();
  const rows = active.filter(
    (row) => isAdministrator(row) && isUnscoped(parseScope(row.scope)) && canSignIn(row),
  );
  const persons = rows.length > 0 ? await completePersons(db, rows) : new Map<string, Person>();
  return rows.map((row) => ({
    id: row.id,
    displayName: row.display_name,
    person: persons.get(row.id) ?? new Set([`operator ${row.id}`]),
    ownPerson: personOfOperator(row),
  }));
}

/** The administrators who are a different person from each of these. */
export const otherThan = (
  administrators: readonly Administrator[],
  persons: readonly Person[],
): readonly Administrator[] =>
  administrators.filter(({ person }) => !persons.some((other) => isSamePerson(person, other)));

/**
 * Whether the desk has another administrator than this operator. Accounts do not count here: otherwise an import of an account with the names of two
 * administrators would make them one person, and leave the desk without a second one.
 */
export const hasOther = (administrators: readonly Administrator[], operatorId: string): boolean => {
  const self = administrators.find(({ id }) => id === operatorId);
  return administrators.some(
    ({ id, ownPerson }) => id !== operatorId && !(self && isSamePerson(ownPerson, self.ownPerson)),
  );
};
