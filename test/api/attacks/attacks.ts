import { link, temporary, type Refused, type Scene } from './scene.ts';

/** One way around the console: what is tried, and with which code the backend says no. */
export interface Attack {
  readonly name: string;
  readonly code: string;
  readonly run: (scene: Scene) => Promise<Refused>;
  /** No trace is left of a call that names nobody, or that cannot be read. */
  readonly unrecorded?: true;
}

const minute = 60_000;
const requestOf = (view: { approval: { request: { id: string } | null } }) => view.approval.request?.id ?? '';
/** Sensitive accounts need four eyes in these. */
const needFourEyes = (scene: Scene) =>
  scene.changePolicy(({ approvals }) => ({ approvals: { ...approvals, tiers: ['standard'] } }));
const asked = async (scene: Scene, action = temporary) => {
  await needFourEyes(scene);
  const view = await scene.verified(scene.olga);
  return (await scene.ask(scene.olga, view, action)).body;
};
const approved = async (scene: Scene, action = temporary) => {
  const view = await asked(scene, action);
  await scene.decide(scene.petra, requestOf(view), 'approve');
  return view;
};

/** Spends a grant with a way of delivery of one's own choice. */
const deliver = (scene: Scene, caseId: string, grantId: string, deliveryMode: string): Promise<Refused> =>
  scene.olga.call(
    'POST',
    `/cases/${caseId}/resets`,
    { grantId, action: temporary, deliveryMode },
    { 'idempotency-key': `press-${scene.account}-${deliveryMode}` },
  );

const evidence: readonly Attack[] = [
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
    name: 'a call-back that nobody answered',
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
  {
    name: 'contact data that changed after the code',
    code: 'assurance.not-enough',
    run: async ({ olga, verified, importRow }) => {
      const view = await verified(olga);
      const { userName, displayName } = view.account;
      await importRow({ userName, displayName, email: `new-${userName}@example.com` });
      await olga.prove();
      return olga.mint(view.id, temporary);
    },
  },
  {
    name: 'contact data that changed between grant and reset',
    code: 'assurance.not-enough',
    run: async (scene) => {
      const { olga, verified, importRow } = scene;
      const view = await verified(olga);
      const grant = await scene.granted(olga, view);
      const { userName, displayName } = view.account;
      await importRow({ userName, displayName, email: `newer-${userName}@example.com` });
      await olga.prove();
      return scene.spend(olga, view, grant);
    },
  },
  {
    name: 'a code to an address that was changed within the week',
    code: 'check.unavailable',
    run: async ({ olga, account, importRow }) => {
      const view = await olga.openCase(account);
      const { userName, displayName } = view.account;
      await importRow({ userName, displayName, email: `fresh-${userName}@example.com` });
      await olga.prove();
      return olga.startCode(view.id);
    },
  },
];

const grants: readonly Attack[] = [
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
  {
    name: 'a reset without an idempotency key',
    code: 'request.invalid',
    unrecorded: true,
    run: async (scene) => {
      const view = await scene.verified(scene.olga);
      const grantId = await scene.granted(scene.olga, view);
      return scene.olga.call('POST', `/cases/${view.id}/resets`, { grantId, action: temporary });
    },
  },
];

const circumstances: readonly Attack[] = [
  {
    name: 'a case that was closed',
    code: 'case.ended',
    run: async ({ olga, verified }) => {
      const view = await verified(olga);
      await olga.call('POST', `/cases/${view.id}/close`);
      return olga.mint(view.id, temporary);
    },
  },
  {
    name: 'a case that was refused, with a grant from before',
    code: 'case.ended',
    run: async (scene) => {
      const view = await scene.verified(scene.olga);
      const grant = await scene.granted(scene.olga, view);
      await scene.olga.call('POST', `/cases/${view.id}/refuse`, { reason: 'gave-up' });
      return scene.spend(scene.olga, view, grant);
    },
  },
  {
    name: 'a case in which nothing happened for an hour',
    code: 'case.expired',
    run: async ({ olga, verified, backend }) => {
      const view = await verified(olga);
      for (let quarter = 0; quarter < 6; quarter += 1) {
        backend.clock.at += 10 * minute;
        await olga.prove();
      }
      return olga.mint(view.id, temporary);
    },
  },
  {
    name: 'a proof that is a quarter of an hour old',
    code: 'session.reauthentication-required',
    run: async ({ olga, verified, backend }) => {
      await olga.prove();
      const view = await verified(olga);
      backend.clock.at += 8 * minute;
      await olga.renew();
      await olga.call('GET', `/cases/${view.id}`);
      backend.clock.at += 8 * minute;
      return olga.mint(view.id, temporary);
    },
  },
  {
    name: 'an account that was disabled in between',
    code: 'account.disabled',
    run: async ({ olga, verified, importRow }) => {
      const view = await verified(olga);
      const { userName, displayName } = view.account;
      await importRow({ userName, displayName, status: 'disabled' });
      await olga.prove();
      return olga.mint(view.id, temporary);
    },
  },
  {
    name: 'an account without a password here',
    code: 'account.no-local-password',
    run: async ({ olga, verified, importRow }) => {
      const view = await verified(olga);
      const { userName, displayName } = view.account;
      await importRow({ userName, displayName, status: 'no-local-password' });
      await olga.prove();
      return olga.mint(view.id, temporary);
    },
  },
  {
    name: "the operator's own account",
    code: 'account.own',
    run: async ({ olga, account, ann }) => {
      const id = await olga.accountId(account);
      await ann.prove();
      await ann.call('PATCH', `/operators/${olga.id}`, { linkedAccountId: id });
      await olga.prove();
      const answer = await olga.call<{ code?: string }>('POST', '/cases', { accountId: id });
      await ann.call('PATCH', `/operators/${olga.id}`, { linkedAccountId: null });
      return answer;
    },
  },
  {
    name: 'an account that became the own one after the grant',
    code: 'account.own',
    run: async (scene) => {
      const view = await scene.verified(scene.olga);
      const grant = await scene.granted(scene.olga, view);
      await scene.ann.prove();
      await scene.ann.call('PATCH', `/operators/${scene.olga.id}`, { linkedAccountId: view.account.id });
      const answer = await scene.spend(scene.olga, view, grant);
      await scene.ann.call('PATCH', `/operators/${scene.olga.id}`, { linkedAccountId: null });
      return answer;
    },
  },
  {
    name: 'an account that left the scope after the grant',
    code: 'account.out-of-scope',
    run: async (scene) => {
      const view = await scene.verified(scene.olga);
      const grant = await scene.granted(scene.olga, view);
      const scope = (departments: string[]) => ({ scope: { departments, tiers: [], directories: [] } });
      await scene.ann.prove();
      await scene.ann.call('PATCH', `/operators/${scene.olga.id}`, scope(['Nowhere']));
      const answer = await scene.spend(scene.olga, view, grant);
      await scene.ann.call('PATCH', `/operators/${scene.olga.id}`, scope([]));
      return answer;
    },
  },
  {
    name: 'an administrator who works on no cases',
    code: 'session.not-permitted',
    run: async (scene) => {
      const view = await scene.verified(scene.olga);
      const cleo = await scene.hire(`cleo-${scene.account}`, 'Cleo Auditor', ['auditor']);
      return cleo.mint(view.id, temporary);
    },
  },
  {
    name: 'a token that nobody has',
    code: 'session.missing',
    unrecorded: true,
    run: async ({ backend, olga, verified }) => {
      const view = await verified(olga);
      const answer = await backend.ask(
        'POST',
        `/api/v1/cases/${view.id}/grants`,
        { action: temporary },
        { authorization: `Bearer ${'x'.repeat(43)}` },
      );
      return { status: answer.status, body: (await answer.json()) as { code?: string } };
    },
  },
  {
    name: 'the token of a session that was signed out',
    code: 'session.missing',
    unrecorded: true,
    run: async ({ olga, verified }) => {
      const elsewhere = await olga.elsewhere();
      const view = await verified(elsewhere);
      await elsewhere.call('DELETE', '/session');
      return elsewhere.mint(view.id, temporary);
    },
  },
  {
    name: 'the reveal of what another operator has reset',
    code: 'case.not-yours',
    run: async (scene) => {
      const view = await scene.verified(scene.olga, scene.other);
      const grant = await scene.granted(scene.olga, view);
      const { body } = await scene.olga.reset(view.id, grant, temporary, `press-${scene.other}-reveal`);
      return scene.otto.call('POST', `/resets/${body.reset.id}/reveals`, { way: 'shown' });
    },
  },
  {
    name: 'the hand-over of what another operator has reset',
    code: 'case.not-yours',
    run: async (scene) => {
      const view = await scene.verified(scene.olga, scene.other);
      const grant = await scene.granted(scene.olga, view);
      const { body } = await scene.olga.reset(view.id, grant, temporary, `press-${scene.other}-over`);
      return scene.otto.call('POST', `/resets/${body.reset.id}/hand-over`);
    },
  },
  {
    name: 'the reveal of a sealed password',
    code: 'reset.sealed',
    run: async (scene) => {
      const view = await scene.verified(scene.olga, scene.other);
      const restore = await scene.mailLeaves();
      const sealed = await scene.olga.call<{ reset: { id: string; state: string } }>(
        'POST',
        `/cases/${view.id}/resets`,
        { grantId: await scene.granted(scene.olga, view), action: temporary, deliveryMode: 'sealed' },
        { 'idempotency-key': `press-${scene.other}-sealed` },
      );
      await restore();
      return scene.olga.call('POST', `/resets/${sealed.body.reset.id}/reveals`, { way: 'shown' });
    },
  },
  {
    name: 'a sealed password in an outbox that operators can read',
    code: 'reset.no-channel',
    run: async (scene) => {
      const view = await scene.verified(scene.olga);
      const grantId = await scene.granted(scene.olga, view);
      return deliver(scene, view.id, grantId, 'sealed');
    },
  },
  {
    name: 'a way of delivery that the policy forbids',
    code: 'reset.delivery-not-allowed',
    run: async (scene) => {
      await scene.changePolicy(({ temporaryPassword }) => ({
        temporaryPassword: {
          ...temporaryPassword,
          modes: ['sealed'],
          defaultModes: { standard: 'sealed', sensitive: 'sealed', privileged: 'sealed' },
        },
      }));
      const view = await scene.verified(scene.olga);
      const grantId = await scene.granted(scene.olga, view);
      return deliver(scene, view.id, grantId, 'spoken');
    },
  },
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

const fourEyes: readonly Attack[] = [
  {
    name: 'nobody asked',
    code: 'approval.needed',
    run: async (scene) => {
      await needFourEyes(scene);
      return scene.olga.mint((await scene.verified(scene.olga)).id, temporary);
    },
  },
  {
    name: 'a request that nobody has answered',
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
    name: 'a yes by oneself',
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
    name: 'a yes by somebody who has not proved themselves again',
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
    name: 'a second answer to a request that was answered',
    code: 'approval.settled',
    run: async (scene) => {
      const view = await asked(scene);
      await scene.decide(scene.petra, requestOf(view), 'deny');
      return scene.decide(scene.paul, requestOf(view), 'approve');
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
      for (const by of [scene.otto, scene.paul, scene.petra])
        await scene.callBack(by, await by.openCase(scene.account), 'denied');
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
        reason: 'somebody is after the administrators',
      });
      const answer = await petra.call<{ code?: string }>('POST', `/alert/${body.proposed?.id ?? ''}/second`);
      await petra.call('DELETE', '/alert');
      return answer;
    },
  },
];

export const attacks: Readonly<Record<string, readonly Attack[]>> = {
  'without the evidence': evidence,
  'with a grant that is not for this': grants,
  'when the circumstances are not right': circumstances,
  'without a second pair of eyes': fourEyes,
};
