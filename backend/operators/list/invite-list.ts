import type { z } from 'zod';
import type { OperatorListProblem, OperatorListRow } from '../../../shared/api/operator-list.ts';
import type { OperatorScope } from '../../../shared/api/operator.ts';
import type { inviteOperator } from '../../../shared/api/operators.ts';
import { isWithin } from '../../authorization/account-access.ts';
import { Refusal } from '../../refusal.ts';
import type { Origin } from '../../store/append-event.ts';
import type { RecordEvent, Store, Transaction } from '../../store/store.ts';
import { insertInvited } from '../insert-invited.ts';
import { recordRefusedChange } from '../operator-changes.ts';
import type { OperatorLinks } from '../operator-links.ts';

type Invitation = z.output<typeof inviteOperator.body>;

/** The problem of a row for each refusal of an invitation. */
const problems: Readonly<Partial<Record<Refusal['code'], OperatorListProblem>>> = {
  'operator.user-name-taken': 'user-name-taken',
  'operator.same-person': 'same-person',
  'operator.name-confusable': 'name-confusable',
};

/** Rolls the trial of a list back. */
class Tried extends Error {}

export interface OperatorList {
  /** Adds to the rows of a list the scope that they get from an operator with this scope, and why they could not be invited, without inviting anyone. */
  check(rows: readonly OperatorListRow[], own: OperatorScope): Promise<OperatorListRow[]>;
  /** Invites in one transaction all that can be invited. Throws the first refusal if none can. */
  invite(
    people: readonly Invitation[],
    origin: Origin,
  ): Promise<{ invited: string[]; refused: { userName: string; problem: OperatorListProblem }[] }>;
}

/** A row in the scope of the operator who reads the list: without a team, the person gets that scope. */
function inScope(row: OperatorListRow, own: OperatorScope): OperatorListRow {
  const { departments } = row.scope;
  const scope = { ...own, departments: departments.length === 0 ? own.departments : departments };
  if (row.problem !== null || isWithin(scope, own)) return { ...row, scope };
  return { ...row, scope, problem: 'out-of-scope', detail: departments.join(', ') };
}

/** Inserts one person; answers why not, if the refusal is about this person. */
async function insertOrRefuse(tx: Transaction, record: RecordEvent, person: Invitation, now: number) {
  try {
    return { operator: await insertInvited(tx, record, person, now), refusal: null };
  } catch (thrown) {
    if (!(thrown instanceof Refusal) || problems[thrown.code] === undefined) throw thrown;
    return { operator: null, refusal: thrown };
  }
}

/** Invites the operators of a list. */
export function createOperatorList({
  store,
  links,
  now,
}: {
  readonly store: Store;
  readonly links: OperatorLinks;
  readonly now: () => number;
}): OperatorList {
  return {
    async check(rows, own) {
      const checked: OperatorListRow[] = [];
      const trial = store.writeUnaudited(async (tx) => {
        for (const row of rows.map((read) => inScope(read, own))) {
          const { refusal } =
            row.problem === null
              ? await insertOrRefuse(tx, () => Promise.resolve(), row, now())
              : { refusal: null };
          const problem = refusal === null ? row.problem : (problems[refusal.code] ?? null);
          checked.push({ ...row, problem });
        }
        throw new Tried();
      });
      await trial.catch((thrown: unknown) => {
        if (!(thrown instanceof Tried)) throw thrown;
      });
      return checked;
    },

    async invite(people, origin) {
      const refused: { person: Invitation; refusal: Refusal }[] = [];
      const mails: (() => Promise<void>)[] = [];
      const invited: string[] = [];
      const change = store.change(origin, async (tx, record) => {
        for (const person of people) {
          const { operator, refusal } = await insertOrRefuse(tx, record, person, now());
          if (refusal !== null) refused.push({ person, refusal });
          else {
            mails.push((await links.issue(tx, operator, 'invitation')).mail);
            invited.push(operator.id);
          }
        }
        if (invited.length === 0 && refused[0] !== undefined) throw refused[0].refusal;
      });
      try {
        await change;
      } finally {
        for (const { refusal } of refused)
          await recordRefusedChange(store, origin, { operator: null, what: 'invite', code: refusal.code });
      }
      for (const mail of mails) await mail();
      return {
        invited,
        refused: refused.map(({ person, refusal }) => ({
          userName: person.userName,
          problem: problems[refusal.code] ?? 'user-name-taken',
        })),
      };
    },
  };
}
