import { describe, expect } from 'vitest';
import type { CaseView } from '../../../shared/api/case.ts';
import { apiTest } from '../../fixtures/api.ts';

describe('a code whose mail', () => {
  const it = apiTest.extend('attemptOf', ({ desk }) => async (caseId: string) => {
    const { body } = await desk.call<CaseView>('GET', `/cases/${caseId}`);
    return body.checks.find(({ kind }) => kind === 'emailed-code')?.attempt;
  });

  it('is refused at once ends its check, so that another one may be sent', async ({
    desk,
    mailSink,
    attemptOf,
    backend,
  }) => {
    mailSink.refuse(550);
    const opened = await desk.openCase('m.okafor');
    expect((await desk.startCode(opened.id)).body.code).toBe('mail.failed');
    expect(await attemptOf(opened.id)).toMatchObject({ state: 'expired', delivery: 'failed' });
    mailSink.refuse(null);
    backend.clock.at += 20_000;
    expect((await desk.startCode(opened.id)).status).toBe(200);
  });

  it('is refused after it waited in the queue ends its check', async ({
    desk,
    mailSink,
    attemptOf,
    backend,
  }) => {
    mailSink.refuse(451);
    const opened = await desk.openCase('m.okafor');
    expect((await desk.startCode(opened.id)).status).toBe(200);
    expect(await attemptOf(opened.id)).toMatchObject({ state: 'pending', delivery: 'queued' });
    mailSink.refuse(550);
    backend.clock.at += 10_000;
    await expect
      .poll(() => attemptOf(opened.id))
      .toMatchObject({ state: 'expired', delivery: 'failed', asked: [] });
    const expired = (await backend.readAudit()).filter(({ action }) => action === 'check.expired');
    expect(expired.map(({ facts }) => facts)).toEqual([expect.stringContaining('"why":"not delivered"')]);
  });

  it('was accepted gets no other verdict after it has expired', async ({
    desk,
    mailSink,
    attemptOf,
    backend,
  }) => {
    const opened = await desk.openCase('m.okafor');
    const started = await desk.startCode(opened.id);
    await mailSink.mailTo('marlene.okafor@example.com');
    backend.clock.at += 5 * 60_000;
    expect((await desk.readBack(started.body.case, '123 456')).body.code).toBe('check.expired');
    expect(await attemptOf(opened.id)).toMatchObject({ state: 'expired' });
  });
});

describe('a code whose mail is kept in the outbox', () => {
  const it = apiTest.override('mailUrl', () => undefined);

  it('is named in the evidence with the operator who read it there', async ({ desk }) => {
    const opened = await desk.openCase('m.okafor');
    const { body } = await desk.startCode(opened.id);
    const readersOf = (view: CaseView) =>
      view.checks.find(({ kind }) => kind === 'emailed-code')?.attempt?.readInOutbox;
    expect(readersOf(body.case)).toEqual([]);
    const { body: outbox } = await desk.call<{ mails: { id: string }[] }>('GET', '/outbox');
    await desk.call('GET', `/outbox/${outbox.mails[0]?.id ?? ''}`);
    const { body: after } = await desk.call<CaseView>('GET', `/cases/${opened.id}`);
    expect(readersOf(after)).toEqual([{ name: 'Ann Example', at: expect.any(String) as string }]);
  });
});
