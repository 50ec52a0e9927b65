import i18next from 'i18next';
import { beforeAll, expect, it } from 'vitest';
import type { TimelineEntry } from '../../shared/api/timeline.ts';
import { setUpTexts } from '../texts/set-up-texts.ts';
import { sentence } from './timeline.tsx';

beforeAll(() => setUpTexts());

it('never says that something was done that was refused', () => {
  const words = i18next.t as Parameters<typeof sentence>[0];
  const say = (action: string, outcome: string) =>
    sentence(words, { action, outcome, facts: {} } as unknown as TimelineEntry);
  expect(say('reset.secret-shown', 'done')).toBe('Temporary password shown');
  expect(say('reset.secret-shown', 'refused')).toBe('Refused: Temporary password shown');
  expect(say('account.unfrozen', 'refused')).toBe('Refused: Account let go');
  // Its own words say no already.
  expect(say('case.refused', 'refused')).toBe('Case refused');
});
