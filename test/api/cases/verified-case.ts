import { expect } from 'vitest';
import { apiTest } from '../../fixtures/api.ts';
import { codeFor } from '../../backend/desk-call.ts';

export const marlene = 'marlene.okafor@example.com';
export const minute = 60_000;

/** An API test with a case of Marlene Okafor's account that reached its assurance by an emailed code. */
export const verifiedTest = apiTest
  .extend('verified', ({ desk, mailSink }) => async (by = desk) => {
    const opened = await by.openCase('m.okafor', { reason: 'forgotten' });
    const started = await by.startCode(opened.id);
    const code = await codeFor(mailSink, marlene);
    const { body } = await by.readBack(started.body.case, code);
    expect(body.outcome).toBe('passed');
    return body.case;
  })
  .extend('actions', ({ desk }) => async (accountId: string) => {
    const { body } = await desk.call<{ entries: { action: string; facts: object }[] }>(
      'GET',
      `/accounts/${accountId}/timeline?limit=200`,
    );
    return body.entries;
  });
