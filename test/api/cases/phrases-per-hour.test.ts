import { describe, expect } from 'vitest';
import { sharedDeskTest as it } from '../../fixtures/api.ts';

const hour = 3_600_000;
const spacing = 30_000;
const perHour = 10;

describe('the three words for a caller', () => {
  it('are sent ten times in an hour for one account, in whichever case', async ({
    operator,
    backend: { clock },
  }) => {
    const send = async () => {
      await operator.prove();
      const { id } = await operator.openCase('m.okafor');
      const { status, body } = await operator.call<{ code?: string; until?: string }>(
        'POST',
        `/cases/${id}/phrase`,
      );
      await operator.call('POST', `/cases/${id}/close`);
      return { status, ...body };
    };
    const first = clock.at;
    for (let count = 1; count <= perHour; count += 1) {
      expect([count, (await send()).status]).toEqual([count, 200]);
      expect((await send()).code).toBe('request.rate-limited');
      clock.at += spacing;
    }
    expect(await send()).toMatchObject({
      code: 'request.rate-limited',
      until: new Date(first + hour).toISOString(),
    });
    clock.at = first + hour - 1;
    expect((await send()).code).toBe('request.rate-limited');
    clock.at += 1;
    expect((await send()).status).toBe(200);
  });
});
