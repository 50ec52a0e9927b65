import { describe, expect } from 'vitest';
import type { CaseView } from '../../../shared/api/case.ts';
import { apiTest } from '../../fixtures/api.ts';

describe('what can be said to the caller after a reset', () => {
  const it = apiTest
    .extend('factsAfterReset', ({ desk, verifiedCase }) => async () => {
      const grant = await desk.mint(verifiedCase.id, 'temporary-password');
      await desk.reset(verifiedCase.id, grant.body.id, 'temporary-password', 'a-key-for-facts');
      return async () => (await desk.call<CaseView>('GET', `/cases/${verifiedCase.id}`)).body.callerFacts;
    })
    .override('backendOptions', { publicUrl: 'https://desk.example.com' });

  it('is nothing before it', async ({ verifiedCase }) => {
    expect(verifiedCase.callerFacts).toBeNull();
  });

  it('is what the server knows about the sign-in page and the owner’s mail', async ({ factsAfterReset }) => {
    const read = await factsAfterReset();
    await expect.poll(read).toEqual({ told: 'sent', signInAt: 'desk.example.com' });
  });

  it('is that the mail could not be sent', async ({ factsAfterReset, mailSink, verifiedCase }) => {
    expect(verifiedCase.state).toBe('open');
    mailSink.refuse(550);
    const read = await factsAfterReset();
    await expect.poll(async () => (await read())?.told).toBe('not-sent');
  });

  it('is that the mail waits', async ({ factsAfterReset, mailSink, verifiedCase }) => {
    expect(verifiedCase.state).toBe('open');
    mailSink.refuse(451);
    const read = await factsAfterReset();
    await expect.poll(async () => (await read())?.told).toBe('on-its-way');
  });
});
