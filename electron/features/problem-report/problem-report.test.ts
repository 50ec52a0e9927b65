import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReportFile } from '../../../shared/bridge/problem-report.ts';
import { createProblemReport } from './problem-report.ts';

describe('the saved report', () => {
  let folder: string;
  let collected: readonly ReportFile[];
  let target: string | null;
  let suggested: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'reset-desk-saved-'));
    collected = [
      { name: 'facts.json', text: '{}' },
      { name: 'console.log', text: 'a line' },
    ];
    target = join(folder, 'report.zip');
    suggested = [];
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const create = () =>
    createProblemReport({
      collect: async () => collected,
      chooseTarget: async (name) => {
        suggested.push(name);
        return target;
      },
      now: () => Date.parse('2026-11-29T08:00:00Z'),
    });
  const saved = () =>
    Object.fromEntries(
      Object.entries(unzipSync(readFileSync(target ?? ''))).map(([name, bytes]) => [name, strFromU8(bytes)]),
    );

  it('is what its sender has read even if the log has grown since', async () => {
    const report = create();
    expect(await report.problemReport(null)).toEqual({ files: collected });
    collected = [{ name: 'console.log', text: 'something new' }];
    expect(
      await report.saveProblemReport({ description: 'Why?', files: ['facts.json', 'console.log'] }),
    ).toBe('report.zip');
    expect(saved()).toEqual({ 'facts.json': '{}', 'console.log': 'a line', 'description.txt': 'Why?' });
    expect(statSync(target ?? '').mode & 0o777).toBe(0o600);
    expect(suggested).toEqual(['reset-desk-report-2026-11-29.zip']);
  });

  it('holds only the files that were shown and chosen', async () => {
    const report = create();
    await report.problemReport(null);
    await report.saveProblemReport({ description: '', files: ['console.log', 'console.old.log'] });
    expect(saved()).toEqual({ 'console.log': 'a line' });
    const unread = create();
    await unread.saveProblemReport({ description: '', files: ['facts.json', 'console.log'] });
    expect(saved()).toEqual({});
  });

  it('is not written if the sender cancels', async () => {
    const report = create();
    await report.problemReport(null);
    target = null;
    expect(await report.saveProblemReport({ description: '', files: ['facts.json'] })).toBeNull();
    target = join(folder, 'missing', 'report.zip');
    await expect(report.saveProblemReport({ description: '', files: ['facts.json'] })).rejects.toThrow(
      'file.unwritable',
    );
  });
});
