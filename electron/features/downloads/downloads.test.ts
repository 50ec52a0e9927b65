import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import { createDownloads } from './downloads.ts';

describe('a file of the server', () => {
  let folder: string;
  let suggested: string[];
  let isCancelled: boolean;
  const download = vi.fn<(endpoint: { id: string }, input: object) => Promise<Readable>>();
  let downloads: ReturnType<typeof createDownloads>;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'downloads-'));
    suggested = [];
    isCancelled = false;
    download.mockReset().mockImplementation(async () => Readable.from(['first\n', 'second\n']));
    downloads = createDownloads({
      session: { download: download as never },
      chooseTarget: async (name) => {
        suggested.push(name);
        return isCancelled ? null : join(folder, 'chosen.csv');
      },
    });
  });
  afterEach(() => rm(folder, { recursive: true }));
  const save = () => downloads.saveMissing({ requiredResetId: 'q1' });
  /** Breaks off after the first line. */
  const breakOff = (thrown: Error) =>
    download.mockImplementation(async () =>
      Readable.from(
        (function* lines() {
          yield 'first\n';
          throw thrown;
        })(),
      ),
    );

  it('is saved under the chosen name, of which the page learns no folder', async () => {
    expect(await save()).toBe('chosen.csv');
    expect(await readFile(join(folder, 'chosen.csv'), 'utf8')).toBe('first\nsecond\n');
  });
  it.skipIf(process.platform === 'win32')('is readable to its owner alone', async () => {
    await save();
    expect((await stat(join(folder, 'chosen.csv'))).mode & 0o777).toBe(0o600);
  });
  it('leaves no other file', async () => {
    await save();
    expect(await readdir(folder)).toEqual(['chosen.csv']);
  });
  it('is not asked for when the dialog was cancelled', async () => {
    isCancelled = true;
    expect(await save()).toBeNull();
    expect(download).not.toHaveBeenCalled();
  });
  it('leaves nothing but a reason when it breaks off', async () => {
    breakOff(new ConsoleFailure('server.unreachable'));
    await expect(save()).rejects.toThrow('server.unreachable');
    expect(await readdir(folder)).toEqual([]);
  });
  it('leaves an older file of that name as it was when it breaks off', async () => {
    await save();
    breakOff(new ConsoleFailure('server.unreachable'));
    await save().catch(() => undefined);
    expect(await readFile(join(folder, 'chosen.csv'), 'utf8')).toBe('first\nsecond\n');
  });
  it('is reported as unwritable when it cannot be written', async () => {
    breakOff(new Error('ENOSPC'));
    await expect(save()).rejects.toThrow('file.unwritable');
  });

  it.each([
    ['saveAudit', { query: { format: 'csv' } }, 'exportAudit', /^reset-desk-audit-\d{4}-\d\d-\d\d\.csv$/],
    ['saveAudit', { query: {} }, 'exportAudit', /^reset-desk-audit-\d{4}-\d\d-\d\d\.jsonl$/],
    ['saveMissing', { requiredResetId: 'q1' }, 'exportRequiredReset', /^required-reset-missing\.csv$/],
    ['saveCases', { query: { whose: 'own' } }, 'exportCases', /^reset-desk-cases-\d{4}-\d\d-\d\d\.csv$/],
    [
      'saveEvidence',
      { caseId: 'c1', caseNumber: 7, format: 'pdf' },
      'getEvidencePack',
      /^reset-desk-case-7\.pdf$/,
    ],
  ] as const)('is asked for by %s under a name that says what it is', async (call, args, endpoint, name) => {
    await downloads[call](args as never);
    expect(download.mock.calls[0]?.[0].id).toBe(endpoint);
    expect(suggested).toEqual([expect.stringMatching(name)]);
  });
});
