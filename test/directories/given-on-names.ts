import { describe, expect } from 'vitest';
import type { AccountHit } from '../../shared/api/account.ts';
import type { DeskTest } from './desk-test.ts';

/** User names that the directory gives to other people. */
export function describeGivenOnNames(it: DeskTest): void {
  describe('user names that a directory gives to other people', () => {
    it('are theirs in the index soon, without a decision', async ({ desk, lab, connect, hasRead }) => {
      const add = (userName: string, displayName: string) => lab.add({ userName, displayName });
      await add('given.first', 'Fay Given');
      await add('given.second', 'Sid Given');
      await add('given.left', 'Lew Given');
      await connect();
      await hasRead();

      await lab.rename('given.first', 'given.between');
      await lab.rename('given.second', 'given.first');
      await lab.rename('given.between', 'given.second');
      await lab.remove('given.left');
      await add('given.left', 'Ned Given');

      const people = async () => {
        const { hits } = (await desk.call<{ hits: AccountHit[] }>('GET', '/accounts?q=given')).body;
        const open = hits.filter(({ statuses }) => !statuses.includes('disabled'));
        return open.map(({ userName, displayName }) => `${userName}: ${displayName}`).toSorted();
      };
      await expect
        .poll(people, { timeout: 30_000 })
        .toEqual(['given.first: Sid Given', 'given.left: Ned Given', 'given.second: Fay Given']);
      const held = await desk.call<{ rows: { row: { userName: string } }[] }>('GET', '/held-rows');
      expect(held.body.rows.filter(({ row }) => row.userName.startsWith('given.'))).toEqual([]);
    });
  });
}
