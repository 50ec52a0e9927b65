import { minute, type Attack } from './attack.ts';
import { approved, asked, needFourEyes, requestOf } from './ask-for-approval.ts';
import { link, temporary } from './scene.ts';

/** Without the required approval, or with an approval of something else. */
export const fourEyes: readonly Attack[] = [
  {
    name: 'no request',
    code: 'approval.needed',
    run: async (scene) => {
      await needFourEyes(scene);
      return scene.olga.mint((await scene.verified(scene.olga)).id, temporary);
    },
  },
  {
    name: 'a request without a decision',
    code: 'approval.needed',
    run: async (scene) => scene.olga.mint((await asked(scene)).id, temporary),
  },
  {
    name: 'a no',
    code: 'approval.denied',
    run: async (scene) => {
      const view = await asked(scene);
      await scene.decide(scene.petra, requestOf(view), 'deny');
      return scene.olga.mint(view.id, temporary);
    },
  },
  {
    name: 'asking again after a no',
    code: 'approval.denied',
    run: async (scene) => {
      const view = await asked(scene);
      await scene.decide(scene.petra, requestOf(view), 'deny');
      return scene.ask(scene.olga, view);
    },
  },
  {
    name: 'a request that has lapsed',
    code: 'approval.lapsed',
    run: async (scene) => {
      const view = await asked(scene);
      scene.backend.clock.at += 10 * minute;
      return scene.decide(scene.petra, requestOf(view), 'approve');
    },
  },
  {
    name: 'a yes that was not used in time',
    code: 'approval.needed',
    run: async (scene) => {
      const view = await approved(scene);
      scene.backend.clock.at += 10 * minute;
      await scene.olga.prove();
      return scene.olga.mint(view.id, temporary);
    },
  },
  {
    name: 'a yes to a link, used for a temporary password',
    code: 'approval.needed',
    run: async (scene) => scene.olga.mint((await approved(scene, link)).id, temporary),
  },
  {
    name: 'a second answer to a request that was answered',
    code: 'approval.settled',
    run: async (scene) => {
      const view = await asked(scene);
      await scene.decide(scene.petra, requestOf(view), 'deny');
      return scene.decide(scene.paul, requestOf(view), 'approve');
    },
  },
  {
    name: 'a check that failed after the yes',
    code: 'approval.needed',
    run: async (scene) => {
      const view = await approved(scene);
      scene.backend.clock.at += 1000;
      await scene.olga.prove();
      await scene.callBack(scene.olga, view, 'denied');
      return scene.olga.mint(view.id, temporary);
    },
  },
  {
    name: 'a suspicious call at another desk after the yes',
    code: 'approval.needed',
    run: async (scene) => {
      const view = await approved(scene);
      scene.backend.clock.at += 1000;
      const theirs = await scene.otto.openCase(scene.account);
      await scene.otto.call('POST', `/cases/${theirs.id}/refuse`, { reason: 'suspicious' });
      await scene.olga.prove();
      return scene.olga.mint(view.id, temporary);
    },
  },
  {
    name: 'a refusal of the same caller at another desk after the yes',
    code: 'approval.needed',
    run: async (scene) => {
      const view = await approved(scene);
      scene.backend.clock.at += 1000;
      const theirs = await scene.otto.openCase(scene.account);
      await scene.otto.call('POST', `/cases/${theirs.id}/refuse`, { reason: 'could-not-verify' });
      await scene.olga.prove();
      return scene.olga.mint(view.id, temporary);
    },
  },
  {
    name: 'a yes at another console of the same operator',
    code: 'assurance.not-enough',
    run: async (scene) => {
      const view = await approved(scene);
      await scene.olga.prove();
      return (await scene.olga.elsewhere()).mint(view.id, temporary);
    },
  },
  {
    name: 'a third attempt after two failures with other operators',
    code: 'approval.needed',
    run: async (scene) => {
      for (const by of [scene.otto, scene.paul])
        await scene.callBack(by, await by.openCase(scene.account), 'denied');
      return scene.olga.mint((await scene.verified(scene.olga)).id, temporary);
    },
  },
  {
    name: 'an attempt by an operator after three failures',
    code: 'check.approver-only',
    run: async (scene) => {
      for (const by of [scene.otto, scene.paul, scene.petra]) {
        const { id } = await scene.callBack(by, await by.openCase(scene.account), 'denied');
        // Petra ends alerts below, which an operator with an open case may not do.
        await by.call('POST', `/cases/${id}/close`);
      }
      return scene.olga.startCode((await scene.olga.openCase(scene.account)).id);
    },
  },
  {
    name: 'a phone number that was changed today, with a code that is right',
    code: 'approval.needed',
    run: async ({ olga, verified, importRow }) => {
      const view = await verified(olga);
      const { userName, displayName } = view.account;
      await importRow({ userName, displayName, phone: '+49 555 0100 9999' });
      await olga.prove();
      return olga.mint(view.id, temporary);
    },
  },
  {
    name: 'an alert that was raised after the grant',
    code: 'assurance.not-enough',
    run: async (scene) => {
      const view = await scene.verified(scene.olga);
      const grant = await scene.granted(scene.olga, view);
      await scene.petra.prove();
      await scene.petra.call('POST', '/alert', { scope: 'all', reason: 'callers by the dozen' });
      const answer = await scene.spend(scene.olga, view, grant);
      await scene.petra.call('DELETE', '/alert');
      return answer;
    },
  },
  {
    name: 'a weak check under a raised alert',
    code: 'check.unavailable',
    run: async (scene) => {
      await scene.petra.prove();
      await scene.petra.call('POST', '/alert', { scope: 'all', reason: 'callers by the dozen' });
      const answer = await scene.olga.startCode((await scene.olga.openCase(scene.account)).id);
      await scene.petra.call('DELETE', '/alert');
      return answer;
    },
  },
  {
    name: 'an alert for privileged accounts, raised by one approver alone',
    code: 'alert.same-approver',
    run: async ({ petra }) => {
      await petra.prove();
      const { body } = await petra.call<{ proposed: { id: string } | null }>('POST', '/alert', {
        scope: 'privileged',
        reason: 'attacks on the administrators',
      });
      const answer = await petra.call<{ code?: string }>('POST', `/alert/${body.proposed?.id ?? ''}/second`);
      await petra.call('DELETE', '/alert');
      return answer;
    },
  },
];
