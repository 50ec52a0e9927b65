import type { DirectoryRegistry } from '../../directories/configured/directory-registry.ts';
import { DirectoryFault } from '../../directories/external/directory-fault.ts';
import type { Live } from '../../live/live.ts';
import { Refusal } from '../../refusal.ts';
import { systemOrigin } from '../../store/append-event.ts';
import type { Store } from '../../store/store.ts';
import type { OperatorsTable } from '../../store/tables.ts';
import { lockOperators } from '../remaining-administrator.ts';
import { endSessions, publishEnded } from '../session-list.ts';
import { sameRoles, takeRoles } from '../take-roles.ts';
import { rolesOf } from '../tokens.ts';
import { readPersonIn, type DirectoryPerson } from './admit-from-directory.ts';
import { signInDirectory } from './sign-in-settings.ts';

/** Milliseconds between two reads of an operator without an open session, whose roles only decide what they may approve. */
const idleEvery = 10 * 60_000;

/** What the directory leaves to an operator: the roles of their groups, or none if the account is gone or disabled there, or frozen here. */
const rolesIn = (person: DirectoryPerson | null, isFrozen: boolean) =>
  person === null || person.account.disabled || isFrozen ? [] : person.roles;

/**
 * Follows the directory with which operators sign in: those who lost a role there, or whose account is gone or disabled, lose it here and their sessions
 * end in the same change.
 */
export function createFollowDirectory({
  store,
  registry,
  live,
  now,
}: {
  readonly store: Store;
  readonly registry: DirectoryRegistry;
  readonly live: Live;
  readonly now: () => number;
}) {
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
  const take = async (id: string, roles: DirectoryPerson['roles']): Promise<void> => {
    const ended = await store.change(systemOrigin, async (tx, record) => {
      await lockOperators(tx);
      const operator = await tx
        .selectFrom('operators')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      const before = rolesOf(operator);
      if (!sameRoles(before, roles)) await takeRoles(tx, record, operator, { roles, by: 'directory' });
      const isLess = roles.length === 0 || before.some((role) => !roles.includes(role));
      return isLess ? endSessions(tx, record, id, now()) : [];
    });
    publishEnded(live, ended);
  };

  return async (): Promise<void> => {
    const settings = await signInDirectory(store.db);
    if (settings === null) return;
    const operators = await linkedTo(settings.directoryId);
    if (operators.length === 0) return;
    try {
      const { external } = await registry.open(settings.directoryId);
      for (const operator of operators) {
        const key = operator.directory_key ?? '';
        const person = await readPersonIn(external, key, settings);
        const roles = rolesIn(person, await isFrozen(settings.directoryId, key));
        readAt.set(operator.id, performance.now());
        if (!sameRoles(rolesOf(operator), roles)) await take(operator.id, roles);
      }
    } catch (thrown) {
      // A directory that does not answer says nothing about anyone's roles. Its feed reports the fault.
      if (!(thrown instanceof DirectoryFault) && !(thrown instanceof Refusal)) throw thrown;
    }
  };
}
