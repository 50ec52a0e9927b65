import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { apiTest } from '../../fixtures/api.ts';
import { appendEvent, systemOrigin } from '../../../backend/store/append-event.ts';
import { runCommand } from '../../../backend/app/commands/run-command.ts';
import { createPdfRenderer } from '../../../backend/audit/evidence-pack/pdf-renderer.ts';
import { renderPdf } from '../../../backend/audit/evidence-pack/render-pdf.ts';
import type { CaseReport } from '../../../backend/audit/evidence-pack/case-report.ts';
import { codeFor } from '../../backend/desk-call.ts';

/** The types of a PDF's structure elements in the order in which a screen reader reads them. */
function readingOrder(pdf: string): string {
  const elements = new Map<string, string>();
  for (const [, id = '', body = ''] of pdf.matchAll(/(\d+) 0 obj\n<<\n((?:(?!endobj)[\s\S])*)\n>>\nendobj/gu))
    elements.set(id, body);
  const walk = (id: string): string[] => {
    const body = elements.get(id) ?? '';
    const type = /\/S \/(\w+)/u.exec(body)?.[1];
    const kids = /\/K (\[[^\]]*\]|\d+ 0 R)/u.exec(body)?.[1] ?? '';
    const inner = Array.from(kids.matchAll(/(\d+) 0 R/gu), ([, kid = '']) => walk(kid)).flat();
    return type === undefined ? inner : [type, ...inner];
  };
  const root = /\/StructTreeRoot (\d+) 0 R/u.exec(pdf)?.[1] ?? '';
  return walk(root).join(' ');
}

describe('the evidence pack of a case', () => {
  const it = apiTest
    .extend(
      'fetchPack',
      ({ backend, desk }) =>
        async (caseId: string, format: string) =>
          backend.ask('GET', `/api/v1/cases/${caseId}/evidence-pack?format=${format}`, undefined, {
            authorization: `Bearer ${desk.token}`,
          }),
    )
    // Runs a case from the call to the hand-over; returns its id and the texts that a pack must not contain.
    .extend('wholeCase', ({ desk, mailSink }) => async () => {
      const opened = await desk.openCase('m.okafor', { ticket: 'INC-1042' });
      const started = await desk.startCode(opened.id);
      const code = await codeFor(mailSink, 'marlene.okafor@example.com');
      await desk.readBack(started.body.case, code);
      const grant = await desk.mint(opened.id, 'temporary-password');
      const done = await desk.reset(opened.id, grant.body.id, 'temporary-password', 'press-of-a-button');
      const resetId = done.body.reset.id;
      await desk.call('POST', `/resets/${resetId}/reveals`, { way: 'shown' });
      await desk.call('POST', `/resets/${resetId}/hand-over`, {});
      return { caseId: opened.id, secrets: [code, done.body.temporaryPassword ?? 'none'] };
    })
    .extend('verify', ({ backend }) => async (text: string, ...args: string[]) => {
      const file = join(backend.dataFolder, 'evidence.json');
      writeFileSync(file, text);
      const lines: string[] = [];
      const words = { out: (line: string) => lines.push(line), err: (line: string) => lines.push(line) };
      const code = await runCommand(['evidence', 'verify', '--file', file, ...args], {}, words);
      return { code, said: lines.join('\n') };
    });

  it('tells the whole story of the case without a secret', async ({ wholeCase, fetchPack, verify }) => {
    const { caseId, secrets } = await wholeCase();
    const answer = await fetchPack(caseId, 'json');
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(answer.headers.get('content-disposition')).toMatch(/filename="reset-desk-case-\d+\.json"/);
    const text = await answer.text();
    const { story } = JSON.parse(text) as { story: CaseReport };
    expect(story).toMatchObject({
      case: { ticket: 'INC-1042', state: 'closed' },
      account: { userName: 'm.okafor', displayName: 'Marlene Okafor' },
      operator: { displayName: 'Ann Example' },
      checks: [{ kind: 'emailed-code', outcome: 'passed' }],
      grants: [{ action: 'temporary-password', policyVersion: 1 }],
      issued: [{ action: 'temporary-password', state: 'done' }],
      reveals: [{ way: 'shown', by: 'Ann Example' }],
    });
    expect(story.issued[0]?.handedOverAt).not.toBeNull();
    expect(story.notifications.map(({ kind }) => kind)).toContain('code');
    // A mail may be accepted in between.
    expect(story.events.slice(-2).map(({ action }) => action)).toContain('evidence-pack.issued');
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(text).not.toContain('marlene.okafor@example.com');
    const { code, said } = await verify(text);
    expect(said).toMatch(/^Unbroken: case \d+ about m\.okafor, \d+ events\./);
    expect(code).toBe(0);
  });

  it('shows only the recent changes of the account of the case', async ({
    backend,
    desk,
    fetchPack,
    verify,
  }) => {
    const [marlene, other] = [await desk.accountId('m.okafor'), await desk.accountId('E10010')];
    const change = async (accountId: string, department: string, yearsAgo: number) => {
      backend.clock.at -= yearsAgo * 365 * 24 * 3_600_000;
      await appendChange(accountId, department);
      backend.clock.at += yearsAgo * 365 * 24 * 3_600_000;
    };
    const appendChange = (accountId: string, tierFrom: string) =>
      backend.changeRows((tx) =>
        appendEvent(
          tx,
          systemOrigin,
          {
            action: 'account.details-changed',
            accountId,
            facts: { tierFrom, tierTo: 'standard' },
          },
          backend.clock.at,
        ),
      );
    await change(marlene, 'long ago', 1);
    await change(other, 'of another', 0);
    await change(marlene, 'privileged', 0);
    await backend.restart();
    const { id } = await desk.openCase('m.okafor', { ticket: 'INC-1042' });
    const text = await (await fetchPack(id, 'json')).text();
    const { story } = JSON.parse(text) as { story: CaseReport };
    const changes = story.events.filter(({ action }) => action === 'account.details-changed');
    expect(changes.map(({ facts }) => facts)).toEqual([{ tierFrom: 'privileged', tierTo: 'standard' }]);
    expect((await verify(text)).code).toBe(0);
  });

  it.for<[string, (text: string) => string, RegExp]>([
    [
      'an outcome',
      (text) => text.replace('"outcome": "passed"', '"outcome": "failed"'),
      /changed after it was signed/,
    ],
    ['the ticket', (text) => text.replaceAll('INC-1042', 'INC-1043'), /Event \d+ was altered/],
    [
      'the name of the account',
      (text) => text.replace('Marlene Okafor', 'Marlene Other'),
      /changed after it was signed/,
    ],
  ])('is found out when %s is changed', async ([_what, change, words], { wholeCase, verify, fetchPack }) => {
    const { caseId } = await wholeCase();
    const { code, said } = await verify(change(await (await fetchPack(caseId, 'json')).text()));
    expect(said).toMatch(words);
    expect(code).toBe(1);
  });

  it('is valid only with the signature of this backend’s key', async ({ wholeCase, fetchPack, verify }) => {
    const { caseId } = await wholeCase();
    const text = await (await fetchPack(caseId, 'json')).text();
    expect((await verify(text, '--public-key', 'A'.repeat(43))).code).toBe(1);
    expect((await verify('{}')).code).toBe(2);
    expect((await verify('no json')).code).toBe(2);
  });

  it('is a PDF with the same story, the same for the same story, in the script of the name', async ({
    wholeCase,
    fetchPack,
  }) => {
    const { caseId } = await wholeCase();
    const answer = await fetchPack(caseId, 'pdf');
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    const { story } = JSON.parse(await (await fetchPack(caseId, 'json')).text()) as { story: CaseReport };
    const named = { ...story, account: { ...story.account, displayName: 'Żółć Ångström Ελένη Привет 張偉' } };
    const [one, two] = [await renderPdf(named, '{}'), await renderPdf(named, '{}')];
    expect(one.equals(two)).toBe(true);
    // The tags let screen readers find headings, paragraphs and table cells.
    const structure = one.toString('latin1');
    expect(structure).toContain('/Marked true');
    for (const type of ['Document', 'H1', 'H2', 'P', 'Table', 'TR', 'TH', 'TD'])
      expect(structure).toContain(`/S /${type}`);
    // The title instead of the file's name is shown and read, in its language.
    expect(structure).toContain('/Lang (en)');
    expect(structure).toContain('/DisplayDocTitle true');
    expect(structure).toMatch(/\/Title \d+ 0 R/);
    expect(readingOrder(structure)).toMatch(/^Document P H1 (?:P )+H2 (?:P |Table )/);
    expect(readingOrder(structure)).not.toMatch(/H2 H2|Table (?!TR)|TR (?!T[HD])/);
  });

  describe('of a desk that keeps its mails in the outbox', () => {
    const keeping = it.override('mailUrl', () => undefined);
    keeping(
      'says who read the code in the outbox before the check passed',
      async ({ desk, backend, fetchPack }) => {
        const opened = await desk.openCase('m.okafor');
        const started = await desk.startCode(opened.id);
        const { body } = await desk.call<{ mails: { id: string; kind: string }[] }>('GET', '/outbox');
        const mailId = body.mails.find(({ kind }) => kind === 'code')?.id ?? '';
        const read = await desk.call<{ text: string }>('GET', `/outbox/${mailId}`);
        await desk.readBack(
          started.body.case,
          (/is (\d{3} \d{3})/.exec(read.body.text)?.[1] ?? '').replace(' ', ''),
        );
        // A code that is read after its check was settled cannot have helped.
        backend.clock.at += 1000;
        await desk.call('GET', `/outbox/${mailId}`);
        const { story } = JSON.parse(await (await fetchPack(opened.id, 'json')).text()) as {
          story: CaseReport;
        };
        expect(story.checks).toMatchObject([{ outcome: 'passed', readInOutbox: [{ by: 'Ann Example' }] }]);
      },
    );
  });

  it('leaves the event loop free while a large one is rendered', async ({
    wholeCase,
    fetchPack,
    backend,
    onTestFinished,
  }) => {
    const { caseId } = await wholeCase();
    const { story } = JSON.parse(await (await fetchPack(caseId, 'json')).text()) as { story: CaseReport };
    const [event] = story.events;
    const large = { ...story, events: Array.from({ length: 500 }, () => event) } as CaseReport;
    const renderer = createPdfRenderer({ timeoutMs: 120_000 });
    onTestFinished(() => renderer.close());
    let isDone = false;
    const rendering = renderer.render(large, '{}').finally(() => {
      isDone = true;
    });
    for (let call = 0; call < 5; call += 1) {
      expect((await backend.ask('GET', '/healthz')).status).toBe(200);
      expect(isDone).toBe(false);
    }
    expect((await rendering).subarray(0, 5).toString('latin1')).toBe('%PDF-');
  }, 240_000);

  it('is refused alone when it takes too long', async ({ wholeCase, fetchPack, onTestFinished }) => {
    const { caseId } = await wholeCase();
    const { story } = JSON.parse(await (await fetchPack(caseId, 'json')).text()) as { story: CaseReport };
    const endless = createPdfRenderer({ timeoutMs: 1 });
    onTestFinished(() => endless.close());
    await expect(endless.render(story, '{}')).rejects.toMatchObject({ code: 'evidence-pack.timed-out' });
    const renderer = createPdfRenderer({ timeoutMs: 120_000 });
    onTestFinished(() => renderer.close());
    // A report that cannot be rendered ends the thread, and the next pack gets a new one.
    await expect(renderer.render({} as CaseReport, '{}')).rejects.toThrow('Cannot read properties');
    expect((await renderer.render(story, '{}')).length).toBeGreaterThan(1000);
  }, 240_000);

  it('is refused while too many wait', async ({ wholeCase, fetchPack, onTestFinished }) => {
    const { caseId } = await wholeCase();
    const { story } = JSON.parse(await (await fetchPack(caseId, 'json')).text()) as { story: CaseReport };
    const renderer = createPdfRenderer({ timeoutMs: 120_000, maxWaiting: 1 });
    onTestFinished(() => renderer.close());
    const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => renderer.render(story, '{}')));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected']);
    expect((outcomes[3] as PromiseRejectedResult).reason).toMatchObject({ code: 'request.rate-limited' });
  }, 240_000);

  it('is for operators who may see the case', async ({ fetchPack, backend, wholeCase, desk }) => {
    expect((await fetchPack('no-such-case', 'pdf')).status).toBe(404);
    expect((await backend.ask('GET', '/api/v1/cases/x/evidence-pack')).status).toBe(401);
    const { caseId } = await wholeCase();
    await fetchPack(caseId, 'pdf');
    const { body } = await desk.call<{ events: unknown[] }>('GET', '/audit/events?action=evidence-pack');
    expect(body.events).toHaveLength(1);
  });
});
