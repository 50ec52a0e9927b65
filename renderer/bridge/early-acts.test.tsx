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
