import type { HeldChange } from '../../../shared/api/held-change.ts';
import { browserOf } from '../../backend/desk-call.ts';
import type { Member } from '../../backend/staffed-desk.ts';
import { minute, type Attack } from './attack.ts';
import { temporary, type Refused, type Scene } from './scene.ts';

const password = 'Meadow+Lantern41';

/** An intruder who got a password from the help desk, is signed in to the account and tries to take it over. */
export interface Intruder {
  readonly browser: ReturnType<typeof browserOf>;
  /** Changes the phone number, which needs no confirmation here. */
  readonly changeNumber: () => Promise<void>;
  /** The held part of the intruder's changes, as an approver sees it. */
  readonly held: () => Promise<HeldChange>;
}

/** Resets the account as a deceived operator, and signs the intruder in. */
export async function intrude(scene: Scene, by: Member = scene.olga): Promise<Intruder> {
  const view = await scene.verified(by);
  const grant = await scene.granted(by, view);
  const { body } = await by.reset(view.id, grant, temporary, `story-about-${scene.account}`);
  const { body: account } = await scene.ann.call<{ userName: string }>(
    'GET',
    `/accounts/${await scene.ann.accountId(scene.account)}`,
  );
  const browser = browserOf(scene.backend.ask);
  await browser.signIn(account.userName, body.temporaryPassword ?? '');
  await browser.choose(password);
  const held = async () => {
    const list = await scene.petra.call<{ held: HeldChange[] }>('GET', '/held-changes');
    const found = list.body.held.find(({ userName }) => userName === account.userName);
    if (!found) throw new Error('Nothing is held');
    return found;
  };
  return {
    browser,
    held,
    changeNumber: async () => {
      await browser.go('POST', '/account/contact/phone', { value: '+49 30 5550666', current: password });
    },
  };
}

const decide = async (by: Member, id: string, decision = 'approve'): Promise<Refused> => {
  await by.prove();
  return by.call('POST', `/held-changes/${id}/decision`, { decision, reason: 'as the table says' });
};

const heldNumber = async (scene: Scene, by?: Member) => {
  const intruder = await intrude(scene, by);
  await intruder.changeNumber();
  return { intruder, id: (await intruder.held()).id };
};

/** Through a change right after a reset. Each attempt leaves the number unchanged. */
export const heldChanges: readonly Attack[] = [
  {
    name: 'a yes by the operator who did the reset',
    code: 'held-change.own-reset',
    run: async (scene) => decide(scene.otto, (await heldNumber(scene, scene.otto)).id),
  },
  {
    name: 'a yes by an operator who is no approver',
    code: 'session.not-permitted',
    run: async (scene) => decide(scene.olga, (await heldNumber(scene)).id),
  },
  {
    name: "a yes by the account's owner",
    code: 'approval.own-account',
    run: async (scene) => {
      const { id } = await heldNumber(scene);
      const linkedAccountId = await scene.ann.accountId(scene.account);
      await scene.ann.prove();
      await scene.ann.call('PATCH', `/operators/${scene.petra.id}`, { linkedAccountId });
      const answer = await decide(scene.petra, id);
      await scene.ann.call('PATCH', `/operators/${scene.petra.id}`, { linkedAccountId: null });
      return answer;
    },
  },
  {
    name: 'a yes by an approver who may not touch the account',
    code: 'account.out-of-scope',
    run: async (scene) => {
      const { id } = await heldNumber(scene);
      const far = await scene.hire(`far-${scene.account}`, 'Far Approver', ['approver'], {
        departments: ['Nowhere'],
      });
      return decide(far, id);
    },
  },
  {
    name: 'a yes by an approver who has not proved themselves again',
    code: 'session.reauthentication-required',
    run: async (scene) => {
      const { id } = await heldNumber(scene);
      await scene.petra.prove();
      scene.backend.clock.at += 3 * minute;
      return scene.petra.call('POST', `/held-changes/${id}/decision`, {
        decision: 'approve',
        reason: 'as the table says',
      });
    },
  },
  {
    name: 'an approval of a change that was withdrawn',
    code: 'held-change.settled',
    run: async (scene) => {
      const { intruder, id } = await heldNumber(scene);
      await intruder.browser.go('POST', '/account/contact/withdraw', { change: id });
      return decide(scene.petra, id);
    },
  },
  {
    name: 'a yes after a no',
    code: 'held-change.settled',
    run: async (scene) => {
      const { id } = await heldNumber(scene);
      await decide(scene.petra, id, 'deny');
      return decide(scene.paul, id);
    },
  },
  {
    name: 'a yes after the owner said that it was not them',
    code: 'held-change.settled',
    run: async (scene) => {
      const { id } = await heldNumber(scene);
      await scene.notMe(scene.account);
      return decide(scene.petra, id);
    },
  },
  {
    name: 'a yes that comes too late',
    code: 'held-change.settled',
    run: async (scene) => {
      await scene.changePolicy(() => ({ toxicCombination: { within: 3600 } }));
      const { id } = await heldNumber(scene);
      scene.backend.clock.at += 61 * minute;
      return decide(scene.petra, id);
    },
  },
  {
    name: 'a yes to a change that there is not',
    code: 'held-change.not-found',
    run: async (scene) => decide(scene.petra, `none-of-${scene.account}`),
  },
  {
    name: 'a second reset while the change is held, with one pair of eyes',
    code: 'approval.needed',
    run: async (scene) => {
      await heldNumber(scene);
      await scene.olga.prove();
      const [open] = (await scene.olga.call<{ cases: { id: string }[] }>('GET', '/cases?limit=1')).body.cases;
      if (open) await scene.olga.call('POST', `/cases/${open.id}/close`, {});
      const view = await scene.verified(scene.olga);
      return scene.olga.mint(view.id, temporary);
    },
  },
];
