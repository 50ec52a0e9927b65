import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { DeliveryChoices } from '../../shared/api/delivery.ts';
import { setUpTexts } from '../texts/set-up-texts.ts';
import { DeliveryChoice, type ChosenDelivery } from './delivery-choice.tsx';

const choices: DeliveryChoices = {
  modes: [
    { mode: 'spoken', obstacle: null },
    { mode: 'sealed', obstacle: 'no-channel' },
    { mode: 'split', obstacle: null },
  ],
  mode: 'spoken',
  sentTo: 'm•••@e•••.com',
  fates: ['dies-now', 'works-until-used'],
  fate: 'works-until-used',
};

beforeAll(() => setUpTexts());
afterEach(cleanup);

const show = (chosen: ChosenDelivery, onChoose: (chosen: ChosenDelivery) => void = () => undefined) =>
  render(
    <MantineProvider>
      <DeliveryChoice choices={choices} chosen={chosen} onChoose={onChoose} />
    </MantineProvider>,
  );
const select = (name: string) => screen.getByRole<HTMLSelectElement>('combobox', { name });

it('stands on the default, and offers nothing that cannot be delivered', () => {
  show({});
  expect(select('The temporary password is').value).toBe('spoken');
  expect(select('The old password').value).toBe('works-until-used');
  const sealed = screen.getByRole<HTMLOptionElement>('option', {
    name: 'sealed (no address may receive it)',
  });
  expect(sealed.disabled).toBe(true);
});

it('says what is chosen, and where the sent half goes', () => {
  const onChoose = vi.fn<(chosen: ChosenDelivery) => void>();
  show({ oldPassword: 'dies-now' }, onChoose);
  fireEvent.change(select('The temporary password is'), { target: { value: 'split' } });
  expect(onChoose).toHaveBeenCalledWith({ oldPassword: 'dies-now', deliveryMode: 'split' });
  cleanup();
  show({ deliveryMode: 'split' });
  expect(screen.getByText('You read out the first half; the second goes to m•••@e•••.com.')).toBeTruthy();
});
