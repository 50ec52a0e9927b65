import { describe, expect } from 'vitest';
import { apiTest } from '../../fixtures/api.ts';
import { codeFor } from '../../backend/desk-call.ts';

interface Entry {
  readonly action: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

describe('calls that come at once', () => {
  const it = apiTest
    .extend('start', ({ desk, mailSink }) => async () => {
      const opened = await desk.openCase('m.okafor', { reason: 'forgotten' });
      const { body } = await desk.startCode(opened.id);
      return { view: body.case, code: await codeFor(mailSink, 'marlene.okafor@example.com') };
    })
    .extend('history', ({ desk }) => async (accountId: string) => {
      const { body } = await desk.call<{ entries: Entry[] }>(
        'GET',
        `/accounts/${accountId}/timeline?limit=200`,
      );
      return body.entries;
    });

  it('spend a grant once', async ({ start, desk, history }) => {
    const { view, code } = await start();
    await desk.readBack(view, code);
    const grant = await desk.mint(view.id, 'temporary-password');
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_each, at) =>
        desk.reset(view.id, grant.body.id, 'temporary-password', `press-number-${at}`),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const others = answers.filter(({ status }) => status !== 200).map(({ body }) => body.code);
    expect(new Set(others)).toEqual(new Set(['grant.spent']));
    const done = (await history(view.account.id)).filter(({ action }) => action === 'reset.done');
    expect(done).toHaveLength(1);
  });

  it('count each wrong code', async ({ start, desk, history }) => {
    const { view, code } = await start();
    const wrong = code === '000000' ? '111111' : '000000';
    const answers = await Promise.all(Array.from({ length: 50 }, () => desk.readBack(view, wrong)));
    const said = answers.map(({ body }) => ('code' in body ? body.code : body.outcome));
    const count = (what: string) => said.filter((each) => each === what).length;
    expect([count('wrong'), count('locked'), count('check.locked')]).toEqual([2, 1, 47]);
    const tries = (await history(view.account.id)).filter(({ action }) => action === 'check.wrong-code');
    expect(tries.map(({ facts }) => facts['triesLeft'])).toEqual([0, 1, 2]);
    expect((await desk.readBack(view, code)).body).toMatchObject({ code: 'check.locked' });
  });

  it('make one reset of one key', async ({ start, desk }) => {
    const { view, code } = await start();
    await desk.readBack(view, code);
    const grant = await desk.mint(view.id, 'temporary-password');
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        desk.reset(view.id, grant.body.id, 'temporary-password', 'the-one-press'),
      ),
    );
    expect(new Set(answers.map(({ body }) => body.temporaryPassword)).size).toBe(1);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  });
});
