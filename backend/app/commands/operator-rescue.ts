import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { AuditAction } from '../../../shared/api/timeline.ts';
import { everyAccount } from '../../../shared/api/operator.ts';
import { assertAdministratorRemains } from '../../operators/remaining-administrator.ts';
import { forgetTries } from '../../operators/directory/directory-tries.ts';
import { unlockName } from '../../operators/lockout.ts';
import { byServerCommand } from '../../protected-changes/server-commands.ts';
import { createAuditKey } from '../../store/audit-key.ts';
import { systemOrigin } from '../../store/append-event.ts';
import type { Transaction } from '../../store/store.ts';
import type { OperatorsTable } from '../../store/tables.ts';
import { identityKey } from '../../text/fold.ts';
import { databaseFileName } from '../configuration/data-folder.ts';
import { connectDatabase } from '../configuration/open-database.ts';
import { readSecretKey } from '../configuration/secret-key.ts';
import { folderOf } from './open-for-writing.ts';
import { UsageError, type Command, type Variables } from './command.ts';

interface Rescue {
  readonly word: string;
  readonly summary: string;
  readonly action: AuditAction;
  readonly facts: Readonly<Record<string, string>>;
  readonly change: (tx: Transaction, operator: OperatorsTable) => Promise<unknown>;
  readonly done: (name: string) => string;
}

/** Changes one operator in the database, also while the backend runs; the change is recorded as the system's. */
async function rescue(
  { action, facts, change }: Rescue,
  folder: string,
  userName: string,
  variables: Variables,
): Promise<OperatorsTable> {
  const url = variables['RESET_DESK_DATABASE_URL'];
  if (url === undefined && !existsSync(join(folder, databaseFileName)))
    throw new UsageError(`There is no database in ${folder}.`);
  const database = await connectDatabase({
    dataFolder: folder,
    ...(url !== undefined && { database: { url } }),
    log: () => undefined,
  });
  try {
    const { store } = database.use(Date.now, createAuditKey(readSecretKey(folder)));
    return await store.change(systemOrigin, async (tx, record) => {
      const operator = await tx
        .selectFrom('operators')
        .selectAll()
        .where('user_name_key', '=', identityKey(userName))
        .executeTakeFirst();
      if (!operator) throw new UsageError(`There is no operator with the user name ${userName}.`);
      await change(tx, operator);
      await record({ action, facts: { operator: operator.id, by: byServerCommand, ...facts } });
      return operator;
    });
  } finally {
    await database.close();
  }
}

const commandOf = (row: Rescue): Command => ({
  name: ['operator', row.word],
  summary: row.summary,
  options: [
    ['NAME', "the operator's user name"],
    ['--data DIR', 'the data folder; default RESET_DESK_DATA'],
  ],
  run: async (args, variables, { out }) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { data: { type: 'string' } },
      allowPositionals: true,
    });
    const folder = folderOf(values.data, variables);
    const [userName, ...more] = positionals;
    if (userName === undefined || more.length > 0)
      throw new UsageError('Give the user name of one operator.');
    if (!existsSync(join(folder, 'secret.key')))
      throw new UsageError(`${folder} is not a backend's data folder.`);
    out(row.done((await rescue(row, folder, userName, variables)).display_name));
    return 0;
  },
});

/** Unlocks an operator whom attackers keep locked by wrong passwords, when no administrator can sign in either. */
export const operatorUnlock = commandOf({
  word: 'unlock',
  summary:
    'Unlocks an operator who is locked after wrong passwords or codes. Can be used while the backend runs.',
  action: 'operator.unlocked',
  facts: {},
  change: async (tx, { user_name_key, directory_key }) => {
    await unlockName(tx, user_name_key);
    await forgetTries(tx, directory_key);
  },
  done: (name) => `${name} is unlocked and can sign in now.`,
});

/** Disables an operator at once. Helps a desk whose second administrator has left, so that no administrator can approve changes. */
export const operatorDisable = commandOf({
  word: 'disable',
  summary:
    'Disables an operator and ends their sessions, in case the second administrator has left. Can be used while the backend runs.',
  action: 'operator.disabled',
  facts: { to: 'disabled' },
  change: async (tx, { id }) => {
    await tx.updateTable('operators').set({ state: 'disabled' }).where('id', '=', id).execute();
    await assertAdministratorRemains(tx).catch(() => {
      throw new UsageError('This is the only administrator without a scope, who cannot be disabled.');
    });
    await tx
      .updateTable('operator_sessions')
      .set({ ended_at: Date.now() })
      .where('operator_id', '=', id)
      .where('ended_at', 'is', null)
      .execute();
  },
  done: (name) => `${name} is disabled, and their sessions have ended.`,
});

/** Removes the scope of an administrator, for a desk on which every administrator has a scope and therefore none can change the policy. */
export const operatorClearScope = commandOf({
  word: 'clear-scope',
  summary: "Removes an operator's scope, in case all administrators have one.",
  action: 'operator.changed',
  facts: { scopeTo: 'all' },
  change: (tx, { id }) =>
    tx
      .updateTable('operators')
      .set({ scope: JSON.stringify(everyAccount) })
      .where('id', '=', id)
      .execute(),
  done: (name) => `${name} can access all accounts now.`,
});
