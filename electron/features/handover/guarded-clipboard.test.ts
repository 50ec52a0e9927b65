import { expect, it } from 'vitest';
import { Secret } from '../../../shared/secret/secret.ts';
import { createGuardedClipboard } from './guarded-clipboard.ts';
import { createExpiringMap } from '../../../shared/expiring-map/expiring-map.ts';

function desk() {
  const board = { text: 'from before' };
  const states: string[] = [];
  let due: (() => void) | null = null;
  const guarded = createGuardedClipboard({
    clipboard: { writeText: (text) => void (board.text = text), readText: () => board.text },
    onChange: ({ state }) => states.push(state),
    now: () => 0,
    setTimer: (_milliseconds, work) => {
      due = work;
      return () => (due = null);
    },
  });
  return { board, states, guarded, pass: () => due?.() };
}

it('takes a copied secret back after its time', async () => {
  const { board, states, guarded, pass } = desk();
  expect(await guarded.copy(new Secret('a temporary one'))).toBe(30_000);
  expect(board.text).toBe('a temporary one');
  pass();
  await expect.poll(() => board.text).toBe('');
  expect(states).toEqual(['holding', 'cleared']);
});

it('leaves alone what somebody copied since', async () => {
  const { board, states, guarded } = desk();
  await guarded.copy(new Secret('a temporary one'));
  board.text = 'a ticket number';
  await guarded.clear();
  expect(board.text).toBe('a ticket number');
  expect(states).toEqual(['holding', 'replaced']);
});

it('keeps a temporary password until its time is over', () => {
  const clock = { at: 0 };
  const vault = createExpiringMap<Secret>(() => clock.at);
  vault.set('reset', new Secret('a temporary one'), 1000);
  expect(vault.get('reset')?.expose()).toBe('a temporary one');
  clock.at = 1000;
  expect(vault.get('reset')).toBeNull();
});
