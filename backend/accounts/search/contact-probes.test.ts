import { describe, expect, it } from 'vitest';
import { systemOrigin } from '../../store/append-event.ts';
import { createContactProbes } from './contact-probes.ts';

/** The texts of a search field while a text is typed. */
const keyByKey = (text: string): string[] => Array.from(text, (_key, at) => text.slice(0, at + 1));

function probes() {
  const clock = { at: 0 };
  const recorded: unknown[] = [];
  const eventWindows = { record: async (event: unknown) => void recorded.push(event) };
  const found = createContactProbes({ eventWindows, now: () => clock.at });
  const search = async (texts: readonly string[]) => {
    for (const text of texts) await found.note('olga', text, false, systemOrigin);
  };
  return { clock, search, recorded, isAllowed: () => found.assertAllowed('olga', '+49 151 5550199') };
}

const ofCallers = ['+491515550110', '+33612345678901', '+81312345678', '+441632960123'];

/** Numbers of which every two differ in several digits, so that none is a variation of another. */
const unlike = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, at) => {
    const [tens, ones] = [Math.floor((from + at) / 10) % 10, (from + at) % 10];
    return `+491515${tens}${ones}${(tens + ones) % 10}${(tens + 3 * ones) % 10}318`;
  });

describe('searches for contact data that match nothing', () => {
  it('are no guesses while numbers are typed key by key', async () => {
    const { search, recorded, isAllowed } = probes();
    for (const number of ofCallers) await search(keyByKey(number));
    expect(recorded).toEqual([]);
    expect(isAllowed).not.toThrow();
  });

  it('are guesses when one variation follows another', async () => {
    const { search, recorded, isAllowed } = probes();
    await search(Array.from({ length: 32 }, (_, at) => `+4915155501${String(at + 10)}`));
    expect(recorded.length).toBeGreaterThan(0);
    expect(isAllowed).toThrow(expect.objectContaining({ code: 'request.rate-limited' }));
  });

  it('are no guesses while mistyped numbers are corrected', async () => {
    const { search, recorded } = probes();
    for (const number of ofCallers)
      await search([
        ...keyByKey(`${number.slice(0, 9)}9`),
        ...keyByKey(number.slice(0, 9)).toReversed(),
        ...keyByKey(number),
      ]);
    expect(recorded).toEqual([]);
  });

  it.each([
    ['pasted', (numbers: readonly string[]) => numbers],
    [
      'typed over each other',
      (numbers: readonly string[]) =>
        numbers.flatMap((number) => [...keyByKey(number), ...keyByKey(number).toReversed()]),
    ],
  ])('are guesses when very different numbers are %s', async (_how, texts) => {
    const { search, recorded, isAllowed } = probes();
    await search(texts(unlike(0, 70)));
    expect(recorded.length).toBeGreaterThan(0);
    expect(isAllowed).toThrow(expect.objectContaining({ code: 'request.rate-limited' }));
  });

  it('are recorded when they go on slowly for hours', async () => {
    const { clock, search, recorded, isAllowed } = probes();
    for (let hour = 0; hour < 18; hour += 1) {
      clock.at += 3_600_000;
      await search(unlike(5 * hour, 15));
      expect(isAllowed).not.toThrow();
    }
    expect(recorded.length).toBeGreaterThan(0);
    recorded.length = 0;
    clock.at += 24 * 3_600_000;
    await search(unlike(0, 15));
    expect(recorded).toEqual([]);
  });
});
