import { fireEvent, render, screen } from '@testing-library/react';
import type { FormEvent } from 'react';
import { expect, it, vi } from 'vitest';
import { keepEarlyActs, repeatEarlyActs } from './early-acts.ts';

it('an act before the screen is ready happens once, even if the screen had its code', () => {
  const toggled = vi.fn<() => void>();
  const sent = vi.fn<(event: FormEvent) => void>((event) => event.preventDefault());
  keepEarlyActs();
  render(
    <form onSubmit={sent}>
      <button type="button" onClick={toggled}>
        show
      </button>
      <button type="submit">sign in</button>
    </form>,
  );
  fireEvent.click(screen.getByText('show'));
  expect(toggled).not.toHaveBeenCalled();
  repeatEarlyActs();
  expect(toggled).toHaveBeenCalledTimes(1);

  keepEarlyActs();
  fireEvent.click(screen.getByText('sign in'));
  expect(sent).not.toHaveBeenCalled();
  repeatEarlyActs();
  expect(sent).toHaveBeenCalledTimes(1);

  fireEvent.click(screen.getByText('show'));
  expect(toggled).toHaveBeenCalledTimes(2);
});

it.each([
  ['pressed before the screen is ready', ['mousedown', 'click'], []],
  ['pressed while it becomes ready', ['mousedown'], ['click']],
  ['pressed by a key before it is ready', ['click'], []],
  ['pressed when it is ready', [], ['mousedown', 'click']],
] as const)('a button that acts when the mouse button goes down acts once: %s', (_when, before, after) => {
  const toggled = vi.fn<() => void>();
  keepEarlyActs();
  render(
    <button type="button" onMouseDown={toggled}>
      toggle
    </button>,
  );
  const happens = (kind: 'mousedown' | 'click') =>
    screen.getByText('toggle').dispatchEvent(new MouseEvent(kind, { bubbles: true, cancelable: true }));
  before.forEach(happens);
  expect(toggled).not.toHaveBeenCalled();
  repeatEarlyActs();
  after.forEach(happens);
  expect(toggled).toHaveBeenCalledTimes(1);
});
