import type { DirectorySignInSettings } from '../../../shared/api/directory-sign-in.ts';
import { DirectoryFault, type DirectoryFaultCode } from '../../directories/external/directory-fault.ts';
import type { ExternalDirectory } from '../../directories/external/external-directory.ts';
import { Refusal } from '../../refusal.ts';
import { systemOrigin } from '../../store/append-event.ts';
import { changeIfRecorded } from '../../store/change-if-recorded.ts';
import type { OperatorsTable } from '../../store/tables.ts';
import { lockOperators } from '../remaining-administrator.ts';
import { endSessions, publishEnded } from '../session-list.ts';
import { sameRoles, takeRoles } from '../take-roles.ts';
import { rolesOf } from '../tokens.ts';
import { readPersonIn, type DirectoryOperators, type DirectoryPerson } from './admit-from-directory.ts';
import { signInDirectory } from './sign-in-settings.ts';

/** Milliseconds between two reads of an operator without an open session, whose roles only decide what they may approve. */
const idleEvery = 10 * 60_000;

/** What the directory leaves to an operator: the roles of their groups, or none if the account is gone or disabled there, or frozen here. */
const rolesIn = (person: DirectoryPerson | null, isFrozen: boolean) =>
  person === null || person.account.disabled || isFrozen ? [] : person.roles;

/** Faults that may concern one account only. After any other, the directory would not answer about the next one either. */
const ofOneAccount: ReadonlySet<DirectoryFaultCode> = new Set([
  'account-gone',
  'answer-invalid',
  'right-missing',
]);

/**
 * Follows the directory with which operators sign in: those who lost a role there, or whose account is gone or disabled, lose it here and their sessions
 * end in the same change.
 */
export function createFollowDirectory({ store, registry, live, now }: DirectoryOperators) {
  /** When operators without a session were read, by the monotonic clock. */
  const readAt = new Map<string, number>();

  const linkedTo = async (directoryId: string): Promise<readonly OperatorsTable[]> => {
    const linked = await store.db
      .selectFrom('operators')
      .selectAll()
      .where('directory_id', '=', directoryId)
      .where('state', '=', 'active')
      .execute();
    const open = await store.db
      .selectFrom('operator_sessions')
      .select('operator_id')
      .where('ended_at', 'is', null)
      .where('expires_at', '>', now())
      .distinct()
      .execute();
    const working = new Set(open.map(({ operator_id }) => operator_id));
    return linked.filter(
      ({ id }) => working.has(id) || (readAt.get(id) ?? -Infinity) + idleEvery <= performance.now(),
    );
  };
  const isFrozen = async (directoryId: string, key: string): Promise<boolean> => {
    const account = await store.db
      .selectFrom('accounts')
      .select('frozen_at')
      .where('directory_id', '=', directoryId)
      .where('source_id', '=', key)
      .executeTakeFirst();
    return account !== undefined && account.frozen_at !== null;
  };
  const take = async (
    { id, directory_id: directoryId, directory_key: key }: OperatorsTable,
    roles: DirectoryPerson['roles'],
  ): Promise<void> => {
    const ended = await changeIfRecorded(store, systemOrigin, async (tx, record) => {
      await lockOperators(tx);
      const operator = await tx
        .selectFrom('operators')
        .selectAll()
        .where('id', '=', id)
        .where('directory_id', '=', directoryId)
        .where('directory_key', '=', key)
        .where('state', '=', 'active')
        .executeTakeFirst();
      // Another backend or an administrator may have changed the operator since the roles were read.
      if (!operator) return [];
      const after = await takeRoles(tx, record, operator, { roles, by: 'directory' });
      const isLess = roles.length === 0 || rolesOf(operator).some((role) => !after.includes(role));
      return isLess ? endSessions(tx, record, id, now()) : [];
    });
    publishEnded(live, ended);
  };
  const read = async (
    external: ExternalDirectory,
    settings: DirectorySignInSettings,
    operator: OperatorsTable,
  ): Promise<void> => {
    const { id, directory_id: directoryId, directory_key: key } = operator;
    const person = await readPersonIn(external, key ?? '', settings);
    const roles = rolesIn(person, await isFrozen(directoryId ?? '', key ?? ''));
    readAt.set(id, performance.now());
    if (!sameRoles(rolesOf(operator), roles)) await take(operator, roles);
  };

  return async (): Promise<void> => {
    const settings = await signInDirectory(store.db);
    if (settings === null) return;
    const operators = await linkedTo(settings.directoryId);
    if (operators.length === 0) return;
    try {
      const { external } = await registry.open(settings.directoryId);
      for (const operator of operators)
        await read(external, settings, operator).catch((thrown: unknown) => {
          // An account that cannot be read says nothing about its roles, and must not delay the others.
          if (!(thrown instanceof DirectoryFault) || !ofOneAccount.has(thrown.code)) throw thrown;
        });
    } catch (thrown) {
      // A directory that does not answer says nothing about anyone's roles. Its feed reports the fault.
      if (!(thrown instanceof DirectoryFault) && !(thrown instanceof Refusal)) throw thrown;
    }
  };
}
