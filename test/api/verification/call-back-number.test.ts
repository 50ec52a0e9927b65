import { describe, expect } from 'vitest';
import type { SessionTokens } from '../../../shared/api/session.ts';
import { administrator } from '../../backend/start-test-backend.ts';
import { deskOf } from '../../backend/desk-call.ts';
import { type Answered, checkTest as it, minute, rowOf, type Started } from './check-calls.ts';

describe('a call-back whose number is shown again', () => {
  it('stays the same attempt with the same deadline', async ({ desk, backend, startCheck, answer }) => {
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

  it('is a new attempt in another session', async ({ desk, backend, startCheck }) => {
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
