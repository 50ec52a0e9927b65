import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { enrol } from '../../backend/enrol.ts';
import { checkTest as it, rowOf, step } from './check-calls.ts';

describe('the checks of a case', () => {
  it('are those that the policy and the account allow', async ({ desk, startCheck }) => {
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

  it('accept a texted code after a wrong try', async ({ desk, startCheck, newestText, answer }) => {
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

  it('accept an authenticator or recovery code once', async ({ desk, backend, startCheck, answer }) => {
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

  it('earn nothing by security questions', async ({ changePolicy, desk, backend, startCheck, answer }) => {
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

  it('record what the operator saw in person', async ({ desk, startCheck, answer }) => {
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

  it('are locked in person for a caller who is not the owner', async ({ desk, startCheck, answer }) => {
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

  it('cannot include points for security questions in the policy', async ({ changePolicy }) => {
    const { status } = await changePolicy((document) => ({
      ...document,
      points: { ...document.points, 'security-questions': 10 as 0 },
    }));
    expect(status).toBe(400);
  });

  it('leave no code in clear in log or database', async ({
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
    // Any number may contain six given digits by chance, so codes are searched for as whole values.
    for (const code of codes) {
      const alone = new RegExp(`(?<![0-9a-z])${code}(?![0-9a-z])`, 'iu');
      for (const content of searched) expect(alone.test(content)).toBe(false);
    }
  });
});
