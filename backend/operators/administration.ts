import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { everyAccount } from '../../shared/api/operator.ts';
import type { changeOperator, inviteOperator, setOperatorState } from '../../shared/api/operators.ts';
import { identityKey } from '../text/fold.ts';
import type { Facts, Origin } from '../store/append-event.ts';
import type { Live } from '../live/live.ts';
import { Refusal } from '../refusal.ts';
import type { Transaction, RecordEvent, Store } from '../store/store.ts';
import type { OperatorsTable } from '../store/tables.ts';
import { unlocked } from './lockout.ts';
import type { OperatorLinks } from './operator-links.ts';
import { newOperator } from './operators.ts';
import { assertAdministratorRemains, lockOperators } from './remaining-administrator.ts';
import { endSessions, publishEnded } from './session-list.ts';
import { rolesOf, scopeOf } from './tokens.ts';

type Invitation = z.output<typeof inviteOperator.body>;
type Changing = z.output<typeof changeOperator.body>;
type NewState = z.output<typeof setOperatorState.body>['state'];

/** What an administrator does to operators. Every refused attempt is recorded as well. */
export interface Administration {
  /** Answers the id of the invited operator. */
  invite(person: Invitation, origin: Origin): Promise<string>;
  /** Another invitation, or a link for a new password to who has joined. */
  sendLink(operatorId: string, origin: Origin): Promise<void>;
  revokeLink(operatorId: string, origin: Origin): Promise<void>;
  change(operatorId: string, changing: Changing, selfId: string, origin: Origin): Promise<void>;
  setState(operatorId: string, state: NewState, selfId: string, origin: Origin): Promise<void>;
  unlock(operatorId: string, origin: Origin): Promise<void>;
  resetSecondFactor(operatorId: string, selfId: string, origin: Origin): Promise<void>;
}

/** A change of one operator: gets the row as it is, records what it does, answers the sessions that it ended. */
type Work = (
  tx: Transaction,
  record: RecordEvent,
  operator: OperatorsTable,
) => Promise<readonly string[] | void>;

const listed = (values: readonly string[]): string => values.join(', ');
const scopeWords = (scope: ReturnType<typeof scopeOf>): string =>
  Object.entries(scope)
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => `${name}: ${listed(values)}`)
    .join('; ') || 'all';

export function createAdministration({
  store,
  links,
  live,
  now,
}: {
  store: Store;
  links: OperatorLinks;
  live: Live;
  now: () => number;
}): Administration {
  const recordRefusal = (origin: Origin, facts: Facts) =>
    store.change(origin, (_tx, record) =>
      record({ action: 'operator.change-refused', outcome: 'refused', facts }),
    );
  const change = async (operatorId: string, what: string, origin: Origin, work: Work) => {
    try {
      const ended = await store.change(origin, async (tx, record) => {
        await lockOperators(tx);
        const operator = await tx
          .selectFrom('operators')
          .selectAll()
          .where('id', '=', operatorId)
          .executeTakeFirst();
        if (!operator) throw new Refusal('operator.not-found');
        return work(tx, record, operator);
      });
      publishEnded(live, ended ?? []);
    } catch (thrown) {
      if (thrown instanceof Refusal && thrown.code !== 'operator.not-found')
        await recordRefusal(origin, { operator: operatorId, what, code: thrown.code });
      throw thrown;
    }
  };
  const set = (tx: Transaction, { id }: OperatorsTable, values: Partial<OperatorsTable>) =>
    tx.updateTable('operators').set(values).where('id', '=', id).execute();
  const present = ({ state }: OperatorsTable) => {
    if (state === 'removed') throw new Refusal('operator.removed');
  };
  const otherAdministrator = async (tx: Transaction, selfId: string): Promise<boolean> => {
    const active = await tx
      .selectFrom('operators')
      .select(['id', 'roles'])
      .where('state', '=', 'active')
      .execute();
    return active.some((row) => row.id !== selfId && rolesOf(row).includes('administrator'));
  };
  /** Their history stays under their name; the user name is free again. */
  const remove = async (tx: Transaction, operator: OperatorsTable) => {
    await links.void(tx, operator.id);
    await tx.deleteFrom('operator_recovery_codes').where('operator_id', '=', operator.id).execute();
    await set(tx, operator, {
      state: 'removed',
      user_name_key: `${operator.user_name_key} removed ${operator.id}`,
      password_hash: '',
      totp_secret: null,
      totp_since: null,
      provider_issuer: null,
      provider_subject: null,
    });
  };

  return {
    async invite({ displayName, userName, email, roles, scope }, origin) {
      const id = randomUUID();
      const { mail } = await store.change(origin, async (tx, record) => {
        const key = identityKey(userName);
        const taken = await tx
          .selectFrom('operators')
          .select('id')
          .where('user_name_key', '=', key)
          .executeTakeFirst();
        if (taken) throw new Refusal('operator.user-name-taken');
        const operator: OperatorsTable = {
          ...newOperator,
          id,
          user_name: userName,
          user_name_key: key,
          display_name: displayName,
          password_hash: '',
          roles: JSON.stringify([...new Set(roles)]),
          scope: JSON.stringify(scope),
          email,
          state: 'invited',
          created_at: now(),
        };
        await tx.insertInto('operators').values(operator).execute();
        await record({
          action: 'operator.invited',
          facts: { operator: id, userName, roles: listed(roles), scope: scopeWords(scope) },
        });
        return links.issue(tx, operator, 'invitation');
      });
      await mail();
      return id;
    },

    async sendLink(operatorId, origin) {
      let mail = () => Promise.resolve();
      await change(operatorId, 'link', origin, async (tx, record, operator) => {
        present(operator);
        const purpose = operator.state === 'invited' ? 'invitation' : 'password';
        if (operator.state === 'disabled') throw new Refusal('operator.not-invited');
        ({ mail } = await links.issue(tx, operator, purpose));
        await record({ action: 'operator.link-sent', facts: { operator: operatorId, purpose } });
      });
      await mail();
    },

    revokeLink: (operatorId, origin) =>
      change(operatorId, 'revoke-link', origin, async (tx, record, operator) => {
        const had = await links.void(tx, operatorId);
        if (operator.state === 'invited') await remove(tx, operator);
        else if (!had) throw new Refusal('operator.not-invited');
        await record({ action: 'operator.link-revoked', facts: { operator: operatorId } });
      }),

    change: (operatorId, { displayName, email, roles, scope, linkedAccountId }, selfId, origin) =>
      change(operatorId, 'change', origin, async (tx, record, operator) => {
        present(operator);
        const facts: { [name: string]: string | null } = { operator: operatorId };
        const values: Partial<OperatorsTable> = {};
        const note = (name: string, from: string | null, to: string | null) => {
          if (from === to) return false;
          facts[`${name}From`] = from;
          facts[`${name}To`] = to;
          return true;
        };
        if (displayName !== undefined && note('name', operator.display_name, displayName))
          values.display_name = displayName;
        // An address is not for the log: that it changed is.
        if (email !== undefined && email !== operator.email) {
          values.email = email;
          facts['email'] = 'changed';
        }
        const before = rolesOf(operator);
        const after = roles === undefined ? before : [...new Set(roles)];
        const rolesChanged = note('roles', listed(before.toSorted()), listed(after.toSorted()));
        if (rolesChanged) values.roles = JSON.stringify(after);
        const nextScope = { ...everyAccount, ...(scope ?? scopeOf(operator)) };
        const scopeChanged = note('scope', scopeWords(scopeOf(operator)), scopeWords(nextScope));
        if (scopeChanged) values.scope = JSON.stringify(nextScope);
        if (linkedAccountId !== undefined && note('account', operator.linked_account_id, linkedAccountId)) {
          const account =
            linkedAccountId === null ||
            (await tx
              .selectFrom('accounts')
              .select('id')
              .where('id', '=', linkedAccountId)
              .executeTakeFirst());
          if (!account) throw new Refusal('account.not-found');
          values.linked_account_id = linkedAccountId;
        }
        // Nobody gives themselves rights, or takes off their own limits, while somebody else could look at it.
        const own = operatorId === selfId && (rolesChanged || scopeChanged || 'accountTo' in facts);
        if (own && (await otherAdministrator(tx, selfId))) throw new Refusal('operator.own-roles');
        if (Object.keys(values).length > 0) await set(tx, operator, values);
        await assertAdministratorRemains(tx);
        await record({ action: 'operator.changed', facts });
        return rolesChanged && operatorId !== selfId ? endSessions(tx, record, operatorId, now()) : undefined;
      }),

    setState: (operatorId, state, selfId, origin) =>
      change(operatorId, state, origin, async (tx, record, operator) => {
        present(operator);
        if (operator.state === 'invited' && state !== 'removed') throw new Refusal('operator.not-invited');
        if (state === 'removed') await remove(tx, operator);
        else await set(tx, operator, { state, ...(state === 'active' && unlocked) });
        await assertAdministratorRemains(tx);
        if (operatorId === selfId) throw new Refusal('operator.self');
        const facts = { operator: operatorId, from: operator.state, to: state };
        const action =
          state === 'removed'
            ? 'operator.removed'
            : state === 'disabled'
              ? 'operator.disabled'
              : 'operator.enabled';
        await record({ action, facts });
        return state === 'active' ? undefined : endSessions(tx, record, operatorId, now());
      }),

    unlock: (operatorId, origin) =>
      change(operatorId, 'unlock', origin, async (tx, record, operator) => {
        await set(tx, operator, unlocked);
        await record({ action: 'operator.unlocked', facts: { operator: operatorId } });
      }),

    resetSecondFactor: (operatorId, selfId, origin) =>
      change(operatorId, 'second-factor', origin, async (tx, record, operator) => {
        if (operatorId === selfId) throw new Refusal('operator.self');
        if (operator.totp_secret === null) throw new Refusal('operator.no-second-factor');
        await set(tx, operator, { totp_secret: null, totp_since: null, totp_last_step: null });
        await tx.deleteFrom('operator_recovery_codes').where('operator_id', '=', operatorId).execute();
        await record({ action: 'operator.second-factor-reset', facts: { operator: operatorId } });
        return endSessions(tx, record, operatorId, now());
      }),
  };
}
