import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFileLog } from './file-log.ts';

describe('the log file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reset-desk-log-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('writes messages with their facts and errors with a reference', async () => {
    const log = openFileLog({ folder, alsoToConsole: false });
    log.info('backend ready', { port: 40123 });
    const thrown = Object.assign(new Error('refused: password=Kestrel42'), {
      code: 'EBAD',
      // Neither name nor value is one that a redactor knows.
      config: { headers: { Authorization: 'Bearer verysecret' }, note: 'lantern by the lake' },
    });
    const reference = log.unexpected('call failed', thrown);

    const written = await readFile(join(folder, 'reset-desk.log'), 'utf8');
    expect(written).toContain('backend ready port=40123');
    expect(written).toContain(`call failed reference=${reference}`);
    expect(written).toContain('code=EBAD');
    expect(written).not.toMatch(/Kestrel42|verysecret|lantern/);
    expect((await stat(join(folder, 'reset-desk.log'))).mode & 0o777).toBe(0o600);
  });
});
