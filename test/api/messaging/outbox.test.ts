import { describe, expect } from 'vitest';
import { staffedTest } from '../../fixtures/api.ts';

interface KeptMail {
  readonly text: string;
  readonly html: string | null;
}

describe('a code that was kept in the outbox', () => {
  const it = staffedTest.extend('started', async ({ operator }) => {
    const { id } = await operator.openCase('m.okafor');
    const { body } = await operator.startCode(id);
    return body.case.checks.find(({ kind }) => kind === 'emailed-code')?.attempt;
  });

  it('names the message that a reader of the outbox finds', async ({ started, administrator }) => {
    expect(started?.keptMessage).toMatchObject({ channel: 'email' });
    const { status, body } = await administrator.call<KeptMail>('GET', `/outbox/${started?.keptMessage?.id}`);
    expect(status).toBe(200);
    expect(body.text).toContain('Your verification code is');
    expect(body.html).toContain('Your verification code is');
  });

  it('stays closed to an operator without that right', async ({ started, operator }) => {
    expect(await operator.call('GET', `/outbox/${started?.keptMessage?.id}`)).toMatchObject({ status: 403 });
  });
});
