import { describe, expect } from 'vitest';
import { codeFor } from '../backend/desk-call.ts';
import { startFaultyProxy, type FaultyProxy } from '../fixtures/faulty-proxy.ts';
import type { DeskTest } from './desk-test.ts';

/** How many requests a reset through the desk makes. The policy of the directory is read besides, at most once a minute. */
export function describeRequests(deskTest: DeskTest, requests: number): void {
  const it = deskTest.extend('line', async ({ lab }, { onCleanup }) => {
    let proxy: FaultyProxy | undefined;
    const bridge = await lab.through(async (target) => (proxy = await startFaultyProxy(target)));
    onCleanup(() => bridge.stop());
    return { ...bridge, proxy: proxy as unknown as FaultyProxy };
  });

  describe('a reset', () => {
    it(`makes ${requests} requests to its directory`, async ({
      desk,
      lab,
      line,
      mailSink,
      connect,
      hasRead,
    }) => {
      const people = ['one', 'two', 'three', 'four'].map((name) => `counted.${name}`);
      for (const userName of people)
        await lab.add({ userName, displayName: `Counted ${userName}`, email: `${userName}@example.com` });
      await connect(lab.settingsAt(line.address));
      await hasRead();
      const counts: number[] = [];
      for (const userName of people) {
        const { id } = await desk.openCase(userName);
        const started = await desk.startCode(id);
        await desk.readBack(started.body.case, await codeFor(mailSink, `${userName}@example.com`));
        const grant = await desk.mint(id, 'temporary-password');
        const before = line.proxy.requests();
        const { status } = await desk.reset(id, grant.body.id, 'temporary-password', `of-${userName}`);
        counts.push(line.proxy.requests() - before);
        expect(status).toBe(200);
      }
      // Some of them may read the policy or sign in as well, and the feed's requests may fall among them.
      expect(Math.min(...counts)).toBe(requests);
    });
  });
}
