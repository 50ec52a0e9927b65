import { describe, expect } from 'vitest';
import { browserOf, codeFor } from '../../backend/desk-call.ts';
import { killableTest as it, marlene } from '../../fixtures/api.ts';

describe('a backend that is killed during a reset', () => {
  it.for([
    ['as the call goes out', 0],
    ['while the password is hashed', 1],
    ['about when it is written', 2],
    ['once it has answered', 3],
  ] as const)(
    '%s has recorded whether it is done',
    // Each test starts two processes, on machines that may be busy with other tests.
    { timeout: 60_000 },
    async ([_when, moment], { backend, desk, mailSink }) => {
      const opened = await desk.openCase('m.okafor');
      const started = await desk.startCode(opened.id);
      const code = await codeFor(mailSink, marlene);
      const { body: verified } = await desk.readBack(started.body.case, code);
      const view = verified.case;
      const grant = await desk.mint(view.id, 'temporary-password');

      const pressed = desk.reset(view.id, grant.body.id, 'temporary-password', 'the-press').catch(() => null);
      if (moment === 3) await pressed;
      // Turns of the event loop and other calls place the kill at different points of the reset without a clock.
      for (let turn = 0; turn < moment; turn += 1) await backend.ask('GET', '/healthz');
      await backend.kill('SIGKILL');
      const answered = await pressed;
      await backend.start();

      const { body: history } = await desk.call<{ entries: { action: string }[] }>(
        'GET',
        `/accounts/${view.account.id}/timeline?limit=200`,
      );
      const count = (action: string) => history.entries.filter((entry) => entry.action === action).length;
      const done = count('reset.done');
      expect(count('reset.intended')).toBe(done);
      const { body: account } = await desk.call<{ mustChangePassword: boolean }>(
        'GET',
        `/accounts/${view.account.id}`,
      );
      expect(account.mustChangePassword).toBe(done === 1);
      // An answered reset has been done.
      expect(done).toBeGreaterThanOrEqual(answered?.status === 200 ? 1 : 0);

      // The same request again: done now if it was not, and never twice.
      const again = await desk.reset(view.id, grant.body.id, 'temporary-password', 'the-press');
      expect(again.body.code).toBe(done === 1 ? 'reset.secret-gone' : undefined);
      const signedIn = await browserOf(backend.ask).signIn(
        'm.okafor',
        again.body.temporaryPassword ?? 'none',
      );
      expect(signedIn.to).toBe(done === 1 ? null : '/change-password');
    },
  );
});
