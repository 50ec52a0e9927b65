import { completePersons, isSamePerson, readPersons } from '../authorization/persons.ts';
import { Refusal } from '../refusal.ts';
import type { Transaction } from '../store/store.ts';
import type { OperatorsTable } from '../store/tables.ts';

/** Whether two operators are one person, which may be from a time before {@link assertAnotherPerson}. */
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

/** Throws `operator.same-person` if the desk would have one person twice, who could then answer their own requests. */
export async function assertAnotherPerson(tx: Transaction, operator: OperatorsTable): Promise<void> {
  if (await hasSamePerson(tx, operator)) throw new Refusal('operator.same-person');
}
