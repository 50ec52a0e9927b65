import { describe, expect, it } from 'vitest';
import { systemOrigin } from '../../store/append-event.ts';
import { createContactProbes } from './contact-probes.ts';

/** The texts of a search field while a text is typed. */
const keyByKey = (text: string): string[] => Array.from(text, (_key, at) => text.slice(0, at + 1));

function probes() {
  const recorded: unknown[] = [];
  const eventWindows = { record: async (event: unknown) => void recorded.push(event) };
  const found = createContactProbes({ eventWindows, now: () => 0 });
  const search = async (texts: readonly string[]) => {
    for (const text of texts) await found.note('olga', text, false, systemOrigin);
  };
  return { search, recorded, isAllowed: () => found.assertAllowed('olga', '+49 151 5550199') };
}

describe('searches for contact data that match nothing', () => {
  it('are no guesses while numbers are typed key by key', async () => {
    const { search, recorded, isAllowed } = probes();
    for (const number of ['+491515550110', '+33612345678901', '+81312345678', '+441632960123'])
      await search(keyByKey(number));
    expect(recorded).toEqual([]);
    expect(isAllowed).not.toThrow();
  });

  it('are guesses when one variation follows another', async () => {
    const { search, recorded, isAllowed } = probes();
    await search(Array.from({ length: 32 }, (_, at) => `+4915155501${String(at + 10)}`));
    expect(recorded.length).toBeGreaterThan(0);
    expect(isAllowed).toThrow(expect.objectContaining({ code: 'request.rate-limited' }));
  });
});
