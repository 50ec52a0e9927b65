import { describe, expect } from 'vitest';
import { apiTest } from '../../fixtures/api.ts';
import type { CaseView } from '../../../shared/api/case.ts';
import type { DeliveryChoices } from '../../../shared/api/delivery.ts';
import { defaultPolicy } from '../../../shared/api/policy.ts';
import { browserOf, codeFor, deskOf } from '../../backend/desk-call.ts';
import { importCsv } from '../../backend/import-csv.ts';

const marlene = 'marlene.okafor@example.com';
const own = 'Quiet+Harbour7';
/** After a reset, the account's owner is first asked to review its settings. */
const signedIn = { to: expect.stringMatching(/^\/account(?:\/review)?$/) as string };

describe('how a temporary password reaches its user', () => {
  type Wish = { deliveryMode?: string; oldPassword?: string; sentBy?: string };
  const it = apiTest
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

  it('sealed: only the mail has it', async ({
    heard,
    verified,
    reset,
    secretMailed,
    desk,
    timeline,
    backend,
  }) => {
    const view = await verified();
    const { body } = await reset(view.id, { deliveryMode: 'sealed' });
    expect(body).toMatchObject({
      temporaryPassword: null,
      reset: { deliveryMode: 'sealed', state: 'done', sentTo: 'm•••••r@example.com' },
    });
    const { secret } = await secretMailed();
    expect((await reset(view.id, { deliveryMode: 'sealed' })).body.temporaryPassword ?? null).toBeNull();
    for (const way of ['shown', 'copied', 'spelled']) {
      const seen = await desk.call('POST', `/resets/${body.reset.id}/reveals`, { way });
      expect(seen).toMatchObject({ status: 409, body: { code: 'reset.sealed' } });
    }
    const shown = await desk.call('GET', `/cases/${view.id}`);
    expect(shown.body).toMatchObject({ resets: [{ deliveryMode: 'sealed', state: 'done' }] });
    await desk.call('POST', `/resets/${body.reset.id}/hand-over`, {});
    expect(await timeline(view.account.id)).toContain('reset.secret-sent');
    expect(heard.join('\n')).not.toContain(secret);
    expect(backend.lines.join('\n')).not.toContain(secret);
    const browser = browserOf(backend.ask);
    expect(await browser.signIn('m.okafor', secret)).toMatchObject({ to: '/change-password' });
    expect(await browser.choose(own)).toMatchObject({ to: '/account?said=changed' });
  });

  it('split: only both halves together sign in', async ({
    heard,
    verified,
    reset,
    secretMailed,
    backend,
  }) => {
    const view = await verified();
    const { body } = await reset(view.id, { deliveryMode: 'split' });
    const spoken = body.temporaryPassword ?? '';
    const { secret: sent } = await secretMailed();
    expect(spoken).toMatch(/^[A-Z][a-z]+-(?:[a-z]+-){3}$/);
    expect(sent).toMatch(/^(?:[a-z]+-){3}\d\d$/);
    expect(heard.join('\n')).toContain(spoken);
    expect(heard.join('\n')).not.toContain(sent);
    const browser = browserOf(backend.ask);
    for (const half of [spoken, sent]) expect((await browser.signIn('m.okafor', half)).status).toBe(401);
    expect(await browser.signIn('m.okafor', `${spoken}${sent}`)).toMatchObject({ to: '/change-password' });
  });

  it('is chosen from what the policy allows', async ({ verified, desk, reset }) => {
    const view = await verified('perhaps-compromised');
    const { body } = await desk.call<DeliveryChoices>('GET', `/cases/${view.id}/delivery-choices`);
    expect(body).toEqual({
      credentials: [{ credential: 'password', obstacle: null }],
      modes: ['spoken', 'sealed', 'split'].map((mode) => ({ mode, obstacle: null })),
      mode: 'spoken',
      channels: [
        { channel: 'mail', sentTo: 'm•••••r@example.com', obstacle: null },
        { channel: 'text', sentTo: expect.stringContaining('•') as string, obstacle: 'stays-here' },
      ],
      channel: 'mail',
      fates: ['dies-now', 'works-until-used'],
      fate: 'dies-now',
    });
    const { temporaryPassword } = defaultPolicy;
    const document = {
      ...defaultPolicy,
      temporaryPassword: {
        ...temporaryPassword,
        modes: ['sealed', 'split'],
        defaultModes: { standard: 'sealed', sensitive: 'sealed', privileged: 'split' },
      },
    };
    expect((await desk.call('PUT', '/policy', { basedOn: 1, document })).status).toBe(200);
    const spoken = await reset(view.id, { deliveryMode: 'spoken' }, 'press-two');
    expect(spoken).toMatchObject({ status: 403, body: { code: 'reset.delivery-not-allowed' } });
    expect((await reset(view.id, {})).body).toMatchObject({
      temporaryPassword: null,
      reset: { deliveryMode: 'sealed', oldPassword: 'dies-now' },
    });
  });

  it.for(['sealed', 'split'] as const)(
    'is invalid, %s, once the address that it was mailed to is replaced',
    async (deliveryMode, { verified, reset, secretMailed, desk, backend }) => {
      const view = await verified();
      const { body } = await reset(view.id, { deliveryMode });
      const { secret } = await secretMailed();
      const whole = `${body.temporaryPassword ?? ''}${secret}`;
      const fields = ['userName', 'displayName', 'email'] as const;
      const csv = 'm.okafor,Marlene Okafor,another.mailbox@example.com';
      const signedInBefore = browserOf(backend.ask);
      expect((await signedInBefore.signIn('m.okafor', whole)).to).toBe('/change-password');
      await importCsv(desk, { csv, fields, source: 'samples' });
      expect((await browserOf(backend.ask).signIn('m.okafor', whole)).to).toBeNull();
      expect((await signedInBefore.choose(own)).to).toBe('/login?said=over');
    },
  );

  it.extend('mailUrl', (): string | undefined => undefined)(
    'is not sealed where an operator could read the outbox',
    async ({ desk }) => {
      const opened = await desk.openCase('m.okafor');
      const { body } = await desk.call<DeliveryChoices>('GET', `/cases/${opened.id}/delivery-choices`);
      expect(body.modes).toEqual([
        { mode: 'spoken', obstacle: null },
        { mode: 'sealed', obstacle: 'no-channel' },
        { mode: 'split', obstacle: 'no-channel' },
      ]);
    },
  );

  describe('by text', () => {
    it('goes only to the number by which the caller was verified', async ({
      heard,
      verifiedByText,
      desk,
      grantFor,
      reset,
      secretTexted,
      textGateway,
      backend,
    }) => {
      const view = await verifiedByText();
      const choices = await desk.call<DeliveryChoices>('GET', `/cases/${view.id}/delivery-choices`);
      expect(choices.body.channel).toBe('text');
      expect(choices.body.channels.every(({ obstacle }) => obstacle === null)).toBe(true);
      const grant = await grantFor(view.id);
      const { body } = await reset(view.id, { deliveryMode: 'sealed' }, 'press-text', grant);
      expect(body).toMatchObject({
        temporaryPassword: null,
        reset: { state: 'done', sentBy: 'text', delivery: 'accepted', deliveryMode: 'sealed' },
      });
      expect(body.reset.sentTo).toBe(choices.body.channels[1]?.sentTo);
      const secret = secretTexted();
      expect(secret.length).toBeGreaterThan(15);
      const repeated = await reset(view.id, { deliveryMode: 'sealed' }, 'press-text', grant);
      expect(repeated.body.reset.id).toBe(body.reset.id);
      expect(textGateway.texts).toHaveLength(2);
      expect(heard.join('\n')).not.toContain(secret);
      expect(backend.lines.join('\n')).not.toContain(secret);
      const told = JSON.stringify(await backend.readAudit());
      expect(told).not.toContain(secret);
      expect(told).toContain('text.accepted');
      expect(await browserOf(backend.ask).signIn('m.okafor', secret)).toMatchObject({
        to: '/change-password',
      });
    });

    it('is invalid once the number that it went to is replaced', async ({
      verifiedByText,
      reset,
      secretTexted,
      desk,
      backend,
    }) => {
      await reset((await verifiedByText()).id, { deliveryMode: 'sealed' }, 'press-text');
      const fields = ['userName', 'displayName', 'phone'] as const;
      await importCsv(desk, { csv: 'm.okafor,Marlene Okafor,+49 30 555 0777', fields, source: 'samples' });
      expect((await browserOf(backend.ask).signIn('m.okafor', secretTexted())).to).toBeNull();
    });

    it('can be changed to mail by the operator', async ({
      verifiedByText,
      grantFor,
      reset,
      secretMailed,
      textGateway,
    }) => {
      const view = await verifiedByText();
      const grant = await grantFor(view.id);
      const { body } = await reset(view.id, { deliveryMode: 'split', sentBy: 'mail' }, 'press-mail', grant);
      expect(body.reset).toMatchObject({ sentBy: 'mail', sentTo: 'm•••••r@example.com' });
      expect((await secretMailed()).subject).toContain('Second half');
      expect(textGateway.texts).toHaveLength(1);
      const other = await reset(view.id, { deliveryMode: 'split', sentBy: 'text' }, 'press-mail', grant);
      expect(other.body.code).toBe('reset.key-reused');
    });

    it('that the gateway refuses leaves nothing behind', async ({
      settledUser,
      verified,
      textGateway,
      grantFor,
      reset,
      backend,
      secretTexted,
    }) => {
      await settledUser();
      const view = await verified();
      textGateway.answerWith(503);
      const [grant, wish] = [await grantFor(view.id), { deliveryMode: 'split', sentBy: 'text' }];
      const refused = await reset(view.id, wish, 'press-text', grant);
      expect(refused).toMatchObject({ status: 502, body: { code: 'text.failed' } });
      const repeated = await reset(view.id, wish, 'press-text', grant);
      expect(repeated.body.code).toBe('text.failed');
      textGateway.answerWith(200);
      expect(await browserOf(backend.ask).signIn('m.okafor', own)).toMatchObject(signedIn);
      const again = await reset(view.id, { deliveryMode: 'split', sentBy: 'text' }, 'press-again');
      expect(again.body.reset).toMatchObject({ state: 'done', sentBy: 'text' });
      const whole = `${again.body.temporaryPassword ?? ''}${secretTexted()}`;
      expect(await browserOf(backend.ask).signIn('m.okafor', whole)).toMatchObject({
        to: '/change-password',
      });
    });
  });

  it('that is refused by the mail server leaves the old password in force', async ({
    settledUser,
    verified,
    mailSink,
    reset,
    backend,
    secretMailed,
  }) => {
    await settledUser();
    const view = await verified();
    mailSink.refuse(550);
    const refused = await reset(view.id, { deliveryMode: 'sealed', oldPassword: 'works-until-used' });
    expect(refused).toMatchObject({ status: 502, body: { code: 'mail.failed' } });
    mailSink.refuse(null);
    const { account_credentials: credentials } = await backend.readTables();
    const kept = credentials?.find((row) => row['account_id'] === view.account.id);
    expect(kept).toMatchObject({ reset_id: null, old_hash: null });
    expect(await browserOf(backend.ask).signIn('m.okafor', own)).toMatchObject(signedIn);
    const again = await reset(view.id, { deliveryMode: 'sealed' }, 'press-again');
    expect(again.body.reset).toMatchObject({ state: 'done' });
    const { secret } = await secretMailed();
    expect(await browserOf(backend.ask).signIn('m.okafor', secret)).toMatchObject({ to: '/change-password' });
  });

  it('the old password and its sessions end at once if another person may have it', async ({
    settledUser,
    verified,
    reset,
    backend,
  }) => {
    const session = await settledUser();
    const view = await verified('perhaps-compromised');
    const { body } = await reset(view.id, {});
    expect(body.reset).toMatchObject({ oldPassword: 'dies-now', sessionsEnded: 1 });
    expect((await browserOf(backend.ask).signIn('m.okafor', own)).status).toBe(401);
    expect(await session.go('GET', '/account')).toMatchObject({ to: '/login' });
  });

  it('a forgotten password stays in force until the temporary one is used', async ({
    settledUser,
    verified,
    reset,
    backend,
    timeline,
  }) => {
    const session = await settledUser();
    const view = await verified('forgotten');
    const { body } = await reset(view.id, {});
    expect(body.reset).toMatchObject({ oldPassword: 'works-until-used', sessionsEnded: 0 });
    expect(await browserOf(backend.ask).signIn('m.okafor', own)).toMatchObject(signedIn);
    expect((await session.go('GET', '/account')).status).toBe(200);

    const fresh = browserOf(backend.ask);
    expect(await fresh.signIn('m.okafor', body.temporaryPassword ?? '')).toMatchObject({
      to: '/change-password',
    });
    expect((await browserOf(backend.ask).signIn('m.okafor', own)).status).toBe(401);
    expect(await session.go('GET', '/account')).toMatchObject({ to: '/login' });
    expect((await fresh.choose(own)).text).toContain('You have used it before');
    expect(await fresh.choose('Other-lantern-7')).toMatchObject({ to: '/account?said=changed' });
    expect(await timeline(view.account.id)).toContain('account.old-password-retired');
  });

  it('a forgotten one outlives an unused temporary one', async ({
    settledUser,
    verified,
    reset,
    backend,
  }) => {
    await settledUser();
    const view = await verified('forgotten');
    const { body } = await reset(view.id, {});
    backend.clock.at += 61 * 60_000;
    const late = await browserOf(backend.ask).signIn('m.okafor', body.temporaryPassword ?? '');
    expect(late.text).toContain('has expired');
    expect(await browserOf(backend.ask).signIn('m.okafor', own)).toMatchObject(signedIn);
    expect((await browserOf(backend.ask).signIn('m.okafor', body.temporaryPassword ?? '')).status).toBe(401);
  });

  it('revoked, leaves a forgotten one in force, with its sessions', async ({
    settledUser,
    verified,
    reset,
    desk,
    backend,
  }) => {
    const session = await settledUser();
    const view = await verified('forgotten');
    const { body } = await reset(view.id, {});
    const revoked = await desk.call('POST', `/resets/${body.reset.id}/revoke`, {});
    expect(revoked).toMatchObject({ status: 200, body: { use: 'revoked' } });
    expect((await session.go('GET', '/account')).status).toBe(200);
    expect((await browserOf(backend.ask).signIn('m.okafor', body.temporaryPassword ?? '')).status).toBe(401);
    expect(await browserOf(backend.ask).signIn('m.okafor', own)).toMatchObject(signedIn);
    expect((await desk.call('GET', `/accounts/${view.account.id}`)).body).toMatchObject({
      mustChangePassword: false,
    });
  });
});
