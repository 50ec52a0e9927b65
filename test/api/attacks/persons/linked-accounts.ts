import { randomUUID } from 'node:crypto';
import type { Member } from '../../../backend/staffed-desk.ts';
import { approved } from '../ask-for-approval.ts';
import type { Attack } from '../attack.ts';
import { temporary, type Refused, type Scene } from '../scene.ts';
import { clear, flagOf, lift, refuse } from './acts.ts';
import type { OperatorColumns } from './same-person.ts';
import { putManager, startWord } from './vouching.ts';

/** Links two accounts as those of one person in two directories. */
const linkAccounts = async (scene: Scene, one: string, other: string): Promise<string> => {
  const [account_id, other_id] = [await scene.ann.accountId(one), await scene.ann.accountId(other)];
  const id = randomUUID();
  await scene.backend.changeRows((db: OperatorColumns) =>
    db
      .insertInto('account_links')
      .values({
        id,
        account_id,
        other_id,
        why: 'email',
        linked_at: 0,
        unlinked_at: null,
        unlinked_by: null,
        unlink_reason: null,
      })
      .execute(),
  );
  return id;
};
/** An administrator who works on cases. */
const workingAdministrator = async (scene: Scene): Promise<Member> => {
  hired += 1;
  return scene.hire(`works-${hired}`, `Works Too ${hired}`, ['administrator', 'operator']);
};
let hired = 0;
/** Freezes the other account, as its owner does after a mail of the help desk. */
const freezeOther = async (scene: Scene): Promise<string> => {
  const { account } = await scene.verified(scene.paul, scene.other);
  await scene.notMe(scene.other);
  return account.id;
};
const mintAfter = async (scene: Scene): Promise<Refused> => {
  await scene.olga.prove();
  return scene.olga.mint((await scene.verified(scene.olga)).id, temporary);
};

/** What is known of another account of the person, before the attack on this one. */
export const warnings: readonly {
  readonly what: string;
  readonly code: string;
  readonly happen: (scene: Scene) => Promise<unknown>;
}[] = [
  { what: 'was flagged', code: 'approval.needed', happen: (scene) => refuse(scene.paul, scene.other) },
  { what: 'was frozen', code: 'approval.needed', happen: freezeOther },
  {
    what: 'was frozen and the freeze lifted',
    code: 'approval.needed',
    happen: async (scene) => lift(scene.petra, await freezeOther(scene)),
  },
  {
    what: 'had two failed checks',
    code: 'approval.needed',
    happen: async (scene) => {
      for (const by of [scene.otto, scene.paul])
        await scene.callBack(by, await by.openCase(scene.other), 'denied');
    },
  },
];

/** A caller who turns to another account of the same person. */
export const linkedAccounts: readonly Attack[] = [
  ...warnings.map(({ what, code, happen }) => ({
    name: `a reset with one pair of eyes of an account that is linked with one that ${what}`,
    code,
    run: async (scene: Scene) => {
      await linkAccounts(scene, scene.account, scene.other);
      await happen(scene);
      return mintAfter(scene);
    },
  })),
  {
    name: 'an attempt by an operator after three failures about linked accounts',
    code: 'check.approver-only',
    run: async (scene) => {
      await linkAccounts(scene, scene.other, scene.account);
      for (const by of [scene.otto, scene.paul, scene.petra]) {
        const { id } = await scene.callBack(by, await by.openCase(scene.other), 'denied');
        await by.call('POST', `/cases/${id}/close`);
      }
      return scene.olga.startCode((await scene.olga.openCase(scene.account)).id);
    },
  },
  {
    name: 'a grant from before a linked account was frozen',
    code: 'grant.expired',
    run: async (scene) => {
      await linkAccounts(scene, scene.account, scene.other);
      const view = await scene.verified(scene.olga);
      const grant = await scene.granted(scene.olga, view);
      await freezeOther(scene);
      return scene.spend(scene.olga, view, grant);
    },
  },
  {
    name: 'a yes from before a linked account was flagged',
    code: 'approval.needed',
    run: async (scene) => {
      await linkAccounts(scene, scene.account, scene.other);
      const view = await approved(scene);
      scene.backend.clock.at += 1000;
      await refuse(scene.paul, scene.other);
      await scene.olga.prove();
      return scene.olga.mint(view.id, temporary);
    },
  },
  {
    name: 'a flag is cleared by an operator with an open case about a linked account',
    code: 'approval.own-case',
    run: async (scene) => {
      await linkAccounts(scene, scene.account, scene.other);
      const { account } = await refuse(scene.olga, scene.other);
      await scene.otto.openCase(scene.account);
      return clear(scene.otto, await flagOf(scene, account.id));
    },
  },
  {
    name: 'a freeze is lifted by an operator with an open case about a linked account',
    code: 'approval.own-case',
    run: async (scene) => {
      await linkAccounts(scene, scene.account, scene.other);
      const frozen = await freezeOther(scene);
      await scene.otto.openCase(scene.account);
      return lift(scene.otto, frozen);
    },
  },
  ...(['open', 'closed'] as const).map((state) => ({
    name: `a flagged account is unlinked by an administrator with a case about the linked one that is ${state}`,
    code: 'approval.own-case',
    run: async (scene: Scene) => {
      const linkId = await linkAccounts(scene, scene.account, scene.other);
      await refuse(scene.paul, scene.other);
      const works = await workingAdministrator(scene);
      const { id } = await works.openCase(scene.account);
      if (state === 'closed') await works.call('POST', `/cases/${id}/close`);
      await works.prove();
      return works.call<{ code?: string }>('POST', `/account-links/${linkId}/unlink`, {
        reason: 'as the table says',
      });
    },
  })),
  {
    name: 'the manager’s word from a manager of whom another account is frozen',
    code: 'check.unavailable',
    run: async (scene) => {
      await putManager(scene);
      // An account that no other attack uses.
      const third = 'm.okafor';
      await linkAccounts(scene, scene.other, third);
      const thirdId = await scene.ann.accountId(third);
      await scene.backend.changeRows((db: OperatorColumns) =>
        db.updateTable('accounts').set({ frozen_at: 1 }).where('id', '=', thirdId).execute(),
      );
      return startWord(scene, scene.olga, await scene.olga.openCase(scene.account));
    },
  },
];
