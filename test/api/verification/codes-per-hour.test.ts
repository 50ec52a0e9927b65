import { describe, expect } from 'vitest';
import { sharedDeskTest } from '../../fixtures/api.ts';

const hour = 3_600_000;

describe.each([
  { kind: 'emailed-code', who: 'm.okafor', spacing: 20_000, perHour: 10 },
  { kind: 'texted-code', who: 'm.okafor', spacing: 30_000, perHour: 5 },
  { kind: 'managers-word', who: 'E10007', spacing: 60_000, perHour: 5 },
])('a check by $kind', ({ kind, who, spacing, perHour }) => {
  const it = sharedDeskTest
    .extend('clock', ({ backend: { clock } }) => {
      // The starts of the previous test no longer count.
      clock.at += hour;
      return clock;
    })
    .extend('start', ({ operator }) => async () => {
      await operator.prove();
      const opened = await operator.openCase(who);
      return operator.call<{ code?: string; until?: string }>('POST', `/cases/${opened.id}/checks`, { kind });
    });

  it(`is started again in the same case after ${spacing / 1000} s, not earlier`, async ({
    operator,
    clock,
  }) => {
    await operator.prove();
    const { id } = await operator.openCase(who);
    const again = async () => (await operator.call('POST', `/cases/${id}/checks`, { kind })).status;
    expect(await again()).toBe(200);
    clock.at += spacing - 1;
    expect(await again()).not.toBe(200);
    clock.at += 1;
    expect(await again()).toBe(200);
  });

  it(`is started ${perHour} times in an hour for one account, in whichever case`, async ({
    start,
    clock,
  }) => {
    const first = clock.at;
    for (let count = 1; count <= perHour; count += 1) {
      expect([count, (await start()).status]).toEqual([count, 200]);
      clock.at += spacing;
    }
    const refused = await start();
    expect(refused.body).toMatchObject({
      code: 'request.rate-limited',
      until: new Date(first + hour).toISOString(),
    });
    clock.at = first + hour - 1;
    expect((await start()).body.code).toBe('request.rate-limited');
    clock.at = first + hour;
    expect((await start()).status).toBe(200);
  });
});
