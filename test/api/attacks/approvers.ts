import { minute, type Attack } from './attack.ts';
import { asked, needFourEyes, requestOf } from './ask-for-approval.ts';
import { temporary } from './scene.ts';

/** With an approval by an operator who may not approve. */
export const approvers: readonly Attack[] = [
  {
    name: 'an approval of one’s own request',
    code: 'approval.own-request',
    run: async (scene) => {
      await needFourEyes(scene);
      const view = await scene.verified(scene.otto);
      const { body } = await scene.ask(scene.otto, view);
      return scene.decide(scene.otto, requestOf(body), 'approve');
    },
  },
  {
    name: "a yes by the account's owner",
    code: 'approval.own-account',
    run: async (scene) => {
      const view = await asked(scene);
      await scene.ann.prove();
      await scene.ann.call('PATCH', `/operators/${scene.petra.id}`, { linkedAccountId: view.account.id });
      const answer = await scene.decide(scene.petra, requestOf(view), 'approve');
      await scene.ann.call('PATCH', `/operators/${scene.petra.id}`, { linkedAccountId: null });
      return answer;
    },
  },
  {
    name: 'a yes by an operator who is no approver',
    code: 'session.not-permitted',
    run: async (scene) => {
      const view = await asked(scene);
      await scene.olga.prove();
      return scene.decide(scene.olga, requestOf(view), 'approve');
    },
  },
  {
    name: 'an approval by an operator who has not reauthenticated',
    code: 'session.reauthentication-required',
    run: async (scene) => {
      await scene.petra.prove();
      const view = await asked(scene);
      scene.backend.clock.at += 3 * minute;
      return scene.petra.call('POST', `/approvals/${requestOf(view)}/decision`, {
        decision: 'approve',
        reason: 'as the table says',
      });
    },
  },
  {
    name: 'the yes of an approver who has been demoted since',
    code: 'approval.needed',
    run: async (scene) => {
      const view = await asked(scene);
      const pia = await scene.hire(`pia-${scene.account}`, 'Pia Approver', ['approver']);
      await scene.decide(pia, requestOf(view), 'approve');
      await scene.ann.prove();
      await scene.ann.call('PATCH', `/operators/${pia.id}`, { roles: ['operator'] });
      await scene.olga.prove();
      return scene.olga.mint(view.id, temporary);
    },
  },
  {
    name: 'the yes of an approver who has been disabled since the grant',
    code: 'approval.needed',
    run: async (scene) => {
      const view = await asked(scene);
      const pia = await scene.hire(`pam-${scene.account}`, 'Pam Approver', ['approver']);
      await scene.decide(pia, requestOf(view), 'approve');
      await scene.olga.prove();
      const grant = await scene.granted(scene.olga, view);
      await scene.ann.prove();
      await scene.ann.call('PUT', `/operators/${pia.id}/state`, { state: 'disabled' });
      return scene.spend(scene.olga, view, grant);
    },
  },
];
