import { everyAccount } from '../../../../shared/api/operator.ts';
import { asked, requestOf } from '../ask-for-approval.ts';
import type { Attack } from '../attack.ts';
import { temporary } from '../scene.ts';
import { clear, end, flagOf, lift, raise, refuse } from './acts.ts';
import { asBefore, setOperator, type OperatorColumns } from './same-person.ts';

/** Acts that stop an operator, removed by the same operator or person. The names are those of a review. */
export const removals: readonly Attack[] = [
  {
    name: 'a flag on the account of the own open case is cleared',
    code: 'approval.own-case',
    run: async (scene) => {
      const { account } = await refuse(scene.olga, scene.account);
      await scene.otto.openCase(scene.account);
      return clear(scene.otto, await flagOf(scene, account.id));
    },
  },
  {
    name: 'a flag is cleared after the own case was closed',
    code: 'approval.own-case',
    run: async (scene) => {
      const { account } = await refuse(scene.olga, scene.account);
      const { id } = await scene.otto.openCase(scene.account);
      await scene.otto.call('POST', `/cases/${id}/close`);
      return clear(scene.otto, await flagOf(scene, account.id));
    },
  },
  {
    name: 'a request about an account is approved by another operator with an open case about it',
    code: 'approval.own-case',
    run: async (scene) => {
      await scene.otto.openCase(scene.account);
      return scene.decide(scene.otto, requestOf(await asked(scene)), 'approve');
    },
  },
  {
    name: 'a reset with one pair of eyes after the flag was cleared',
    code: 'approval.needed',
    run: async (scene) => {
      const { account } = await refuse(scene.paul, scene.account);
      await clear(scene.petra, await flagOf(scene, account.id));
      await scene.olga.prove();
      return scene.olga.mint((await scene.verified(scene.olga)).id, temporary);
    },
  },
  {
    name: 'a reset with one pair of eyes after the freeze was lifted',
    code: 'approval.needed',
    run: async (scene) => {
      const { account } = await scene.verified(scene.otto);
      await scene.notMe(scene.account);
      await lift(scene.petra, account.id);
      await scene.olga.prove();
      return scene.olga.mint((await scene.verified(scene.olga)).id, temporary);
    },
  },
  {
    name: 'the yes of an approver who turned out to be the operator',
    code: 'approval.needed',
    run: async (scene) => {
      const view = await asked(scene);
      await scene.decide(scene.paul, requestOf(view), 'approve');
      await setOperator(scene, scene.paul, { email: 'one@example.com' });
      await setOperator(scene, scene.olga, { email: 'One@example.com' });
      try {
        await scene.olga.prove();
        return await scene.olga.mint(view.id, temporary);
      } finally {
        await asBefore(scene, scene.paul, scene.olga);
      }
    },
  },
  {
    name: 'the yes of an approver who turned out to be the owner',
    code: 'approval.needed',
    run: async (scene) => {
      const view = await asked(scene);
      await scene.decide(scene.paul, requestOf(view), 'approve');
      await setOperator(scene, scene.paul, { linked_account_id: view.account.id });
      try {
        await scene.olga.prove();
        return await scene.olga.mint(view.id, temporary);
      } finally {
        await asBefore(scene, scene.paul);
      }
    },
  },
  {
    name: 'the yes of an approver whose scope has lost the account',
    code: 'approval.needed',
    run: async (scene) => {
      const view = await asked(scene);
      await scene.decide(scene.paul, requestOf(view), 'approve');
      const set = (scope: object) =>
        scene.backend.changeRows((db: OperatorColumns) =>
          db
            .updateTable('operators')
            .set({ scope: JSON.stringify(scope) })
            .where('id', '=', scene.paul.id)
            .execute(),
        );
      await set({ departments: ['Another department'], tiers: [], directories: [] });
      try {
        await scene.olga.prove();
        return await scene.olga.mint(view.id, temporary);
      } finally {
        await set(everyAccount);
      }
    },
  },
  {
    name: 'a weak check by the operator who ended the alert',
    code: 'check.unavailable',
    run: async (scene) => {
      await raise(scene.otto);
      await end(scene.petra);
      return scene.petra.startCode((await scene.petra.openCase(scene.account)).id);
    },
  },
];
