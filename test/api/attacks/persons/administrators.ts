import type { Attack } from '../attack.ts';
import type { Scene } from '../scene.ts';
import { addressOf, asBefore, setOperator } from './same-person.ts';

/** An administrator who adds a second operator for themselves, or who already has one. */
export const administrators: readonly Attack[] = [
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
