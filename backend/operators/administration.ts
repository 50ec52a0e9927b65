import type { z } from 'zod';
import type { inviteOperator, setOperatorState } from '../../shared/api/operators.ts';
import type { Origin } from '../store/append-event.ts';
import type { Live } from '../live/live.ts';
import { Refusal } from '../refusal.ts';
import type { Transaction, Store } from '../store/store.ts';
import type { OperatorsTable } from '../store/tables.ts';
import { isSameOperator } from './another-person.ts';
import { editOperator, type OperatorEdit } from './edit-operator.ts';
import { unlockName } from './lockout.ts';
import {
  assertNotRemoved,
  createChangeOperator,
  recordRefusedChange,
  removeOperator,
  updateOperator,
} from './operator-changes.ts';
import type { OperatorLinks } from './operator-links.ts';
import { insertInvited } from './insert-invited.ts';
import { operatorsOfOtherIssuers, unlinkFromProvider } from './provider/unlink.ts';
import { assertAdministratorRemains } from './remaining-administrator.ts';
import { forgetTries } from './directory/directory-tries.ts';
import { linkToDirectory, unlinkFromDirectory } from './directory/link-to-directory.ts';
import { endSessions } from './session-list.ts';

type Invitation = z.output<typeof inviteOperator.body>;
type NewState = z.output<typeof setOperatorState.body>['state'];

/** Changes of operators by administrators. Every refused attempt is recorded as well. */
export interface Administration {
  /** Returns the id of the invited operator. */
  invite(person: Invitation, origin: Origin): Promise<string>;
  /** Sends another invitation or, to an operator who has joined, a link to choose a new password. */
  sendLink(operatorId: string, origin: Origin): Promise<void>;
  revokeLink(operatorId: string, origin: Origin): Promise<void>;
  change(operatorId: string, edit: OperatorEdit, selfId: string, origin: Origin): Promise<void>;
  setState(operatorId: string, state: NewState, selfId: string, origin: Origin): Promise<void>;
  unlock(operatorId: string, origin: Origin): Promise<void>;
  unlinkProvider(operatorId: string, origin: Origin): Promise<void>;
  /** Unlinks every operator who is linked to another issuer. Returns how many. */
  unlinkOtherIssuers(issuer: string, origin: Origin): Promise<number>;
  /** Lets an operator sign in with their own account in the directory, or no longer. */
  linkDirectory(operatorId: string, origin: Origin): Promise<void>;
  unlinkDirectory(operatorId: string, origin: Origin): Promise<void>;
  resetSecondFactor(operatorId: string, selfId: string, origin: Origin): Promise<void>;
}

const stateActions = {
  active: 'operator.enabled',
  disabled: 'operator.disabled',
  removed: 'operator.removed',
} as const satisfies Readonly<Record<NewState, string>>;

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
  const change = createChangeOperator({ store, live });
  const remove = async (tx: Transaction, operator: OperatorsTable) => {
    await links.void(tx, operator.id);
    await removeOperator(tx, operator);
  };

  return {
    async invite(invitation, origin) {
      const { id, mail } = await store
        .change(origin, async (tx, record) => {
          const operator = await insertInvited(tx, record, invitation, now());
          return { id: operator.id, ...(await links.issue(tx, operator, 'invitation')) };
        })
        .catch(async (thrown: unknown) => {
          if (thrown instanceof Refusal)
            await recordRefusedChange(store, origin, { operator: null, what: 'invite', code: thrown.code });
          throw thrown;
        });
      await mail();
      return id;
    },

    async sendLink(operatorId, origin) {
      let mail = () => Promise.resolve();
      await change(operatorId, 'link', origin, async (tx, record, operator) => {
        assertNotRemoved(operator);
        const purpose = operator.state === 'invited' ? 'invitation' : 'password';
        if (operator.state === 'disabled') throw new Refusal('operator.not-invited');
        if (operator.directory_key !== null) throw new Refusal('operator.signs-in-with-directory');
        ({ mail } = await links.issue(tx, operator, purpose));
        await record({ action: 'operator.link-sent', facts: { operator: operatorId, purpose } });
      });
      await mail();
    },

    revokeLink: (operatorId, origin) =>
      change(operatorId, 'revoke-link', origin, async (tx, record, operator) => {
        const hadLink = await links.void(tx, operatorId);
        if (operator.state === 'invited') await remove(tx, operator);
        else if (!hadLink) throw new Refusal('operator.not-invited');
        await record({ action: 'operator.link-revoked', facts: { operator: operatorId } });
      }),

    change: (operatorId, edit, selfId, origin) =>
      change(operatorId, 'change', origin, async (tx, record, operator) => {
        // Otherwise, a link would be valid again once the address is put back.
        if (edit.email !== undefined && edit.email !== operator.email) await links.void(tx, operatorId);
        return editOperator(tx, record, operator, edit, { selfId, now: now() });
      }),

    setState: (operatorId, state, selfId, origin) =>
      change(operatorId, state, origin, async (tx, record, operator) => {
        assertNotRemoved(operator);
        if (operator.state === 'invited' && state !== 'removed') throw new Refusal('operator.not-invited');
        // A link of before does not survive a block, although it was mailed to the right address.
        if (state === 'disabled') await links.void(tx, operatorId);
        if (state === 'removed') await remove(tx, operator);
        else await updateOperator(tx, operator, { state });
        if (state === 'active') await unlockName(tx, operator.user_name_key);
        await assertAdministratorRemains(tx);
        if (await isSameOperator(tx, operatorId, selfId)) throw new Refusal('operator.self');
        const facts = { operator: operatorId, from: operator.state, to: state };
        await record({ action: stateActions[state], facts });
        return state === 'active' ? undefined : endSessions(tx, record, operatorId, now());
      }),

    unlock: (operatorId, origin) =>
      change(operatorId, 'unlock', origin, async (tx, record, operator) => {
        await unlockName(tx, operator.user_name_key);
        await forgetTries(tx, operator.directory_key);
        await record({ action: 'operator.unlocked', facts: { operator: operatorId } });
      }),

    unlinkProvider: (operatorId, origin) =>
      change(operatorId, 'unlink-provider', origin, (tx, record, operator) => {
        assertNotRemoved(operator);
        return unlinkFromProvider(tx, record, operator, now());
      }),

    unlinkOtherIssuers: async (issuer, origin) => {
      const linked = await operatorsOfOtherIssuers(store.db, issuer).select('id').execute();
      for (const { id } of linked)
        await change(id, 'unlink-provider', origin, (tx, record, operator) =>
          unlinkFromProvider(tx, record, operator, now()),
        );
      return linked.length;
    },

    linkDirectory: (operatorId, origin) =>
      change(operatorId, 'link-directory', origin, async (tx, record, operator) => {
        await links.void(tx, operator.id);
        return linkToDirectory(tx, record, operator, now());
      }),

    unlinkDirectory: (operatorId, origin) =>
      change(operatorId, 'unlink-directory', origin, (tx, record, operator) =>
        unlinkFromDirectory(tx, record, operator, now()),
      ),

    resetSecondFactor: (operatorId, selfId, origin) =>
      change(operatorId, 'second-factor', origin, async (tx, record, operator) => {
        if (await isSameOperator(tx, operatorId, selfId)) throw new Refusal('operator.self');
        if (operator.totp_secret === null) throw new Refusal('operator.no-second-factor');
        await updateOperator(tx, operator, { totp_secret: null, totp_since: null, totp_last_step: null });
        await tx.deleteFrom('operator_recovery_codes').where('operator_id', '=', operatorId).execute();
        await record({ action: 'operator.second-factor-reset', facts: { operator: operatorId } });
        return endSessions(tx, record, operatorId, now());
      }),
  };
}
