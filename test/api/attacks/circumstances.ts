import { minute, type Attack } from './attack.ts';
import { temporary, type Scene } from './scene.ts';

/** Changes Olga as an operator. Throws if that is refused, since the attacks that follow would fail as well. */
const editOlga = async ({ ann, olga }: Scene, edit: object): Promise<void> => {
  await ann.prove();
  const { status, body } = await ann.call('PATCH', `/operators/${olga.id}`, edit);
  if (status !== 200) throw new Error(`Olga is not changed: ${status} ${JSON.stringify(body)}`);
};

/** With a case or an account that allows no action. */
export const circumstances: readonly Attack[] = [
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
    name: 'an account that has expired in between',
    code: 'account.expired',
    run: async ({ olga, verified, importRow }) => {
      const view = await verified(olga);
      const { userName, displayName } = view.account;
      await importRow({ userName, displayName, expiresAt: '2020-01-31' });
      await olga.prove();
      return olga.mint(view.id, temporary);
    },
  },
  {
    name: 'an account whose first day was put off in between',
    code: 'account.not-started',
    run: async ({ olga, verified, importRow }) => {
      const view = await verified(olga);
      const { userName, displayName } = view.account;
      await importRow({ userName, displayName, startsAt: '2099-01-31' });
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
    run: async (scene) => {
      const { olga, account } = scene;
      const id = await olga.accountId(account);
      await editOlga(scene, { linkedAccountId: id });
      await olga.prove();
      const answer = await olga.call<{ code?: string }>('POST', '/cases', { accountId: id });
      await editOlga(scene, { linkedAccountId: null });
      return answer;
    },
  },
  {
    name: 'an account that became the own one after the grant',
    code: 'account.own',
    run: async (scene) => {
      const view = await scene.verified(scene.olga);
      const grant = await scene.granted(scene.olga, view);
      await editOlga(scene, { linkedAccountId: view.account.id });
      const answer = await scene.spend(scene.olga, view, grant);
      await editOlga(scene, { linkedAccountId: null });
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
      await editOlga(scene, scope(['Nowhere']));
      const answer = await scene.spend(scene.olga, view, grant);
      await editOlga(scene, scope([]));
      return answer;
    },
  },
];
