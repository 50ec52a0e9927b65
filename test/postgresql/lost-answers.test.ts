import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaseView } from '../../shared/api/case.ts';
import { browserOf, codeFor, deskOf, linkFor } from '../backend/desk-call.ts';
import { startDeskWithSamples } from '../backend/desk-with-samples.ts';
import { startFaultyProxy, type FaultyProxy } from '../fixtures/faulty-proxy.ts';
import { startMailSink, type MailSink } from '../fixtures/mail-sink.ts';
import { commit, serverPort, throughProxy } from './through-proxy.ts';

const owner = 'marlene.okafor@example.com';

describe('a backend that loses the answers of its PostgreSQL', () => {
  let sink: MailSink;
  let proxy: FaultyProxy;
  let started: Awaited<ReturnType<typeof startDeskWithSamples>>;
  beforeEach(async () => {
    sink = await startMailSink();
    started = await startDeskWithSamples(sink.url, {
      pollIntervals: { mailQueue: 50, linkRequests: 50, requiredResets: 1000, sweep: 100 },
      reach: async (database) => {
        proxy = await startFaultyProxy(serverPort(database));
        return throughProxy(database, proxy);
      },
    });
  });
  afterEach(async () => {
    await started.backend.stop();
    await proxy.stop();
    await sink.stop();
  });

  /** A case whose caller is verified, with a grant for the action. */
  const verified = async (action: string) => {
    const { desk } = started;
    const opened = await desk.openCase('m.okafor');
    const check = await desk.startCode(opened.id);
    const { body } = await desk.readBack(check.body.case, await codeFor(sink, owner));
    const grant = await desk.mint(body.case.id, action);
    return {
      caseId: body.case.id,
      grantId: grant.body.id,
      press: () => desk.reset(body.case.id, grant.body.id, action, 'the-press'),
    };
  };
  const resetOf = async (caseId: string) =>
    (await started.desk.call<CaseView>('GET', `/cases/${caseId}`)).body.resets.at(-1);
  const opens = async (path: string) => (await browserOf(started.backend.ask).go('GET', path)).status;

  it('finishes a reset link whose outcome was lost', async () => {
    const { caseId, press } = await verified('reset-link');
    const lost = proxy.loseAnswer('reset.done');
    const first = await press();
    await lost;
    expect(first).toMatchObject({ status: 503, body: { code: 'storage.unavailable' } });
    const path = await linkFor(sink, owner);
    await expect.poll(async () => (await resetOf(caseId))?.state).toBe('done');
    expect(await press()).toMatchObject({ status: 200, body: { reset: { state: 'done' } } });
    expect(await opens(path)).toBe(200);
    await started.backend.restart();
    started = { ...started, desk: deskOf(started.backend.ask, started.tokens.accessToken) };
    expect(await opens(path)).toBe(200);
    expect((await resetOf(caseId))?.state).toBe('done');
  });

  it('keeps a link whose mail’s answer was lost', async () => {
    const { caseId, press } = await verified('reset-link');
    const lost = proxy.loseAnswer('mail.accepted', 'reset-link');
    expect((await press()).status).toBe(503);
    await lost;
    const path = await linkFor(sink, owner);
    await expect.poll(async () => (await resetOf(caseId))?.state).toBe('unknown');
    expect(await opens(path)).toBe(200);
    expect(await press()).toMatchObject({ status: 409, body: { code: 'reset.outcome-unknown' } });
    // The mail's claim ends, and the server's answer is recorded without a second mail.
    started.backend.clock.at += 61_000;
    await expect.poll(async () => (await resetOf(caseId))?.state).toBe('done');
    expect(sink.unread().filter((reader) => reader === owner)).toEqual([]);
    expect(await opens(path)).toBe(200);
  });

  it('finishes a sealed password whose outcome was lost', async () => {
    const { caseId, grantId } = await verified('temporary-password');
    const press = () =>
      started.desk.call<{ code?: string; reset?: { state: string } }>(
        'POST',
        `/cases/${caseId}/resets`,
        { grantId, action: 'temporary-password', deliveryMode: 'sealed' },
        { 'idempotency-key': 'the-press' },
      );
    const lost = proxy.loseAnswer('reset.done');
    expect(await press()).toMatchObject({ status: 503, body: { code: 'storage.unavailable' } });
    await lost;
    await expect.poll(async () => (await resetOf(caseId))?.state).toBe('done');
    expect(await press()).toMatchObject({ status: 200, body: { reset: { state: 'done' } } });
    let secret: string | undefined;
    while (secret === undefined) {
      const { text = '' } = await sink.mailTo(owner);
      secret = /seen it:\s+(\S+)/.exec(text)?.[1];
    }
    expect((await browserOf(started.backend.ask).signIn('m.okafor', secret)).status).toBe(303);
  });

  it('shows a spoken password to a retry when the answer to its COMMIT was lost', async () => {
    const { press } = await verified('temporary-password');
    const lost = proxy.loseAnswer(commit, 'reset.done');
    expect(await press()).toMatchObject({ status: 500, body: { code: 'storage.outcome-unknown' } });
    await lost;
    const again = await press();
    expect(again).toMatchObject({ status: 200, body: { reset: { state: 'done' } } });
    const signIn = await browserOf(started.backend.ask).signIn(
      'm.okafor',
      again.body.temporaryPassword ?? '',
    );
    expect(signIn.status).toBe(303);
  });

  it('enforces a policy whose answer to COMMIT was lost', async () => {
    const { desk, backend } = started;
    const { body: view } = await desk.call<{ version: number; document: { code: { digits: number } } }>(
      'GET',
      '/policy',
    );
    const document = { ...view.document, code: { ...view.document.code, digits: 8 } };
    const digits = async () => {
      const opened = await desk.openCase('m.okafor');
      return opened.checks.find(({ kind }) => kind === 'emailed-code')?.digits;
    };
    expect(await digits()).toBe(6);
    const lost = proxy.loseAnswer(commit, 'policy.changed');
    const put = await desk.call('PUT', '/policy', { basedOn: view.version, document });
    await lost;
    expect(put).toMatchObject({ status: 500, body: { code: 'storage.outcome-unknown' } });
    expect(await digits()).toBe(8);
    expect(backend.lines.filter((line) => line.includes('storage-fault'))).toHaveLength(1);
  });

  it('tells the user of a page that the outcome is unknown', async () => {
    const { press } = await verified('temporary-password');
    const browser = browserOf(started.backend.ask);
    await browser.signIn('m.okafor', (await press()).body.temporaryPassword ?? '');
    const lost = proxy.loseAnswer(commit, 'account.password-changed');
    const chosen = await browser.choose('Quiet+Harbour7-boats');
    await lost;
    expect(chosen.status).toBe(500);
    expect(chosen.text).toContain('not known whether');
    expect(chosen.text).not.toMatch(/nothing was changed/i);
    const signIn = await browserOf(started.backend.ask).signIn('m.okafor', 'Quiet+Harbour7-boats');
    expect(signIn.status).toBe(303);
  });

  it('says in every answer that its database is away', async () => {
    const { backend, desk, tokens } = started;
    expect((await backend.ask('GET', '/readyz')).status).toBe(200);
    proxy.moveTo(1);
    proxy.reset();
    const answers = await Promise.all(
      ['/session', '/policy', '/accounts?q=okafor', '/cases'].map((path) =>
        backend.ask('GET', `/api/v1${path}`, undefined, { authorization: `Bearer ${tokens.accessToken}` }),
      ),
    );
    for (const answer of answers) {
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('5');
      expect(await answer.json()).toMatchObject({ code: 'storage.unavailable' });
    }
    const page = await browserOf(backend.ask).signIn('m.okafor', 'anything');
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '5']);
    expect(page.text).toContain('not available at the moment');
    expect((await backend.ask('GET', '/healthz')).status).toBe(200);
    const startedAt = performance.now();
    await expect.poll(async () => (await backend.ask('GET', '/readyz')).status).toBe(503);
    expect(performance.now() - startedAt).toBeLessThan(4000);
    const lines = backend.lines.filter((line) => line.includes('storage-fault'));
    expect(lines).toHaveLength(1);
    expect(backend.lines.join('\n')).not.toContain('"unexpected"');
    proxy.moveTo(serverPort(backend.database));
    await expect.poll(async () => (await backend.ask('GET', '/readyz')).status).toBe(200);
    expect((await desk.call('GET', '/policy')).status).toBe(200);
  });
});
