import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { rights } from '../../../shared/api/operator.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { SettingsContents } from './settings-contents.tsx';
import { labelsBelow } from './settings-labels.ts';
import { settingsPages } from './settings-pages.tsx';

beforeAll(() => setUpTexts());

const pages = settingsPages(rights, { values: {}, places: [], problems: [] });

function show() {
  const open = vi.fn<(page: string, part: string, label?: string) => void>();
  render(
    <MantineProvider>
      <SettingsContents pages={pages} current="settings-mail-title" part="" onOpen={open} />
    </MantineProvider>,
  );
  const type = (text: string) =>
    fireEvent.change(screen.getByTestId('settings-find'), { target: { value: text } });
  const found = (kind: 'place' | 'label') =>
    screen.queryAllByTestId(`settings-found-${kind}`).map(({ textContent }) => textContent);
  return { open, type, found };
}

describe('the list of settings pages', () => {
  it('lists every page in one group', () => {
    show();
    for (const { title } of pages)
      expect(screen.getAllByTestId(`settings-link-${title.replaceAll('.', '-')}`)).toHaveLength(1);
    expect(screen.getAllByRole('heading').map(({ textContent }) => textContent)).toEqual([
      'Protection',
      'Operators',
      'Connections',
      'Emails and pages',
      'You and this console',
    ]);
  });

  it.for([
    { typed: 'smtp', place: 'Email', label: 'Mail server (SMTP)' },
    {
      typed: 'Link valid',
      place: 'Temporary passwords and reset links',
      label: 'Reset link valid for (hours)',
    },
    { typed: 'DARK', place: 'Appearance', label: 'Dark' },
    { typed: 'email host', place: 'Email', label: 'Host' },
    { typed: 'syslog', place: 'Audit log forwarding', label: 'Syslog' },
  ])('finds “$typed” on the page “$place”', ({ typed, place, label }) => {
    const { type, found } = show();
    type(typed);
    expect(found('place')).toContain(place);
    expect(found('label')).toContain(label);
  });

  it('opens the page of a found label, and says which one', () => {
    const { open, type } = show();
    type('smtp');
    fireEvent.click(screen.getByText('Mail server (SMTP)'));
    expect(open).toHaveBeenCalledExactlyOnceWith(
      'settings-mail-title',
      'settings-mail-title',
      'Mail server (SMTP)',
    );
  });

  it('opens the part of the policy that has a rule', () => {
    const { open, type } = show();
    type('reset link valid');
    fireEvent.click(screen.getByText('Reset link valid for (hours)'));
    expect(open).toHaveBeenCalledExactlyOnceWith(
      'policy-title',
      'policy-topics-resets',
      'Reset link valid for (hours)',
    );
  });

  it('says that nothing was found', () => {
    const { type, found } = show();
    type('nonsense');
    expect(found('place')).toEqual([]);
    expect(screen.getByRole('status').textContent).toBe('Nothing found. Try another word.');
  });
});

it.for(pages.filter(({ texts }) => texts.length > 0))('$title is found by texts that exist', ({ texts }) => {
  const read = (key: string): unknown => i18next.t(key as never, { returnObjects: true } as never);
  for (const key of texts) expect(labelsBelow(read, [key]).filter((label) => label !== key)).not.toEqual([]);
});
