import { expect, it } from 'vitest';
import { Secret } from '../../../shared/secret/secret.ts';
import { createGuardedClipboard } from './guarded-clipboard.ts';
import { createExpiringMap } from '../../../shared/expiring-map/expiring-map.ts';

function createTestClipboard() {
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

it('clears a copied secret after 30 seconds', async () => {
  const { board, states, guarded, pass } = createTestClipboard();
  expect(await guarded.copy(new Secret('a temporary password'))).toBe(30_000);
  expect(board.text).toBe('a temporary password');
  pass();
  await expect.poll(() => board.text).toBe('');
  expect(states).toEqual(['holding', 'cleared']);
});

it('keeps what was copied in the meantime', async () => {
  const { board, states, guarded } = createTestClipboard();
  await guarded.copy(new Secret('a temporary password'));
  board.text = 'a ticket number';
  await guarded.clear();
  expect(board.text).toBe('a ticket number');
  expect(states).toEqual(['holding', 'replaced']);
});

it('holds a temporary password until it expires', () => {
  const clock = { at: 0 };
  const vault = createExpiringMap<Secret>(() => clock.at);
  vault.set('reset', new Secret('a temporary password'), 1000);
  expect(vault.get('reset')?.expose()).toBe('a temporary password');
  clock.at = 1000;
  expect(vault.get('reset')).toBeNull();
});
