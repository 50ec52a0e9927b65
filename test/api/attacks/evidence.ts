import { minute, type Attack } from './attack.ts';
import { temporary } from './scene.ts';

/** Without evidence, with too little of it, and with the evidence of another operator, account or case. */
export const evidence: readonly Attack[] = [
  {
    name: 'a reset in no case at all',
    code: 'case.not-found',
    run: ({ olga }) => olga.reset('no-such-case', 'no-such-grant', temporary, 'press-nowhere'),
  },
  {
    name: 'a grant without any evidence',
    code: 'assurance.not-enough',
    run: async ({ olga, account }) => olga.mint((await olga.openCase(account)).id, temporary),
  },
  {
    name: 'a reset with an invented grant, without evidence',
    code: 'assurance.not-enough',
    run: async (scene) => scene.spend(scene.olga, await scene.olga.openCase(scene.account), 'invented'),
  },
  {
    name: 'a reset with an invented grant, with evidence',
    code: 'grant.not-found',
    run: async (scene) => scene.spend(scene.olga, await scene.verified(scene.olga), 'invented'),
  },
  {
    name: 'too few points',
    code: 'assurance.not-enough',
    run: async ({ olga, account, callBack }) =>
      olga.mint((await callBack(olga, await olga.openCase(account), 'confirmed')).id, temporary),
  },
  {
    name: 'an unanswered call-back',
    code: 'assurance.not-enough',
    run: async ({ olga, account, callBack }) =>
      olga.mint((await callBack(olga, await olga.openCase(account), 'not-reached')).id, temporary),
  },
  {
    name: 'a call-back whose owner knew of no call',
    code: 'assurance.not-enough',
    run: async ({ olga, account, callBack }) =>
      olga.mint((await callBack(olga, await olga.openCase(account), 'denied')).id, temporary),
  },
  {
    name: 'a code that was sent and never read back',
    code: 'assurance.not-enough',
    run: async ({ olga, account, codeIn }) =>
      olga.mint((await codeIn(olga, await olga.openCase(account))).view.id, temporary),
  },
  {
    name: 'a wrong code',
    code: 'assurance.not-enough',
    run: async ({ olga, account, codeIn }) => {
      const { view, code } = await codeIn(olga, await olga.openCase(account));
      await olga.readBack(view, code === '000000' ? '111111' : '000000');
      return olga.mint(view.id, temporary);
    },
  },
  {
    name: 'the right code after three wrong ones',
    code: 'check.locked',
    run: async ({ olga, account, codeIn }) => {
      const { view, code } = await codeIn(olga, await olga.openCase(account));
      for (let guess = 0; guess < 3; guess += 1)
        await olga.readBack(view, code === '000000' ? '111111' : '000000');
      return olga.readBack(view, code);
    },
  },
  {
    name: 'the right code too late',
    code: 'check.expired',
    run: async ({ olga, account, codeIn, backend }) => {
      const { view, code } = await codeIn(olga, await olga.openCase(account));
      backend.clock.at += 5 * minute;
      return olga.readBack(view, code);
    },
  },
  {
    name: 'a code that was used before, for a check that has passed',
    code: 'check.settled',
    run: async ({ olga, account, codeIn }) => {
      const { view, code } = await codeIn(olga, await olga.openCase(account));
      await olga.readBack(view, code);
      return olga.readBack(view, code);
    },
  },
  {
    name: 'the code of another account',
    code: 'assurance.not-enough',
    run: async ({ olga, account, other, codeIn }) => {
      const mine = await codeIn(olga, await olga.openCase(account));
      const theirs = await codeIn(olga, await olga.openCase(other));
      await olga.readBack(mine.view, theirs.code === mine.code ? '000000' : theirs.code);
      return olga.mint(mine.view.id, temporary);
    },
  },
  {
    name: 'a check of another case, answered in this one',
    code: 'check.not-found',
    run: async ({ olga, account, other, codeIn }) => {
      const theirs = await codeIn(olga, await olga.openCase(other));
      const mine = await olga.openCase(account);
      return olga.readBack({ ...mine, checks: theirs.view.checks }, theirs.code);
    },
  },
  {
    name: 'the evidence of another account',
    code: 'assurance.not-enough',
    run: async ({ olga, account, other, verified }) => {
      await verified(olga, other);
      return olga.mint((await olga.openCase(account)).id, temporary);
    },
  },
  {
    name: 'the evidence of another operator about the same account',
    code: 'assurance.not-enough',
    run: async ({ olga, otto, account, verified }) => {
      await verified(otto);
      return olga.mint((await olga.openCase(account)).id, temporary);
    },
  },
  {
    name: 'the evidence of an earlier case',
    code: 'assurance.not-enough',
    run: async ({ olga, account, verified }) => {
      const before = await verified(olga);
      await olga.call('POST', `/cases/${before.id}/close`);
      return olga.mint((await olga.openCase(account)).id, temporary);
    },
  },
  {
    name: 'the evidence of another console session',
    code: 'assurance.not-enough',
    run: async ({ olga, verified }) => {
      const view = await verified(olga);
      return (await olga.elsewhere()).mint(view.id, temporary);
    },
  },
  {
    name: 'the code of another console session',
    code: 'check.other-session',
    run: async ({ olga, account, codeIn }) => {
      const elsewhere = await olga.elsewhere();
      await olga.prove();
      const { view, code } = await codeIn(olga, await olga.openCase(account));
      return elsewhere.readBack(view, code);
    },
  },
  {
    name: "another operator's case",
    code: 'case.not-yours',
    run: async ({ olga, otto, verified }) => otto.mint((await verified(olga)).id, temporary),
  },
];
