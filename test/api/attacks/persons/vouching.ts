import type { CaseView } from '../../../../shared/api/case.ts';
import { browserOf } from '../../../backend/desk-call.ts';
import type { Member } from '../../../backend/staffed-desk.ts';
import { needFourEyes, requestOf } from '../ask-for-approval.ts';
import type { Attack } from '../attack.ts';
import { temporary, type Scene } from '../scene.ts';
import { refuse } from './acts.ts';
import { asBefore, sameOwners, setOperator, type OperatorColumns } from './same-person.ts';

/** Stores the neighbouring account as the manager, with a date long ago; returns its id. */
export const putManager = async (scene: Scene): Promise<string> => {
  const [accountId, managerId] = [
    await scene.ann.accountId(scene.account),
    await scene.ann.accountId(scene.other),
  ];
  const { body } = await scene.ann.call<{ userName: string }>('GET', `/accounts/${managerId}`);
  await scene.backend.changeRows((db: OperatorColumns) =>
    db.updateTable('accounts').set({ manager: body.userName }).where('id', '=', accountId).execute(),
  );
  return managerId;
};
export const startWord = (scene: Scene, by: Member, view: CaseView) => {
  scene.backend.clock.at += 1000;
  return by.call<{ code?: string; case: CaseView }>('POST', `/cases/${view.id}/checks`, {
    kind: 'managers-word',
  });
};
const answerWord = async (scene: Scene) => {
  const { body } = await scene.ann.call<{ mails: { id: string; kind: string }[] }>(
    'GET',
    '/outbox?limit=200',
  );
  const mail = body.mails.find(({ kind }) => kind === 'managers-word');
  const { text } = (await scene.ann.call<{ text: string }>('GET', `/outbox/${mail?.id ?? ''}`)).body;
  const token = /\/managers-word\/(\S+)/.exec(text)?.[1] ?? '';
  const browser = browserOf(scene.backend.ask);
  const page = (await browser.go('GET', `/managers-word/${token}`)).text;
  const name = /they are <strong>([^<]+)</.exec(page)?.[1] ?? 'nobody asked about';
  return browser.go('POST', '/managers-word', { token, word: 'yes', name });
};

/** The operator or the approver as the manager who vouches. */
export const vouching: readonly Attack[] = [
  ...sameOwners.map(({ how, make }) => ({
    name: `the manager’s word by the operator, who is the manager ${how}`,
    code: 'check.unavailable',
    run: async (scene: Scene) => {
      await make(scene, scene.olga, await putManager(scene));
      try {
        return await startWord(scene, scene.olga, await scene.olga.openCase(scene.account));
      } finally {
        await asBefore(scene, scene.olga);
      }
    },
  })),
  {
    name: 'the manager’s word by the operator, who became the manager after the mail',
    code: 'assurance.not-enough',
    run: async (scene) => {
      const managerId = await putManager(scene);
      const view = await scene.olga.openCase(scene.account);
      await startWord(scene, scene.olga, view);
      await setOperator(scene, scene.olga, { linked_account_id: managerId });
      try {
        if ((await answerWord(scene)).status !== 410) throw new Error('the answer was taken');
        return await scene.olga.mint(view.id, temporary);
      } finally {
        await asBefore(scene, scene.olga);
      }
    },
  },
  {
    name: 'a reset on the manager’s word by the operator, who became the manager after it',
    code: 'assurance.not-enough',
    run: async (scene) => {
      const managerId = await putManager(scene);
      const view = await scene.olga.openCase(scene.account);
      await startWord(scene, scene.olga, view);
      await answerWord(scene);
      await setOperator(scene, scene.olga, { linked_account_id: managerId });
      try {
        return await scene.olga.mint(view.id, temporary);
      } finally {
        await asBefore(scene, scene.olga);
      }
    },
  },
  {
    name: 'the manager’s word from a manager whose owner froze the account',
    code: 'check.unavailable',
    run: async (scene) => {
      const managerId = await putManager(scene);
      await scene.backend.changeRows((db: OperatorColumns) =>
        db.updateTable('accounts').set({ frozen_at: 1 }).where('id', '=', managerId).execute(),
      );
      return startWord(scene, scene.olga, await scene.olga.openCase(scene.account));
    },
  },
  {
    name: 'the manager’s word from a manager whose account is flagged',
    code: 'check.unavailable',
    run: async (scene) => {
      await putManager(scene);
      await refuse(scene.otto, scene.other);
      return startWord(scene, scene.olga, await scene.olga.openCase(scene.account));
    },
  },
  {
    name: 'a reset on the word of a manager whose account was flagged after it',
    code: 'assurance.not-enough',
    run: async (scene) => {
      await putManager(scene);
      const view = await scene.olga.openCase(scene.account);
      await startWord(scene, scene.olga, view);
      await answerWord(scene);
      await refuse(scene.otto, scene.other);
      await scene.olga.prove();
      return scene.olga.mint(view.id, temporary);
    },
  },
  ...sameOwners.map(({ how, make }) => ({
    name: `a yes by the approver who vouched as the manager, known ${how}`,
    code: 'approval.vouched',
    run: async (scene: Scene) => {
      const managerId = await putManager(scene);
      await needFourEyes(scene);
      const view = await scene.olga.openCase(scene.account);
      await startWord(scene, scene.olga, view);
      await answerWord(scene);
      await scene.olga.prove();
      const { body } = await scene.ask(scene.olga, view);
      await make(scene, scene.petra, managerId);
      try {
        return await scene.decide(scene.petra, requestOf(body), 'approve');
      } finally {
        await asBefore(scene, scene.petra);
      }
    },
  })),
];
