import { completePersons, isSamePerson, readPersons } from '../authorization/persons.ts';
import { Refusal } from '../refusal.ts';
import { confusableKey } from '../text/confusables.ts';
import { identityKey } from '../text/fold.ts';
import type { Transaction } from '../store/store.ts';
import type { OperatorsTable } from '../store/tables.ts';

/** Whether two operators are one person. That is possible for operators from before {@link assertAnotherPerson}. */
export async function isSameOperator(tx: Transaction, one: string, other: string): Promise<boolean> {
  const persons = await readPersons(tx, [one, other]);
  return one === other || isSamePerson(persons.get(one) ?? new Set(), persons.get(other) ?? new Set());
}

/** Whether another operator who was not removed is the same person as this one, who need not be in the database yet. */
export async function hasSamePerson(tx: Transaction, operator: OperatorsTable): Promise<boolean> {
  const others = await tx
    .selectFrom('operators')
    .selectAll()
    .where('id', '!=', operator.id)
    .where('state', '!=', 'removed')
    .execute();
  const persons = await completePersons(tx, [operator, ...others]);
  const person = persons.get(operator.id) ?? new Set();
  return others.some(({ id }) => isSamePerson(person, persons.get(id) ?? new Set()));
}

/** Throws `operator.same-person` if one person would have two operators, who could then approve each other's requests. */
export async function assertAnotherPerson(tx: Transaction, operator: OperatorsTable): Promise<void> {
  if (await hasSamePerson(tx, operator)) throw new Refusal('operator.same-person');
}

type Names = Pick<OperatorsTable, 'id' | 'user_name' | 'display_name'>;

/** Whether the name of another operator who was not removed looks the same as one of these names but differs. */
export async function hasConfusableName(
  tx: Transaction,
  { id, user_name, display_name }: Names,
): Promise<boolean> {
  const others = await tx
    .selectFrom('operators')
    .select(['user_name', 'display_name'])
    .where('id', '!=', id)
    .where('state', '!=', 'removed')
    .execute();
  const isConfusable = (name: string, other: string) =>
    identityKey(name) !== identityKey(other) && confusableKey(name) === confusableKey(other);
  return others.some(
    (other) => isConfusable(user_name, other.user_name) || isConfusable(display_name, other.display_name),
  );
}

/** Throws `operator.name-confusable` if approvers could take the operator for another one. */
export async function assertDistinctNames(tx: Transaction, names: Names): Promise<void> {
  if (await hasConfusableName(tx, names)) throw new Refusal('operator.name-confusable');
}
