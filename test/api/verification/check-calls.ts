import { expect } from 'vitest';
import { apiTest } from '../../fixtures/api.ts';
import type { CaseView } from '../../../shared/api/case.ts';
import type { CheckKind } from '../../../shared/api/check.ts';
import type { PolicyView } from '../../../shared/api/policy-calls.ts';

export const minute = 60_000;
export const step = 30_000;

// Anna Smith is the manager of every account in her department, including this one.
export const reports = 'c.celik7';
const manager = 'anna.smith0@example.com';

export type Started = { case: CaseView; callNumber?: string | null; code?: string; detail?: string };
export type Answered = { outcome: string; case: CaseView; code?: string };
export const rowOf = (view: CaseView, kind: CheckKind) => view.checks.find((check) => check.kind === kind);
/** An API test with the calls that start and answer a case's checks. */
export const checkTest = apiTest
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
    const opened = (await desk.call<CaseView>('POST', '/cases', { accountId: await desk.accountId(reports) }))
      .body;
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
