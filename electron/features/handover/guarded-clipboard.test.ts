import { expect, it } from 'vitest';
import { Secret } from '../../../shared/secret/secret.ts';
import { createGuardedClipboard } from './guarded-clipboard.ts';
import { createExpiringMap } from '../../../shared/expiring-map/expiring-map.ts';

/** A clipboard that fills the selection with what it is given, and does not empty it, as Chromium's on X11. */
function createTestClipboard({ hasSelection = true } = {}) {
  const board = { clipboard: 'from before', selection: 'from before' };
  const states: string[] = [];
  let due: (() => void) | null = null;
  const guarded = createGuardedClipboard({
    clipboard: {
      writeText: (text) => {
        board.clipboard = text;
        if (text !== '') board.selection = text;
      },
      readText: () => board.clipboard,
    },
    selection: hasSelection
      ? { readText: () => board.selection, clear: () => void (board.selection = '') }
      : null,
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
  expect(board.clipboard).toBe('a temporary password');
  pass();
  await expect.poll(() => board.clipboard).toBe('');
  expect(states).toEqual(['holding', 'cleared']);
});

it('keeps what was copied in the meantime', async () => {
  const { board, states, guarded } = createTestClipboard();
  await guarded.copy(new Secret('a temporary password'));
  board.clipboard = 'a ticket number';
  await guarded.clear();
  expect(board.clipboard).toBe('a ticket number');
  expect(states).toEqual(['holding', 'replaced']);
});

it('leaves no copied secret in the selection', async () => {
  const { board, guarded } = createTestClipboard();
  await guarded.copy(new Secret('a temporary password'));
  expect(board).toEqual({ clipboard: 'a temporary password', selection: '' });
});

it('clears the selection if it holds the secret again', async () => {
  const { board, states, guarded } = createTestClipboard();
  await guarded.copy(new Secret('a temporary password'));
  board.clipboard = 'a ticket number';
  board.selection = 'a temporary password';
  await guarded.clear();
  expect(board).toEqual({ clipboard: 'a ticket number', selection: '' });
  expect(states).toEqual(['holding', 'replaced']);
});

it('keeps another selection', async () => {
  const { board, guarded } = createTestClipboard();
  await guarded.copy(new Secret('a temporary password'));
  board.selection = 'a selected word';
  await guarded.clear();
  expect(board).toEqual({ clipboard: '', selection: 'a selected word' });
});

it('clears the clipboard on systems without a selection', async () => {
  const { board, guarded } = createTestClipboard({ hasSelection: false });
  await guarded.copy(new Secret('a temporary password'));
  await guarded.clear();
  expect(board.clipboard).toBe('');
});

it('clears a secret that is being copied when the console is locked', async () => {
  const board = { clipboard: '' };
  let write: () => void = () => undefined;
  const guarded = createGuardedClipboard({
    clipboard: {
      writeText: (text) =>
        new Promise((resolve) => {
          write = () => {
            board.clipboard = text;
            resolve();
          };
          if (text === '') write();
        }),
      readText: () => board.clipboard,
    },
    selection: null,
    onChange: () => undefined,
    now: () => 0,
    setTimer: () => () => undefined,
  });
  const copied = guarded.copy(new Secret('a temporary password'));
  const cleared = guarded.clear();
  await new Promise((resolve) => setImmediate(resolve));
  write();
  await Promise.all([copied, cleared]);
  expect(board.clipboard).toBe('');
});

it('holds a temporary password until it expires', () => {
  const clock = { at: 0 };
  const vault = createExpiringMap<Secret>(() => clock.at);
  vault.set('reset', new Secret('a temporary password'), 1000);
  expect(vault.get('reset')?.expose()).toBe('a temporary password');
  clock.at = 1000;
  expect(vault.get('reset')).toBeNull();
});
