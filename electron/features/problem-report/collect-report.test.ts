import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newSettings } from '../../services/settings-file/settings.ts';
import { collectReport, hiddenOfServers, withoutHidden } from './collect-report.ts';

describe('a report', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'reset-desk-report-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('has the facts and the ends of the logs in whole lines', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index} of the log`);
    writeFileSync(join(folder, 'reset-desk.log'), `${lines.join('\n')}\n`);
    const files = await collectReport({ version: '1.0.0' }, folder, []);
    expect(files.map(({ name }) => name)).toEqual(['facts.json', 'console.log']);
    const log = files[1]?.text ?? '';
    expect(log.length).toBeLessThanOrEqual(256 * 1024);
    expect(log).toMatch(/^line \d+ of the log\n/);
    expect(log.endsWith('line 19999 of the log\n')).toBe(true);
  });

  it('leaves out the names of computer, user, servers and operators', async () => {
    writeFileSync(
      join(folder, 'reset-desk.log'),
      'ANN at DESK.example.com: /home/ann/.config token=abc, https://desk.example.com/x?code=7 jdoe@example.com\n',
    );
    const hidden = [
      ['/home/ann', '~'],
      ['ann', '[user]'],
      ...hiddenOfServers({
        ...newSettings(),
        current: { kind: 'server', address: 'https://desk.example.com/reset' },
        servers: [{ address: 'https://other.example.com', lastUserName: 'olga' }],
      }),
    ] as const;
    const [, log] = await collectReport({}, folder, hidden);
    expect(log?.text).toBe(
      '[user] at [server]: ~/.config token=[redacted], https://[server]/x?[redacted] [e-mail]\n',
    );
  });

  it('hides texts literally, even if they contain characters of patterns', () => {
    expect(
      withoutHidden('a+b (c) jo joins', [
        ['a+b (c)', 'X'],
        ['jo', 'Y'],
      ]),
    ).toBe('X jo joins');
  });
});
