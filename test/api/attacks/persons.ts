import type { CaseView } from '../../../shared/api/case.ts';
import type { FlagView } from '../../../shared/api/flag.ts';
import { everyAccount } from '../../../shared/api/operator.ts';
import { browserOf } from '../../backend/desk-call.ts';
import type { Member } from '../../backend/staffed-desk.ts';
import { asked, needFourEyes, requestOf } from './ask-for-approval.ts';
import type { Attack } from './attack.ts';
import { intrude } from './held-changes.ts';
import { temporary, type Refused, type Scene } from './scene.ts';

/** Makes two operators one person in the database, as in rows from before the rule. */
interface SameOperators {
  readonly how: string;
  readonly make: (scene: Scene, one: Member, other: Member) => Promise<unknown>;
}

/** Makes an operator the owner of an account. */
interface SameOwner {
  readonly how: string;
  readonly make: (scene: Scene, operator: Member, accountId: string) => Promise<unknown>;
}

type OperatorColumns = Parameters<Parameters<Scene['backend']['changeRows']>[0]>[0];

const setOperator = (
  { backend }: Scene,
  { id }: Member,
  values: {
    readonly email?: string | null;
    readonly linked_account_id?: string | null;
    readonly provider_subject?: string | null;
  },
) =>
  backend.changeRows((db: OperatorColumns) =>
    db.updateTable('operators').set(values).where('id', '=', id).execute(),
  );

const addressOf = async ({ backend }: Scene, accountId: string): Promise<string> => {
  const row = (await backend.readTables())['accounts']?.find(({ id }) => id === accountId);
  return String(row?.['email']);
};

const sameOperators: readonly SameOperators[] = [
  {
    how: 'one address, written in two ways',
    make: async (scene, one, other) => {
      await setOperator(scene, one, { email: 'shared@bücher.example' });
      await setOperator(scene, other, { email: 'Shared@xn--bcher-kva.Example' });
    },
  },
  {
    how: 'one linked account',
    make: async (scene, one, other) => {
      const linked_account_id = await scene.ann.accountId(scene.other);
      for (const operator of [one, other]) await setOperator(scene, operator, { linked_account_id });
    },
  },
  {
    how: 'one account, by its address and by link',
    make: async (scene, one, other) => {
      const accountId = await scene.ann.accountId(scene.other);
      await setOperator(scene, one, { email: await addressOf(scene, accountId) });
      await setOperator(scene, other, { linked_account_id: accountId });
    },
  },
];

const sameOwners: readonly SameOwner[] = [
  {
    how: 'by link',
    make: (scene, operator, accountId) => setOperator(scene, operator, { linked_account_id: accountId }),
  },
  {
    how: 'by address in other letters',
    make: async (scene, operator, accountId) =>
      setOperator(scene, operator, { email: (await addressOf(scene, accountId)).toUpperCase() }),
  },
  {
    how: 'by the subject at the identity provider',
    make: (scene, operator, accountId) => setOperator(scene, operator, { provider_subject: accountId }),
  },
];

/** An act that needs a second person. `prepare` ends with the call of the person who does not count as a second one. */
interface SecondPersonAct {
  readonly what: string;
  readonly code: string;
  /** Returns the call of `second`, once `first` has done their part. */
  readonly prepare: (scene: Scene, first: Member) => Promise<(second: Member) => Promise<Refused>>;
}

const reason = 'as the table says';
const flagOf = async (scene: Scene, accountId: string): Promise<string> => {
  const { body } = await scene.petra.call<{ flags: FlagView[] }>('GET', '/flags');
  return body.flags.find((flag) => flag.accountId === accountId)?.id ?? '';
};
const clear = async (by: Member, flagId: string): Promise<Refused> => {
  await by.prove();
  return by.call('POST', `/flags/${flagId}/clear`, { reason });
};
const lift = async (by: Member, accountId: string): Promise<Refused> => {
  await by.prove();
  return by.call('POST', `/accounts/${accountId}/lift-freeze`, { reason });
};
const refuse = async (by: Member, account: string): Promise<CaseView> => {
  const view = await by.openCase(account);
  await by.call('POST', `/cases/${view.id}/refuse`, { reason: 'suspicious' });
  return view;
};
const raise = async (
  by: Member,
  scope = 'all',
): Promise<Refused & { body: { proposed?: { id: string } | null } }> => {
  await by.prove();
  return by.call('POST', '/alert', { scope, reason: 'callers by the dozen' });
};
const end = async (by: Member): Promise<Refused> => {
  await by.prove();
  return by.call('DELETE', '/alert');
};

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

/** Reverts what a row of the table did to the operators. */
const asBefore = async (scene: Scene, ...operators: readonly Member[]) => {
  for (const operator of operators)
    await setOperator(scene, operator, {
      email: `${operator.userName}@example.com`,
      linked_account_id: null,
      provider_subject: null,
    });
};

/** Every act that needs a second person, by one person with two sign-ins. */
const oneOperatorTwice: readonly Attack[] = ofOperators.flatMap(({ what, code, prepare }) =>
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
const theOwner: readonly Attack[] = ofOwner.flatMap(({ what, code, prepare }) =>
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

/** Acts that stop an operator, removed by the same operator or person. The names are those of a review. */
const removals: readonly Attack[] = [
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

/** Stores the neighbouring account as the manager, with a date long ago; returns its id. */
const putManager = async (scene: Scene): Promise<string> => {
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
const startWord = (scene: Scene, by: Member, view: CaseView) => {
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
const vouching: readonly Attack[] = [
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

/** An administrator who adds a second operator for themselves, or who already has one. */
const administrators: readonly Attack[] = [
  {
    name: 'an invitation to an address that an operator has',
    code: 'operator.same-person',
    run: async (scene) =>
      scene.ann.call('POST', '/operators', {
        userName: `second-${scene.account}`,
        displayName: 'Second Self',
        email: 'PETRA@example.com',
        roles: ['approver'],
        scope: { departments: [], tiers: [], directories: [] },
      }),
  },
  {
    name: 'an invitation under the user name of an account whose address an operator has',
    code: 'operator.same-person',
    run: async (scene) => {
      const accountId = await scene.ann.accountId(scene.account);
      await setOperator(scene, scene.petra, { email: await addressOf(scene, accountId) });
      const { body } = await scene.ann.call<{ userName: string }>('GET', `/accounts/${accountId}`);
      try {
        return await scene.ann.call('POST', '/operators', {
          userName: body.userName,
          displayName: 'Second Self',
          email: 'elsewhere@example.com',
          roles: ['approver'],
          scope: { departments: [], tiers: [], directories: [] },
        });
      } finally {
        await asBefore(scene, scene.petra);
      }
    },
  },
  {
    name: 'an address that another operator has',
    code: 'operator.same-person',
    run: (scene) => scene.ann.call('PATCH', `/operators/${scene.petra.id}`, { email: 'Paul@Example.com' }),
  },
  {
    name: 'a link to the account of another operator',
    code: 'operator.same-person',
    run: async (scene) => {
      const linkedAccountId = await scene.ann.accountId(scene.account);
      await setOperator(scene, scene.paul, { linked_account_id: linkedAccountId });
      try {
        return await scene.ann.call('PATCH', `/operators/${scene.petra.id}`, { linkedAccountId });
      } finally {
        await asBefore(scene, scene.paul);
      }
    },
  },
  ...(
    [
      ['operator.own-roles', 'PATCH', '', { roles: ['administrator', 'approver'] }],
      ['operator.self', 'PUT', '/state', { state: 'disabled' }],
      ['operator.self', 'DELETE', '/second-factor', undefined],
    ] as const
  ).map(([code, method, path, body]) => ({
    name: `${method} ${path} of the second self of an administrator`,
    code,
    run: async (scene: Scene) => {
      const self = await scene.hire(`self-${scene.account}${path.length}`, 'Second Self', ['administrator']);
      await setOperator(scene, scene.ann, { email: `${self.userName}@example.com` });
      try {
        return await scene.ann.call<{ code?: string }>(method, `/operators/${self.id}${path}`, body);
      } finally {
        await setOperator(scene, scene.ann, { email: null });
        await scene.ann.call('PUT', `/operators/${self.id}/state`, { state: 'removed' });
      }
    },
  })),
];

/** One person acting as two. */
export const persons: readonly Attack[] = [
  ...oneOperatorTwice,
  ...theOwner,
  ...removals,
  ...vouching,
  ...administrators,
];
