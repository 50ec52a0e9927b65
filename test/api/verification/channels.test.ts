import { describe, expect } from 'vitest';
import { checkKinds, checkRow, type CheckKind } from '../../../shared/api/check.ts';
import type { CaseView } from '../../../shared/api/case.ts';
import { browserOf } from '../../backend/desk-call.ts';
import { apiTest } from '../../fixtures/api.ts';

const marlene = 'marlene.okafor@example.com';
const sentKinds = checkKinds.filter((kind) => checkRow(kind).sentBy !== null);

const obstaclesOf = ({ checks, actions }: CaseView) => ({
  checks: Object.fromEntries(
    sentKinds.map((kind) => [kind, checks.find((check) => check.kind === kind)?.obstacle?.reason ?? null]),
  ),
  link: actions.find(({ action }) => action === 'reset-link')?.obstacle,
});
const every = (reason: string) => Object.fromEntries(sentKinds.map((kind) => [kind, reason]));

describe('a server without a mail server and a text message gateway', () => {
  const it = apiTest
    .override('mailUrl', () => undefined)
    .override('backendOptions', { outboxDelivers: false });

  it('offers no check and no reset link that would be sent', async ({ desk }) => {
    expect(obstaclesOf(await desk.openCase('m.okafor'))).toEqual({
      checks: every('channel-not-set-up'),
      link: 'channel-not-set-up',
    });
  });

  it('refuses to start each check that would be sent', async ({ desk, backend }) => {
    const { id } = await desk.openCase('m.okafor');
    for (const kind of sentKinds) {
      const { status, body } = await desk.call<{ code: string; detail: string }>(
        'POST',
        `/cases/${id}/checks`,
        { kind },
      );
      expect({ kind, status, code: body.code, detail: body.detail }).toEqual({
        kind,
        status: 409,
        code: 'check.unavailable',
        detail: 'channel-not-set-up',
      });
    }
    expect(await backend.readTables()).toMatchObject({ mails: [], text_messages: [], checks: [] });
  });

  it('leaves those out of the ways to enough points', async ({ desk }) => {
    const { assurance } = await desk.openCase('m.okafor');
    const offered = new Set<CheckKind>(assurance.closing.flat());
    expect(sentKinds.filter((kind) => offered.has(kind))).toEqual([]);
  });

  it('refuses requests for reset links by mail in words', async ({ backend }) => {
    const user = browserOf(backend.ask);
    for (const answer of [
      await user.go('GET', '/forgot-password'),
      await user.go('POST', '/forgot-password', { address: marlene }),
      await user.go('POST', '/forgot-password', { address: 'stranger@example.com' }),
    ]) {
      expect(answer.status).toBe(503);
      expect(answer.text).toContain('We cannot send emails at the moment');
      expect(answer.text).not.toContain('<form');
    }
    expect(await backend.readTables()).toMatchObject({ password_requests: [] });
  });
});

describe('a server whose mail server does not answer', () => {
  const it = apiTest
    .extend('failTwice', ({ desk }) => async () => {
      for (const name of ['m.okafor', 'j.weiss8'])
        expect((await desk.startCode((await desk.openCase(name)).id)).status).toBe(200);
    })
    .override('mailUrl', () => 'smtp://127.0.0.1:1');

  it('offers nothing by mail but what is under way', async ({ desk, failTwice }) => {
    await failTwice();
    const second = await desk.openCase('n.patel9');
    const { body } = await desk.call<CaseView>('GET', `/cases/${second.id}`);
    expect(obstaclesOf(body).checks).toMatchObject({
      'emailed-code': 'channel-failing',
      'texted-code': null,
    });
    const started = await desk.startCode(second.id);
    expect(started).toMatchObject({ status: 409, body: { detail: 'channel-failing' } });
  });

  it('keeps offering the check that is under way', async ({ desk, failTwice }) => {
    await failTwice();
    const { body: list } = await desk.call<{ cases: { id: string; userName: string }[] }>('GET', '/cases');
    const id = list.cases.find(({ userName }) => userName === 'm.okafor')?.id ?? '';
    const { body } = await desk.call<CaseView>('GET', `/cases/${id}`);
    expect(body.checks.find(({ kind }) => kind === 'emailed-code')).toMatchObject({
      obstacle: null,
      attempt: { state: 'pending' },
    });
  });

  it('tells users that emails are delayed, whatever address they enter', async ({ backend, failTwice }) => {
    await failTwice();
    const user = browserOf(backend.ask);
    for (const address of [marlene, 'stranger@example.com']) {
      const { text } = await user.go('POST', '/forgot-password', { address });
      expect(text).toContain('Emails are delayed at the moment');
    }
  });
});
