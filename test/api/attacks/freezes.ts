import type { Attack } from './attack.ts';

/** After the owner has pressed "This was not me". */
export const freezes: readonly Attack[] = [
  {
    name: 'a grant after the owner has frozen the account',
    code: 'grant.expired',
    run: async (scene) => {
      const view = await scene.verified(scene.olga);
      const grant = await scene.granted(scene.olga, view);
      await scene.notMe(scene.account);
      return scene.spend(scene.olga, view, grant);
    },
  },
  {
    name: 'an invented grant after the owner has frozen the account',
    code: 'account.frozen',
    run: async (scene) => {
      const view = await scene.verified(scene.olga);
      await scene.notMe(scene.account);
      return scene.spend(scene.olga, view, 'invented');
    },
  },
  {
    name: 'a grant from before a freeze, after an approver has let the account go',
    code: 'grant.expired',
    run: async (scene) => {
      const view = await scene.verified(scene.olga);
      const grant = await scene.granted(scene.olga, view);
      await scene.notMe(scene.account);
      await scene.petra.prove();
      await scene.petra.call('POST', `/accounts/${view.account.id}/lift-freeze`, {
        reason: 'Talked to them',
      });
      await scene.olga.prove();
      return scene.spend(scene.olga, view, grant);
    },
  },
];
