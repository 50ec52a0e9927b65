import { fireEvent } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { onceInUse } from './once-in-use.ts';

it.each(['keyDown', 'pointerDown'] as const)('calls back once, at the first %s', (act) => {
  const used = vi.fn<() => void>();
  onceInUse(used);
  expect(used).not.toHaveBeenCalled();
  fireEvent[act](document.body);
  fireEvent[act](document.body);
  expect(used).toHaveBeenCalledTimes(1);
});

it('does not call back after it was stopped', () => {
  const used = vi.fn<() => void>();
  const stop = onceInUse(used);
  stop();
  fireEvent.keyDown(document.body);
  expect(used).not.toHaveBeenCalled();
});
