import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { apiTest } from '../../fixtures/api.ts';
import type { CaseView, OpenCaseRow } from '../../../shared/api/case.ts';
import type { DeskView } from '../../../shared/api/desk.ts';
import type { CheckKind } from '../../../shared/api/check.ts';
import type { SessionTokens } from '../../../shared/api/session.ts';
import type { PolicyView } from '../../../shared/api/policy.ts';
import { administrator } from '../../backend/start-test-backend.ts';
import { enrol } from '../../backend/enrol.ts';
import { browserOf, deskOf } from '../../backend/desk-call.ts';

const minute = 60_000;
const step = 30_000;

// Anna Smith is on file as the manager of every account of her department, this one included.
const reports = 'c.celik7';
const manager = 'anna.smith0@example.com';

describe('the checks of a case', () => {
  type Started = { case: CaseView; callNumber?: string | null; code?: string; detail?: string };
  type Answered = { outcome: string; case: CaseView; code?: string };
  const rowOf = (view: CaseView, kind: CheckKind) => view.checks.find((check) => check.kind === kind);
  const it = apiTest
    .extend(
      'startCheck',
      ({ desk }) =>
        async (caseId: string, kind: CheckKind) =>
          (await desk.call<Started>('POST', `/cases/${caseId}/checks`, { kind })).body,
    )
    .extend(
      'answer',
      ({ desk }) =>
        async (view: CaseView, kind: CheckKind, given: object) =>
          (
            await desk.call<Answered>(
              'POST',
              `/cases/${view.id}/checks/${rowOf(view, kind)?.attempt?.id ?? ''}/answer`,
              { kind, ...given },
            )
          ).body,
    )
    .extend('newestText', ({ desk }) => async () => {
      const { body } = await desk.call<{ active: boolean; texts: { id: string }[] }>('GET', '/outbox/texts');
      expect(body.active).toBe(true);
      return (await desk.call<{ text: string }>('GET', `/outbox/texts/${body.texts[0]?.id ?? ''}`)).body.text;
    })
    .extend(
      'changePolicy',
      ({ desk }) =>
        async (edit: (document: PolicyView['document']) => PolicyView['document']) => {
          const { body } = await desk.call<PolicyView>('GET', '/policy');
          return desk.call<PolicyView & { code?: string }>('PUT', '/policy', {
            basedOn: body.version,
            document: edit(body.document),
          });
        },
    )
    .extend('askManager', ({ desk, startCheck, mailSink }) => async () => {
      const opened = (
        await desk.call<CaseView>('POST', '/cases', { accountId: await desk.accountId(reports) })
      ).body;
      const started = await startCheck(opened.id, 'managers-word');
      const { text = '' } = await mailSink.mailTo(manager);
      const path = /https?:\/\/[^/\s]+(\/managers-word\/\S+)/.exec(text)?.[1] ?? '';
      return { view: started.case, path, token: path.replace('/managers-word/', '') };
    })
    .extend(
      'read',
      ({ desk }) =>
        async (caseId: string) =>
          (await desk.call<CaseView>('GET', `/cases/${caseId}`)).body,
    );

  it('offers what the policy offers, each with what it rests on, and questions only when switched on', async ({
    desk,
    startCheck,
  }) => {
    const view = await desk.openCase('m.okafor');
    expect(view.checks.map(({ kind }) => kind)).toEqual([
      'emailed-code',
      'texted-code',
      'authenticator-code',
      'recovery-code',
      'call-back',
      'managers-word',
      'in-person',
    ]);
    expect(rowOf(view, 'authenticator-code')).toMatchObject({
      obstacle: { reason: 'not-enrolled' },
      factor: 'possession',
      digits: 6,
    });
    expect((await startCheck(view.id, 'security-questions')).code).toBe('check.unavailable');
    expect((await startCheck(view.id, 'authenticator-code')).code).toBe('check.unavailable');
  });

  it('texts a code that is read back, with tries of its own', async ({
    desk,
    startCheck,
    newestText,
    answer,
  }) => {
    const view = await desk.openCase('m.okafor');
    const started = await startCheck(view.id, 'texted-code');
    expect(rowOf(started.case, 'texted-code')).toMatchObject({
      destination: expect.stringMatching(/• ?318$/u) as string,
      attempt: { delivery: 'kept-in-outbox', triesLeft: 3 },
    });
    const code = (/code: (\d{3} \d{3})/.exec(await newestText())?.[1] ?? '').replace(' ', '');
    const wrong = code === '000000' ? '000001' : '000000';
    expect((await answer(started.case, 'texted-code', { code: wrong })).outcome).toBe('wrong');
    expect(await answer(started.case, 'texted-code', { code })).toMatchObject({
      outcome: 'passed',
      case: { assurance: { earned: 50, met: false, missing: { points: 10, factors: 0 } } },
    });
  });

  it('takes an authenticator code once, and a recovery code once', async ({
    desk,
    backend,
    startCheck,
    answer,
  }) => {
    const view = await desk.openCase('m.okafor');
    const { codeAt, recoveryCodes } = await enrol(backend, view.account.id);
    backend.clock.at += 2 * step;
    const app = (await startCheck(view.id, 'authenticator-code')).case;
    const code = codeAt(backend.clock.at);
    expect(
      (await answer(app, 'authenticator-code', { code: codeAt(backend.clock.at - 5 * step) })).outcome,
    ).toBe('wrong');
    expect((await answer(app, 'authenticator-code', { code })).outcome).toBe('passed');
    const saved = (await startCheck(view.id, 'recovery-code')).case;
    const [first = '', second = ''] = recoveryCodes;
    expect((await answer(saved, 'recovery-code', { code: first.toUpperCase() })).outcome).toBe('passed');
    await desk.call('POST', `/cases/${view.id}/close`, {});

    const next = await desk.openCase('m.okafor');
    const again = (await startCheck(next.id, 'authenticator-code')).case;
    expect((await answer(again, 'authenticator-code', { code })).outcome).toBe('wrong');
    const savedAgain = (await startCheck(next.id, 'recovery-code')).case;
    expect((await answer(savedAgain, 'recovery-code', { code: first })).outcome).toBe('wrong');
    expect((await answer(savedAgain, 'recovery-code', { code: 'too-short' })).code).toBe('request.invalid');
    expect((await answer(savedAgain, 'recovery-code', { code: second })).outcome).toBe('passed');
  });

  it('earns nothing by security questions, however rightly answered', async ({
    changePolicy,
    desk,
    backend,
    startCheck,
    answer,
  }) => {
    await changePolicy((document) => ({ ...document, checksOff: [] }));
    const view = await desk.openCase('m.okafor');
    await enrol(backend, view.account.id);
    const { case: asked } = await startCheck(view.id, 'security-questions');
    const [question] = rowOf(asked, 'security-questions')?.attempt?.asked ?? [];
    expect(question?.text).toBe('First street?');
    const answers = (text: string) => ({ answers: [{ questionId: question?.id ?? '', answer: text }] });
    expect((await answer(asked, 'security-questions', answers('Eichenweg'))).outcome).toBe('wrong');
    expect(await answer(asked, 'security-questions', answers('AHORN-WEG'))).toMatchObject({
      outcome: 'passed',
      case: { assurance: { earned: 0, met: false } },
    });
  });

  it('records what was seen in person', async ({ desk, startCheck, answer }) => {
    const view = await desk.openCase('m.okafor');
    const { case: looking } = await startCheck(view.id, 'in-person');
    const seen = {
      outcome: 'recognised',
      where: 'live-video',
      badge: 'staff-badge',
      lastCharacters: '4711',
      note: 'Same face as on the badge.',
    };
    expect((await answer(looking, 'in-person', { ...seen, lastCharacters: '12345678' })).code).toBe(
      'request.invalid',
    );
    expect((await answer(looking, 'in-person', seen)).case.assurance).toMatchObject({
      earned: 100,
      met: true,
    });
    const { body } = await desk.call<{ entries: { action: string; facts: object }[] }>(
      'GET',
      `/accounts/${view.account.id}/timeline`,
    );
    expect(body.entries.find(({ action }) => action === 'check.passed')?.facts).toMatchObject({
      where: 'live-video',
      badge: 'staff-badge',
      lastCharacters: '4711',
    });
  });

  it('shows and locks a caller who is not the owner', async ({ desk, startCheck, answer }) => {
    const view = await desk.openCase('m.okafor');
    const { case: looking } = await startCheck(view.id, 'in-person');
    const seen = {
      outcome: 'not-recognised',
      where: 'in-person',
      badge: 'passport',
      lastCharacters: 'X1',
      note: 'Another face.',
    };
    const { outcome, case: after } = await answer(looking, 'in-person', seen);
    expect(outcome).toBe('failed');
    expect(rowOf(after, 'in-person')).toMatchObject({ obstacle: { reason: 'locked-for-case' } });
    expect((await startCheck(view.id, 'in-person')).code).toBe('check.locked');
  });

  it('refuses a policy that gives points to security questions', async ({ changePolicy }) => {
    const { status } = await changePolicy((document) => ({
      ...document,
      points: { ...document.points, 'security-questions': 10 as 0 },
    }));
    expect(status).toBe(400);
  });

  describe('the word of a manager', () => {
    it('is asked on a page that opening does not use up, and given once', async ({
      askManager,
      backend,
      read,
    }) => {
      const { view, path, token } = await askManager();
      expect(rowOf(view, 'managers-word')).toMatchObject({
        person: 'Anna Smith',
        destination: expect.stringMatching(/^a•+0?@e/u) as string,
        attempt: { state: 'pending' },
      });
      const name = view.account.displayName;
      const browser = browserOf(backend.ask);
      await browser.go('GET', path);
      const page = await browser.go('GET', path);
      for (const part of [
        view.account.displayName,
        view.account.userName,
        'Ann Example',
        String(view.number),
      ]) {
        expect(page.text).toContain(part);
      }
      expect(rowOf(await read(view.id), 'managers-word')?.attempt?.state).toBe('pending');
      const answers = await Promise.all(
        ['yes', 'no'].map((word) => browser.go('POST', '/managers-word', { token, word, name })),
      );
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 410]);
      expect((await browser.go('POST', '/managers-word', { token, word: 'yes', name })).status).toBe(410);
      expect((await browser.go('GET', path)).status).toBe(410);
    });

    it('earns its points by a yes, and locks the check by a no', async ({
      askManager,
      backend,
      read,
      desk,
    }) => {
      const first = await askManager();
      await browserOf(backend.ask).go('POST', '/managers-word', {
        token: first.token,
        word: 'yes',
        name: first.view.account.displayName,
      });
      expect((await read(first.view.id)).assurance).toMatchObject({
        earned: 60,
        factors: { earned: ['attested'] },
      });
      await desk.call('POST', `/cases/${first.view.id}/close`, {});
      backend.clock.at += 2 * minute;
      const second = await askManager();
      await browserOf(backend.ask).go('POST', '/managers-word', {
        token: second.token,
        word: 'no',
        name: second.view.account.displayName,
      });
      const after = await read(second.view.id);
      expect(after.assurance.earned).toBe(0);
      expect(rowOf(after, 'managers-word')).toMatchObject({
        obstacle: { reason: 'locked-for-case' },
        attempt: { state: 'failed' },
      });
    });

    it.for([
      ['of a call that has ended', true, 0],
      ['that came too late', false, 31 * minute],
    ] as const)(
      'is not taken for a question %s',
      async ([_which, isClosed, passed], { askManager, desk, backend }) => {
        const { view, token } = await askManager();
        if (isClosed) await desk.call('POST', `/cases/${view.id}/close`, {});
        backend.clock.at += passed;
        const { displayName: name } = view.account;
        const given = await browserOf(backend.ask).go('POST', '/managers-word', { token, word: 'yes', name });
        expect(given.status).toBe(410);
      },
    );

    it('is not taken with another token, from another site, or from the operator', async ({
      askManager,
      backend,
      answer,
    }) => {
      const { view, token } = await askManager();
      const browser = browserOf(backend.ask);
      const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
      const { displayName: name } = view.account;
      const withForged = { token: forged, word: 'yes', name };
      expect((await browser.go('POST', '/managers-word', withForged)).status).toBe(410);
      const foreign = await backend.ask(
        'POST',
        '/managers-word',
        `token=${token}&word=yes&name=${encodeURIComponent(name)}`,
        {
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'cross-site',
        },
      );
      expect(foreign.status).toBe(403);
      expect((await answer(view, 'managers-word', { code: '1' })).code).toBe('request.invalid');
    });

    it('cannot be asked when no manager is on file', async ({ desk, startCheck }) => {
      const view = (
        await desk.call<CaseView>('POST', '/cases', { accountId: await desk.accountId('a.smith0') })
      ).body;
      expect(rowOf(view, 'managers-word')).toMatchObject({ obstacle: { reason: 'no-manager' } });
      expect((await startCheck(view.id, 'managers-word')).code).toBe('check.unavailable');
    });
  });

  describe('a call-back whose number is shown again', () => {
    it('stays the same attempt with the same deadline, and is recorded', async ({
      desk,
      backend,
      startCheck,
      answer,
    }) => {
      const view = await desk.openCase('m.okafor');
      const first = await startCheck(view.id, 'call-back');
      backend.clock.at += 3 * minute;
      const second = await startCheck(view.id, 'call-back');
      expect(second).toMatchObject({ callNumber: first.callNumber });
      const [before, now] = [first, second].map(({ case: shown }) => rowOf(shown, 'call-back')?.attempt);
      expect(now).toMatchObject({ id: before?.id, expiresAt: before?.expiresAt, state: 'pending' });
      const timeline = `/accounts/${view.account.id}/timeline?limit=50`;
      const { entries } = (await desk.call<{ entries: { action: string }[] }>('GET', timeline)).body;
      const actions = entries.map(({ action }) => action);
      expect(actions).toContain('check.number-shown');
      expect(actions).not.toContain('check.expired');
      expect(
        (await answer(second.case, 'call-back', { outcome: 'confirmed', note: 'Knew the order' })).outcome,
      ).toBe('passed');
    });

    it('is a new attempt in another session, which can answer it', async ({ desk, backend, startCheck }) => {
      const view = await desk.openCase('m.okafor');
      const first = await startCheck(view.id, 'call-back');
      backend.clock.at += minute;
      const { userName, password } = administrator;
      const signedIn = await backend.ask('POST', '/api/v1/session', { userName, password });
      const later = deskOf(backend.ask, ((await signedIn.json()) as SessionTokens).accessToken);
      const { body } = await later.call<Started>('POST', `/cases/${view.id}/checks`, { kind: 'call-back' });
      const attempt = rowOf(body.case, 'call-back')?.attempt;
      expect(attempt?.id).not.toBe(rowOf(first.case, 'call-back')?.attempt?.id);
      const given = { kind: 'call-back', outcome: 'confirmed', note: 'Knew the order' };
      const answered = await later.call<Answered>(
        'POST',
        `/cases/${view.id}/checks/${attempt?.id ?? ''}/answer`,
        given,
      );
      expect(answered.body.outcome).toBe('passed');
    });

    it('is a new attempt once it has expired', async ({ desk, backend, startCheck, changePolicy }) => {
      await changePolicy((document) => ({ ...document, callBack: { ...document.callBack, validFor: 300 } }));
      const view = await desk.openCase('m.okafor');
      const first = await startCheck(view.id, 'call-back');
      backend.clock.at += 5 * minute;
      const second = await startCheck(view.id, 'call-back');
      expect(rowOf(second.case, 'call-back')?.attempt?.id).not.toBe(
        rowOf(first.case, 'call-back')?.attempt?.id,
      );
    });
  });

  describe('an open case on the desk', () => {
    const waitOf = async (desk: Pick<ReturnType<typeof deskOf>, 'call'>, caseId: string) => {
      const { body } = await desk.call<DeskView>('GET', '/desk?dayStart=2026-03-01T00:00:00.000Z');
      const row = body.open.find(({ id }) => id === caseId);
      return [row?.waitsFor, row?.waitsUntil];
    };

    it.for<[CheckKind, OpenCaseRow['waitsFor']]>([
      ['emailed-code', 'code'],
      ['texted-code', 'code'],
      ['call-back', 'call'],
      ['managers-word', 'manager'],
      ['in-person', null],
    ])('says after %s that it waits for: %s', async ([kind, expected], { desk, startCheck }) => {
      const view = await desk.openCase(reports);
      expect(await waitOf(desk, view.id)).toEqual([null, null]);
      const started = await startCheck(view.id, kind);
      const until = expected === null ? null : rowOf(started.case, kind)?.attempt?.expiresAt;
      expect(await waitOf(desk, view.id)).toEqual([expected, until]);
    });

    it('waits for nothing once the check has lapsed', async ({ desk, backend, startCheck, changePolicy }) => {
      await changePolicy((document) => ({ ...document, callBack: { ...document.callBack, validFor: 300 } }));
      const view = await desk.openCase(reports);
      await startCheck(view.id, 'call-back');
      backend.clock.at += 5 * minute;
      expect(await waitOf(desk, view.id)).toEqual([null, null]);
    });
  });

  it('leaves no code in clear: not in the log, not in the database, not in its write-ahead log', async ({
    desk,
    backend,
    mailSink,
    startCheck,
    newestText,
    answer,
  }) => {
    const view = await desk.openCase('m.okafor');
    const { recoveryCodes, secret, codeAt } = await enrol(backend, view.account.id);
    const codes: string[] = [secret];
    await desk.startCode(view.id);
    const { text = '' } = await mailSink.mailTo('marlene.okafor@example.com');
    codes.push((/is (\d{3} \d{3})/.exec(text)?.[1] ?? '').replace(' ', ''));
    await startCheck(view.id, 'texted-code');
    codes.push((/code: (\d{3} \d{3})/.exec(await newestText())?.[1] ?? '').replace(' ', ''));
    backend.clock.at += 2 * step;
    const app = (await startCheck(view.id, 'authenticator-code')).case;
    codes.push(codeAt(backend.clock.at));
    await answer(app, 'authenticator-code', { code: codeAt(backend.clock.at) });
    const saved = (await startCheck(view.id, 'recovery-code')).case;
    await answer(saved, 'recovery-code', { code: recoveryCodes[0] ?? '' });
    codes.push(...recoveryCodes, ...recoveryCodes.map((code) => code.replace('-', '')));
    expect(codes.every((code) => code.length >= 6)).toBe(true);

    const files = (await readdir(backend.dataFolder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && !join(entry.parentPath, entry.name).includes('outbox'))
      .map((entry) => join(entry.parentPath, entry.name));
    const contents = await Promise.all(files.map((file) => readFile(file, 'latin1')));
    const searched = [...contents, backend.lines.join('\n')];
    expect(backend.database !== undefined || searched.join('').includes('check.passed')).toBe(true);
    // Six digits occur in any number by chance: they are searched for as values, not inside longer ones.
    for (const code of codes) {
      const alone = new RegExp(`(?<![0-9a-z])${code}(?![0-9a-z])`, 'iu');
      for (const content of searched) expect(alone.test(content)).toBe(false);
    }
  });
});
