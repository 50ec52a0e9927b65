import type { Member } from '../../../backend/staffed-desk.ts';
import type { Scene } from '../scene.ts';

/** Makes two operators one person in the database, as in rows from before the rule. */
interface SameOperators {
  readonly how: string;
  readonly make: (scene: Scene, one: Member, other: Member) => Promise<unknown>;
}

/** Makes an operator the owner of an account. */
interface SameOwner {
  readonly how: string;
  readonly make: (scene: Scene, operator: Member, accountId: string) => Promise<unknown>;
}

export type OperatorColumns = Parameters<Parameters<Scene['backend']['changeRows']>[0]>[0];

export const setOperator = (
  { backend }: Scene,
  { id }: Member,
  values: {
    readonly email?: string | null;
    readonly linked_account_id?: string | null;
    readonly provider_subject?: string | null;
  },
) =>
  backend.changeRows((db: OperatorColumns) =>
    db.updateTable('operators').set(values).where('id', '=', id).execute(),
  );

export const addressOf = async ({ backend }: Scene, accountId: string): Promise<string> => {
  const row = (await backend.readTable('accounts')).find(({ id }) => id === accountId);
  return String(row?.['email']);
};

export const sameOperators: readonly SameOperators[] = [
  {
    how: 'one address, written in two ways',
    make: async (scene, one, other) => {
      await setOperator(scene, one, { email: 'shared@bücher.example' });
      await setOperator(scene, other, { email: 'Shared@xn--bcher-kva.Example' });
    },
  },
  {
    how: 'one linked account',
    make: async (scene, one, other) => {
      const linked_account_id = await scene.ann.accountId(scene.other);
      for (const operator of [one, other]) await setOperator(scene, operator, { linked_account_id });
    },
  },
  {
    how: 'one account, by its address and by link',
    make: async (scene, one, other) => {
      const accountId = await scene.ann.accountId(scene.other);
      await setOperator(scene, one, { email: await addressOf(scene, accountId) });
      await setOperator(scene, other, { linked_account_id: accountId });
    },
  },
];

export const sameOwners: readonly SameOwner[] = [
  {
    how: 'by link',
    make: (scene, operator, accountId) => setOperator(scene, operator, { linked_account_id: accountId }),
  },
  {
    how: 'by address in other letters',
    make: async (scene, operator, accountId) =>
      setOperator(scene, operator, { email: (await addressOf(scene, accountId)).toUpperCase() }),
  },
  {
    how: 'by the subject at the identity provider',
    make: (scene, operator, accountId) => setOperator(scene, operator, { provider_subject: accountId }),
  },
];

/** Reverts what a row of the table did to the operators. */
export const asBefore = async (scene: Scene, ...operators: readonly Member[]) => {
  for (const operator of operators)
    await setOperator(scene, operator, {
      email: `${operator.userName}@example.com`,
      linked_account_id: null,
      provider_subject: null,
    });
};
