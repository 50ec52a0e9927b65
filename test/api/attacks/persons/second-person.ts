import type { Member } from '../../../backend/staffed-desk.ts';
import { asked, needFourEyes, requestOf } from '../ask-for-approval.ts';
import type { Attack } from '../attack.ts';
import { intrude } from '../held-changes.ts';
import type { Refused, Scene } from '../scene.ts';
import { clear, end, flagOf, lift, raise, reason, refuse } from './acts.ts';
import { asBefore, sameOperators, sameOwners } from './same-person.ts';

/** An act that needs a second person. `prepare` ends with the call of the person who does not count as a second one. */
interface SecondPersonAct {
  readonly what: string;
  readonly code: string;
  /** Returns the call of `second`, once `first` has done their part. */
  readonly prepare: (scene: Scene, first: Member) => Promise<(second: Member) => Promise<Refused>>;
}

const ofOperators: readonly SecondPersonAct[] = [
  {
    what: 'approves the request',
    code: 'approval.own-request',
    prepare: async (scene, first) => {
      await needFourEyes(scene);
      const { body } = await scene.ask(first, await scene.verified(first));
      return (second) => scene.decide(second, requestOf(body), 'approve');
    },
  },
  {
    what: 'decides the change that is held after the reset',
    code: 'held-change.own-reset',
    prepare: async (scene, first) => {
      const intruder = await intrude(scene, first);
      await intruder.changeNumber();
      const { id } = await intruder.held();
      return async (second) => {
        await second.prove();
        return second.call('POST', `/held-changes/${id}/decision`, { decision: 'approve', reason });
      };
    },
  },
  {
    what: 'clears the flag that comes from the case',
    code: 'flag.own',
    prepare: async (scene, first) => {
      const { account } = await refuse(first, scene.account);
      return async (second) => clear(second, await flagOf(scene, account.id));
    },
  },
  {
    what: 'lifts the freeze that answers the case',
    code: 'account.own-freeze',
    prepare: async (scene, first) => {
      const { account } = await scene.verified(first);
      await scene.notMe(scene.account);
      return (second) => lift(second, account.id);
    },
  },
  {
    what: 'agrees to the alert',
    code: 'alert.same-approver',
    prepare: async (_scene, first) => {
      const { body } = await raise(first, 'privileged');
      return async (second) => {
        await second.prove();
        const answer = await second.call<{ code?: string }>(
          'POST',
          `/alert/${body.proposed?.id ?? ''}/second`,
        );
        await end(second);
        return answer;
      };
    },
  },
  {
    what: 'ends the alert that the case is under',
    code: 'alert.own-case',
    prepare: async (scene, first) => {
      await raise(scene.petra);
      await first.openCase(scene.account);
      return async (second) => {
        const answer = await end(second);
        await end(scene.petra);
        return answer;
      };
    },
  },
];

const ofOwner: readonly SecondPersonAct[] = [
  {
    what: 'approves the request',
    code: 'approval.own-account',
    prepare: async (scene) => {
      const view = await asked(scene);
      return (second) => scene.decide(second, requestOf(view), 'approve');
    },
  },
  {
    what: 'decides a held change',
    code: 'approval.own-account',
    prepare: async (scene) => {
      const intruder = await intrude(scene);
      await intruder.changeNumber();
      const { id } = await intruder.held();
      return async (second) => {
        await second.prove();
        return second.call('POST', `/held-changes/${id}/decision`, { decision: 'approve', reason });
      };
    },
  },
  {
    what: 'clears the flag',
    code: 'account.own',
    prepare: async (scene) => {
      const { account } = await refuse(scene.olga, scene.account);
      return async (second) => clear(second, await flagOf(scene, account.id));
    },
  },
  {
    what: 'lifts the freeze',
    code: 'account.own',
    prepare: async (scene) => {
      const { account } = await scene.verified(scene.olga);
      await scene.notMe(scene.account);
      return (second) => lift(second, account.id);
    },
  },
  {
    what: 'opens a case',
    code: 'account.own',
    prepare: async (scene) => {
      const accountId = await scene.ann.accountId(scene.account);
      return async (second) => second.call('POST', '/cases', { accountId });
    },
  },
];

/** Every act that needs a second person, by one person with two sign-ins. */
export const oneOperatorTwice: readonly Attack[] = ofOperators.flatMap(({ what, code, prepare }) =>
  sameOperators.map(({ how, make }) => ({
    name: `one person with two sign-ins ${what}; they share ${how}`,
    code,
    run: async (scene) => {
      const act = await prepare(scene, scene.otto);
      await make(scene, scene.otto, scene.paul);
      try {
        return await act(scene.paul);
      } finally {
        await asBefore(scene, scene.otto, scene.paul);
      }
    },
  })),
);

/** The same by the owner of the account. */
export const theOwner: readonly Attack[] = ofOwner.flatMap(({ what, code, prepare }) =>
  sameOwners.map(({ how, make }) => ({
    name: `the account’s owner ${what}, known ${how}`,
    code,
    run: async (scene) => {
      const act = await prepare(scene, scene.olga);
      await make(scene, scene.petra, await scene.ann.accountId(scene.account));
      try {
        return await act(scene.petra);
      } finally {
        await asBefore(scene, scene.petra);
      }
    },
  })),
);
