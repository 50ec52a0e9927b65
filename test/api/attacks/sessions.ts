import { minute, type Attack } from './attack.ts';
import { temporary } from './scene.ts';

/** With a session that is missing, insufficient or not fresh, and with unreadable calls. */
export const sessions: readonly Attack[] = [
  {
    name: 'a reset without an idempotency key',
    code: 'request.invalid',
    run: async (scene) => {
      const view = await scene.verified(scene.olga);
      const grantId = await scene.granted(scene.olga, view);
      return scene.olga.call('POST', `/cases/${view.id}/resets`, { grantId, action: temporary });
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
    name: 'an administrator who works on no cases',
    code: 'session.not-permitted',
    run: async (scene) => {
      const view = await scene.verified(scene.olga);
      const cleo = await scene.hire(`cleo-${scene.account}`, 'Cleo Auditor', ['auditor']);
      return cleo.mint(view.id, temporary);
    },
  },
  {
    name: 'an unknown token',
    code: 'session.missing',
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
    run: async ({ olga, verified }) => {
      const elsewhere = await olga.elsewhere();
      const view = await verified(elsewhere);
      await elsewhere.call('DELETE', '/session');
      return elsewhere.mint(view.id, temporary);
    },
  },
  {
    name: 'no token at all',
    code: 'session.missing',
    run: async ({ backend, olga, verified }) => {
      const view = await verified(olga);
      // Of the calls without a token from one network, only the first in an interval is recorded, so a new interval starts here.
      backend.clock.at += 10 * minute;
      const answer = await backend.ask('POST', `/api/v1/cases/${view.id}/grants`, { action: temporary });
      return { status: answer.status, body: (await answer.json()) as { code?: string } };
    },
  },
  {
    name: 'a token that is too old',
    code: 'session.expired',
    run: async ({ backend, olga, verified }) => {
      const view = await verified(olga);
      backend.clock.at += 10 * minute;
      return olga.mint(view.id, temporary);
    },
  },
  {
    name: 'a call that is no JSON',
    code: 'request.invalid',
    run: async ({ olga, verified }) =>
      olga.call('POST', `/cases/${(await verified(olga)).id}/grants`, `{"action":"${temporary}"`),
  },
  {
    name: 'a call that asks for what there is not',
    code: 'request.invalid',
    run: async ({ olga, verified }) => olga.mint((await verified(olga)).id, 'any-password'),
  },
];
