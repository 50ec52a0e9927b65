import { describe, expect } from 'vitest';
import type { OpenCaseRow } from '../../../shared/api/case.ts';
import type { DeskView } from '../../../shared/api/desk.ts';
import type { CheckKind } from '../../../shared/api/check.ts';
import type { deskOf } from '../../backend/desk-call.ts';
import { checkTest as it, minute, reports, rowOf } from './check-calls.ts';

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
