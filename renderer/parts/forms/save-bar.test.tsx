import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen } from '@testing-library/react';
import { beforeAll, expect, it, vi } from 'vitest';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { SaveBar } from './save-bar.tsx';

beforeAll(() => setUpTexts());

function show(state: { readonly isChanged: boolean; readonly isInvalid?: boolean }) {
  const discard = vi.fn<() => void>();
  render(
    <MantineProvider>
      <SaveBar name="form" onDiscard={discard} {...state} />
    </MantineProvider>,
  );
  return { discard, save: screen.getByTestId<HTMLButtonElement>('form-save') };
}

it('has nothing to save or to discard before a change', () => {
  const { save } = show({ isChanged: false });
  expect(save.disabled).toBe(true);
  expect(screen.queryByTestId('form-discard')).toBeNull();
});

it('saves or discards a change', () => {
  const { save, discard } = show({ isChanged: true });
  expect(save.disabled).toBe(false);
  fireEvent.click(screen.getByTestId('form-discard'));
  expect(discard).toHaveBeenCalledTimes(1);
});

it('only discards a change that cannot be saved', () => {
  const { save } = show({ isChanged: true, isInvalid: true });
  expect(save.disabled).toBe(true);
  expect(screen.getByTestId('form-discard')).toBeTruthy();
});
