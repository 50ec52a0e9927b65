import { expect, test } from 'vitest';
import type { Bridge, CallGroup } from '../../../shared/bridge/contract.ts';
import { callNames } from '../../../shared/bridge/names.ts';
import { practiceBridge } from './practice-bridge.ts';

/** What a drill can reach: its own desk, and the session for the lock and proofs of identity. */
const reached = (group: string): boolean => group.startsWith('practice') || group === 'session';

test('in a drill no call reaches the real desk', async () => {
  const asked: string[] = [];
  const bridge = Object.fromEntries(
    Object.entries(callNames).map(([group, names]) => [
      group,
      Object.fromEntries(
        names.map((name) => [
          name,
          () => {
            asked.push(group);
            return Promise.resolve({ ok: true, value: null });
          },
        ]),
      ),
    ]),
  ) as unknown as Bridge;
  const practice = practiceBridge(bridge);
  for (const group of Object.keys(callNames) as CallGroup[]) {
    for (const call of Object.values(practice[group]))
      await (call as (args: unknown) => Promise<unknown>)({});
  }
  expect(asked.filter((group) => !reached(group))).toEqual([]);
  expect(new Set(asked)).toEqual(
    new Set([
      'session',
      'practiceAccounts',
      'practiceCases',
      'practiceFourEyes',
      'practiceResets',
      'practiceHandover',
    ]),
  );
});
