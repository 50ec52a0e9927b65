import type { Attack } from './attack.ts';
import { temporary, type Refused, type Scene } from './scene.ts';

/** Spends a grant with a delivery that the client chooses. */
const deliver = (scene: Scene, caseId: string, grantId: string, deliveryMode: string): Promise<Refused> =>
  scene.olga.call(
    'POST',
    `/cases/${caseId}/resets`,
    { grantId, action: temporary, deliveryMode },
    { 'idempotency-key': `press-${scene.account}-${deliveryMode}` },
  );

/** Around the delivery of a password. */
export const delivery: readonly Attack[] = [
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
];
