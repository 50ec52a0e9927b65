import { describe, expect } from 'vitest';
import { staffedTest } from '../../fixtures/api.ts';

describe("an operator's session", { timeout: 90_000 }, () => {
  const it = staffedTest.extend('staffedOptions', () => ({ callsPerSession: 100 }));

  it('is slowed alone when it calls too often', async ({ operator, approver, backend }) => {
    const statuses = await Promise.all(
      Array.from({ length: 120 }, async () => (await operator.call('GET', '/alert')).status),
    );
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(100);
    expect(await operator.call('GET', '/session')).toMatchObject({ body: { code: 'request.rate-limited' } });
    expect((await approver.call('GET', '/alert')).status).toBe(200);
    expect(backend.lines.join('\n')).not.toContain('unexpected');
  });

  it('does not fill the log with what it may not do', async ({ operator, backend }) => {
    for (let at = 0; at < 60; at += 1) await operator.call('GET', '/operators');
    const refused = async () =>
      (await backend.readAudit()).filter(({ action }) => action === 'operator.not-permitted');
    expect(await refused()).toHaveLength(20);
    await backend.restart();
    expect(JSON.parse((await refused()).at(-1)?.facts ?? '{}')).toMatchObject({ further: 40 });
  });
});
