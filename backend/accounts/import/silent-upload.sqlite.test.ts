import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  contactsHeader as header,
  contactsMapping as mapping,
  openForTest,
  operator,
} from '../open-for-test.ts';

// Runs only on SQLite: the test replaces timers, and PostgreSQL's client has timers of its own.
describe('an import', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  beforeEach(async () => {
    desk = await openForTest();
  });
  afterEach(() => desk.close());

  it('fails without blocking the next import if the file stops arriving without an end', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { id } = await desk.imports.create({ fileName: 'a', bytesTotal: 1000, mapping }, operator);
      const silent = new Readable({ read: () => undefined });
      silent.push(`${header}a,A,,\n`);
      const uploaded = desk.imports.upload(id, silent, operator);
      await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
      await vi.waitFor(() => {
        vi.advanceTimersByTime(60_000);
        expect(vi.getTimerCount()).toBe(0);
      });
      expect(await uploaded).toMatchObject({ state: 'failed', failure: { code: 'import.interrupted' } });
    } finally {
      vi.useRealTimers();
    }
    expect(await desk.importCsv(`${header}b,B,,\n`, mapping)).toMatchObject({ state: 'finished' });
  });
});
