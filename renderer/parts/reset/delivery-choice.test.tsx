import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { DeliveryChoices } from '../../../shared/api/delivery.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { DeliveryChoice, type ChosenDelivery } from './delivery-choice.tsx';

const choices: DeliveryChoices = {
  credentials: [{ credential: 'password', obstacle: null }],
  modes: [
    { mode: 'spoken', obstacle: null },
    { mode: 'sealed', obstacle: 'no-channel' },
    { mode: 'split', obstacle: null },
  ],
  mode: 'spoken',
  channels: [
    { channel: 'mail', sentTo: 'm•••@e•••.com', obstacle: null },
    { channel: 'text', sentTo: '••• 12', obstacle: 'changed-lately' },
  ],
  channel: 'mail',
  fates: ['dies-now', 'works-until-used'],
  fate: 'works-until-used',
};

beforeAll(() => setUpTexts());
afterEach(cleanup);

const show = (
  chosen: ChosenDelivery,
  onChoose: (chosen: ChosenDelivery) => void = () => undefined,
  offered = choices,
  mayOpenMailbox = false,
) =>
  render(
    <MantineProvider>
      <DeliveryChoice choices={offered} chosen={chosen} onChoose={onChoose} mayOpenMailbox={mayOpenMailbox} />
    </MantineProvider>,
  );
const select = (name: string) => screen.getByRole<HTMLSelectElement>('combobox', { name });

it('preselects the default and disables what cannot be delivered', () => {
  show({});
  expect(select('Delivery of the temporary password').value).toBe('spoken');
  expect(select('The old password').value).toBe('works-until-used');
  const sealed = screen.getByRole<HTMLOptionElement>('option', {
    name: 'Sealed (no address can receive it)',
  });
  expect(sealed.disabled).toBe(true);
});

it('explains the chosen delivery and where the sent half goes', () => {
  const onChoose = vi.fn<(chosen: ChosenDelivery) => void>();
  show({ oldPassword: 'dies-now' }, onChoose);
  fireEvent.change(select('Delivery of the temporary password'), { target: { value: 'split' } });
  expect(onChoose).toHaveBeenCalledWith({ oldPassword: 'dies-now', deliveryMode: 'split' });
  cleanup();
  show({ deliveryMode: 'split' });
  expect(
    screen.getByText('You read out the first half; the second half goes to m•••@e•••.com.'),
  ).toBeTruthy();
});

it('lets the operator choose between email and text message, except for a spoken password', () => {
  const both: DeliveryChoices = {
    ...choices,
    channels: choices.channels.map((channel) => ({ ...channel, obstacle: null })),
    channel: 'text',
  };
  const onChoose = vi.fn<(chosen: ChosenDelivery) => void>();
  show({ deliveryMode: 'split' }, onChoose, both);
  expect(select('Sent by').value).toBe('text');
  expect(screen.getByText('You read out the first half; the second half goes to ••• 12.')).toBeTruthy();
  fireEvent.change(select('Sent by'), { target: { value: 'mail' } });
  expect(onChoose).toHaveBeenCalledWith({ deliveryMode: 'split', sentBy: 'mail' });
  cleanup();
  show({ deliveryMode: 'split', sentBy: 'mail' }, onChoose, both);
  fireEvent.change(select('Delivery of the temporary password'), { target: { value: 'spoken' } });
  expect(onChoose).toHaveBeenLastCalledWith({ deliveryMode: 'spoken' });
  cleanup();
  show({}, onChoose, both);
  expect(select('Sent by').disabled).toBe(true);
});

it('explains why a sealed password cannot be sent', () => {
  const closed: DeliveryChoices = {
    ...choices,
    modes: choices.modes.map(({ mode }) => ({ mode, obstacle: mode === 'spoken' ? null : 'no-channel' })),
    mode: 'sealed',
    channels: [
      { channel: 'mail', sentTo: null, obstacle: 'no-address' },
      { channel: 'text', sentTo: '••• 12', obstacle: 'changed-lately' },
    ],
  };
  show({}, undefined, closed);
  const message = screen.getByRole('alert').textContent;
  expect(message).toContain('there is no email address on file');
  expect(message).toContain('the phone number was changed too recently');
  expect(message).toContain('Choose “Read out by you” above');
  cleanup();
  const sealedOnly = { ...closed, modes: closed.modes.filter(({ mode }) => mode === 'sealed') };
  show({}, undefined, sealedOnly);
  expect(screen.getByRole('alert').textContent).toContain('The policy allows no other delivery');
  cleanup();
  show({ deliveryMode: 'spoken' }, undefined, closed);
  expect(screen.queryByRole('alert')).toBeNull();
});

it('offers a one-time pass, without further choices, where the directory issues passes', () => {
  const onChoose = vi.fn<(chosen: ChosenDelivery) => void>();
  const offered: DeliveryChoices = {
    ...choices,
    credentials: [...choices.credentials, { credential: 'access-pass', obstacle: null }],
  };
  show({ deliveryMode: 'split' }, onChoose, offered);
  fireEvent.change(select('The caller gets'), { target: { value: 'access-pass' } });
  expect(onChoose).toHaveBeenCalledWith({ credential: 'access-pass' });
  cleanup();
  show({ credential: 'access-pass' }, onChoose, offered);
  expect(screen.getAllByRole('combobox')).toHaveLength(1);
  expect(screen.getByText(/works once/)).toBeTruthy();
});

it('offers no pass where the directory issues none', () => {
  show({});
  expect(screen.queryByRole('combobox', { name: 'The caller gets' })).toBeNull();
});

it('says that a pass needs more checks than a temporary password', () => {
  const closed = [
    ...choices.credentials,
    { credential: 'access-pass' as const, obstacle: 'assurance' as const },
  ];
  show({}, undefined, { ...choices, credentials: closed });
  const option = screen.getByRole<HTMLOptionElement>('option', { name: /needs more checks/ });
  expect(option.disabled).toBe(true);
});

it('warns of a mailbox that the forgotten password opens, and names what to choose instead', () => {
  const warning = /opens that mailbox as well/;
  const both = {
    ...choices,
    channels: choices.channels.map((channel) => ({ ...channel, obstacle: null })),
  };
  show({ deliveryMode: 'split' }, undefined, both, true);
  expect(screen.getByText(warning).textContent).toContain('Choose the text message.');
  cleanup();
  show({ deliveryMode: 'split' }, undefined, choices, true);
  expect(screen.getByText(warning).textContent).toContain('Choose “Read out by you”.');
  cleanup();
  show({ deliveryMode: 'split', sentBy: 'text' }, undefined, both, true);
  expect(screen.queryByText(warning)).toBeNull();
  cleanup();
  show({ deliveryMode: 'spoken' }, undefined, both, true);
  expect(screen.queryByText(warning)).toBeNull();
  cleanup();
  show({ deliveryMode: 'split' }, undefined, both);
  expect(screen.queryByText(warning)).toBeNull();
});
