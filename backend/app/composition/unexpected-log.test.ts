import { beforeEach, describe, expect, it } from 'vitest';
import { DatabaseFault } from '../../store/database-fault.ts';
import { createUnexpectedLog } from './unexpected-log.ts';

const minute = 60_000;

describe('the log of unexpected errors', () => {
  let at: number;
  let lines: { event: string; facts: Readonly<Record<string, string | number>> }[];
  let report: ReturnType<typeof createUnexpectedLog>;
  beforeEach(() => {
    at = 0;
    lines = [];
    report = createUnexpectedLog(
      (event, facts) => lines.push({ event, facts }),
      () => at,
    );
  });

  it('gets one line a minute for a database that is away, with the number of those omitted', () => {
    for (let call = 0; call < 1000; call += 1)
      report('sweep', new DatabaseFault('storage.unavailable', 'it is away'));
    expect(lines).toEqual([
      {
        event: 'storage-fault',
        facts: { code: 'storage.unavailable', reason: 'it is away', reference: 'sweep' },
      },
    ]);
    at = minute;
    report('mail queue', new DatabaseFault('storage.unavailable', 'it is away'));
    expect(lines[1]?.facts).toMatchObject({ reference: 'mail queue', omitted: 999 });
  });

  it('gets a line for each kind of fault', () => {
    for (const code of ['storage.full', 'storage.locked', 'storage.full'] as const)
      report('sweep', new DatabaseFault(code, code));
    expect(lines.map(({ facts }) => facts['code'])).toEqual(['storage.full', 'storage.locked']);
  });

  it('gets ten lines a minute of the same unexpected error, each with its reference', () => {
    const error = new TypeError('no');
    for (let call = 0; call < 15; call += 1) report(`ref-${call}`, error);
    report('other', new TypeError('another'));
    expect(lines).toHaveLength(11);
    expect(lines[9]?.facts['reference']).toBe('ref-9');
    at = minute;
    report('later', error);
    expect(lines[11]?.facts).toMatchObject({ reference: 'later', omitted: 5 });
  });

  it('forgets the oldest kind when there are very many', () => {
    for (let kind = 0; kind < 200; kind += 1) report('x', new TypeError(`kind ${kind}`));
    expect(lines).toHaveLength(200);
  });
});
