import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CaseView } from '../../../shared/api/case.ts';
import { firstView } from '../../screens/case/case-view-for-test.ts';
import { caseTexts } from '../../texts/en/case.ts';
import { MemoryNote } from './memory-note.tsx';

beforeAll(async () => {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    interpolation: { escapeValue: false },
    resources: { en: { translation: { case: caseTexts } } },
  });
});
afterEach(cleanup);

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

/** The lines of the note, in their order. */
function linesOf(memory: Partial<CaseView['memory']>, alertRaised = false): string[] {
  render(
    <MantineProvider>
      <MemoryNote view={{ ...firstView(), alertRaised, memory: { ...firstView().memory, ...memory } }} />
    </MantineProvider>,
  );
  const note = screen.queryByRole('note', { name: caseTexts.who.memory });
  return note === null ? [] : [...note.querySelectorAll('p')].map((line) => line.textContent);
}

describe('what an account remembers', () => {
  it('begins with a reset a minute ago and by whom it was', () => {
    const flag = { at: minutesAgo(30), by: 'Petra' } as CaseView['memory']['flag'];
    const [first, ...others] = linesOf(
      { lastReset: { at: minutesAgo(1), own: true, by: 'Ann' }, flag },
      true,
    );
    expect(first).toBe('Reset one minute ago by you.');
    expect(others).toHaveLength(2);
  });

  it.each([
    [0, false, 'Olga', 'Reset a moment ago by Olga.'],
    [59, false, 'Olga', 'Reset 59 minutes ago by Olga.'],
    [60, false, 'Olga', 'Reset one hour ago by Olga.'],
    [47 * 60, false, null, 'Reset 47 hours ago by the user.'],
    [48 * 60, true, null, 'Reset 2 days ago by you.'],
  ])('says that it was reset %i minutes ago', (minutes, own, by, line) => {
    expect(linesOf({ lastReset: { at: minutesAgo(minutes), own, by } })).toEqual([line]);
  });

  it.each([
    ['flag', /another account of this person was flagged/],
    ['freeze', /froze another account of theirs/],
  ] as const)('warns of a %s of another account of the person', (what, words) => {
    expect(linesOf({ linked: { what, at: minutesAgo(5) } })).toEqual([expect.stringMatching(words)]);
  });

  it('is not shown when there is nothing to warn of', () => {
    expect(linesOf({})).toEqual([]);
  });
});
