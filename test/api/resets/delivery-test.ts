import { expect } from 'vitest';
import { apiTest } from '../../fixtures/api.ts';
import type { CaseView } from '../../../shared/api/case.ts';
import { defaultPolicy } from '../../../shared/api/policy.ts';
import { browserOf, codeFor, deskOf } from '../../backend/desk-call.ts';

export const marlene = 'marlene.okafor@example.com';
export const own = 'Quiet+Harbour7';
/** After a reset, the account's owner is first asked to review its settings. */
export const signedIn = { to: expect.stringMatching(/^\/account(?:\/review)?$/) as string };

type Wish = { deliveryMode?: string; oldPassword?: string; sentBy?: string };
/** A verified case about Marlene and the ways in which its temporary password can be delivered. */
export const deliveryTest = apiTest
  // Every answer of the API, word for word.
  .extend('heard', (): string[] => [])
  .extend('desk', ({ backend, tokens, heard }) =>
    deskOf(async (...request) => {
      const answer = await backend.ask(...request);
      heard.push(await answer.clone().text());
      return answer;
    }, tokens.accessToken),
  )
  .extend('verified', ({ desk, mailSink }) => async (reason = 'forgotten') => {
    const opened = await desk.openCase('m.okafor', { reason });
    const started = await desk.startCode(opened.id);
    // Notifications of earlier resets may arrive in between.
    let code = '';
    while (code === '') code = await codeFor(mailSink, marlene);
    const { body } = await desk.readBack(started.body.case, code);
    return body.case;
  })
  .extend(
    'grantFor',
    ({ desk }) =>
      async (caseId: string) =>
        (await desk.mint(caseId, 'temporary-password')).body.id,
  )
  .extend(
    'reset',
    ({ grantFor, desk }) =>
      async (caseId: string, wish: Wish, key = 'press-one', grant?: string) => {
        const grantId = grant ?? (await grantFor(caseId));
        return desk.call<{
          reset: {
            id: string;
            deliveryMode: string;
            oldPassword: string;
            sentTo: string | null;
            sentBy: string | null;
            state: string;
          };
          temporaryPassword: string | null;
          code?: string;
        }>(
          'POST',
          `/cases/${caseId}/resets`,
          { grantId, action: 'temporary-password', ...wish },
          { 'idempotency-key': key },
        );
      },
  )
  .extend('secretMailed', ({ mailSink }) => async () => {
    for (;;) {
      const { text = '', subject } = await mailSink.mailTo(marlene);
      const secret = /(?:seen it|without a space):\s+(\S+)/.exec(text)?.[1];
      if (secret !== undefined) return { secret, subject: subject ?? '' };
    }
  })
  // The user has a password of their own, and a session.
  .extend('settledUser', ({ verified, reset, backend, desk }) => async () => {
    const view = await verified();
    const { body } = await reset(view.id, { oldPassword: 'dies-now' }, 'press-zero');
    const browser = browserOf(backend.ask);
    await browser.signIn('m.okafor', body.temporaryPassword ?? '');
    expect(await browser.choose(own)).toMatchObject({ to: '/account?said=changed' });
    await desk.call('POST', `/resets/${body.reset.id}/hand-over`, {});
    return browser;
  })
  .extend(
    'timeline',
    ({ desk }) =>
      async (accountId: string) =>
        JSON.stringify((await desk.call('GET', `/accounts/${accountId}/timeline?limit=200`)).body),
  )
  // Verified by the texted code and, since that alone is not enough, by further checks that the policy requires.
  .extend('verifiedByText', ({ desk, textGateway }) => async () => {
    await desk.call('PUT', '/policy', {
      basedOn: 1,
      document: { ...defaultPolicy, points: { ...defaultPolicy.points, 'texted-code': 60 } },
    });
    const opened = await desk.openCase('m.okafor', { reason: 'forgotten' });
    const started = await desk.call<{ case: CaseView }>('POST', `/cases/${opened.id}/checks`, {
      kind: 'texted-code',
    });
    const check = started.body.case.checks.find(({ kind }) => kind === 'texted-code')?.attempt?.id ?? '';
    const code = (/(\d{3} \d{3})/.exec(textGateway.texts.at(-1)?.text ?? '')?.[1] ?? '').replace(' ', '');
    const { body } = await desk.call<{ case: CaseView }>(
      'POST',
      `/cases/${opened.id}/checks/${check}/answer`,
      { kind: 'texted-code', code },
    );
    return body.case;
  })
  .extend(
    'secretTexted',
    ({ textGateway }) =>
      () =>
        /password[^:]*: (\S+)/.exec(textGateway.texts.at(-1)?.text ?? '')?.[1] ?? '',
  );
