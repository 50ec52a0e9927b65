import { minute, type Attack } from './attack.ts';
import { link, temporary } from './scene.ts';

/** With a grant of another operator, session, case, action, time or policy. */
export const grants: readonly Attack[] = [
  {
    name: "another operator's grant",
    code: 'grant.other-operator',
    run: async (scene) => {
      const grant = await scene.granted(scene.olga, await scene.verified(scene.olga));
      return scene.spend(scene.otto, await scene.verified(scene.otto), grant);
    },
  },
  {
    name: 'a grant at another console of the same operator',
    code: 'grant.other-session',
    run: async (scene) => {
      const view = await scene.verified(scene.olga);
      const grant = await scene.granted(scene.olga, view);
      const elsewhere = await scene.olga.elsewhere();
      return scene.spend(elsewhere, await scene.verified(elsewhere), grant);
    },
  },
  {
    name: 'the grant of another case',
    code: 'grant.other-case',
    run: async (scene) => {
      const grant = await scene.granted(scene.olga, await scene.verified(scene.olga));
      return scene.spend(scene.olga, await scene.verified(scene.olga, scene.other), grant);
    },
  },
  {
    name: 'a grant for a link, used for a temporary password',
    code: 'grant.other-action',
    run: async (scene) => {
      const view = await scene.verified(scene.olga);
      return scene.spend(scene.olga, view, await scene.granted(scene.olga, view, link));
    },
  },
  {
    name: 'a grant for a temporary password, used for a link',
    code: 'grant.other-action',
    run: async (scene) => {
      const view = await scene.verified(scene.olga);
      return scene.spend(scene.olga, view, await scene.granted(scene.olga, view), link);
    },
  },
  {
    name: 'an expired grant',
    code: 'grant.expired',
    run: async (scene) => {
      const view = await scene.verified(scene.olga);
      const grant = await scene.granted(scene.olga, view);
      scene.backend.clock.at += 10 * minute;
      await scene.olga.prove();
      return scene.spend(scene.olga, view, grant);
    },
  },
  {
    name: 'a grant that a newer one has replaced',
    code: 'grant.expired',
    run: async (scene) => {
      const view = await scene.verified(scene.olga);
      const grant = await scene.granted(scene.olga, view);
      scene.backend.clock.at += 1000;
      await scene.granted(scene.olga, view);
      return scene.spend(scene.olga, view, grant);
    },
  },
  {
    name: 'a grant after the clock was set back',
    code: 'grant.clock-set-back',
    run: async (scene) => {
      const view = await scene.verified(scene.olga);
      const grant = await scene.granted(scene.olga, view);
      scene.backend.clock.at -= 5 * minute;
      const answer = await scene.spend(scene.olga, view, grant);
      scene.backend.clock.at += 5 * minute;
      return answer;
    },
  },
  {
    name: 'a policy that was changed in between',
    code: 'grant.policy-changed',
    run: async (scene) => {
      const view = await scene.verified(scene.olga);
      const grant = await scene.granted(scene.olga, view);
      await scene.changePolicy(({ resetLink }) => ({
        resetLink: { validFor: resetLink.validFor === 3600 ? 7200 : 3600 },
      }));
      await scene.olga.prove();
      return scene.spend(scene.olga, view, grant);
    },
  },
  {
    name: 'a bar that was raised in between',
    code: 'assurance.not-enough',
    run: async (scene) => {
      const view = await scene.verified(scene.olga);
      await scene.changePolicy(({ bars }) => ({ bars: { ...bars, standard: 80 } }));
      await scene.olga.prove();
      const answer = await scene.olga.mint(view.id, temporary);
      await scene.changePolicy(({ bars }) => ({ bars: { ...bars, standard: 60 } }));
      return answer;
    },
  },
];
