import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const supervisor = join(import.meta.dirname, 'windows', 'run-backend.mjs');
const installer = readFileSync(join(import.meta.dirname, 'windows', 'install-service.ps1'), 'utf8');

describe('the program of the scheduled task', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'reset-desk-task-'));
    cpSync(supervisor, join(folder, 'run-backend.mjs'));
    mkdirSync(join(folder, 'out/backend'), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs it with a backend whose starts end one after another in these ways. */
  async function runs(ends: readonly string[]) {
    writeFileSync(join(folder, 'ends'), ends.join('\n'));
    const backend = `
      import { readFileSync, writeFileSync } from 'node:fs';
      const file = new URL('../../ends', import.meta.url);
      const [end, ...later] = readFileSync(file, 'utf8').split('\\n');
      writeFileSync(file, later.join('\\n'));
      console.log('started with ' + process.env.RESET_DESK_DATA);
      if (end === 'SIGKILL') process.kill(process.pid, end);
      else process.exit(Number(end));`;
    writeFileSync(join(folder, 'out/backend/main.js'), backend);
    const args = [join(folder, 'run-backend.mjs'), '--pause=0'];
    const env = { ...process.env, RESET_DESK_DATA: 'D:\\\\desk' };
    const { stdout, stderr, code } = await run(process.execPath, args, { env }).then(
      (ended) => ({ ...ended, code: 0 }),
      (thrown: { stdout: string; stderr: string; code: number }) => thrown,
    );
    const events = stderr
      .trim()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    return { code, starts: stdout.match(/started with D:/g)?.length, events };
  }

  it('starts the backend again after each failure, until it is stopped', async () => {
    const { code, starts, events } = await runs(['1', 'SIGKILL', '0']);
    expect({ code, starts }).toEqual({ code: 0, starts: 3 });
    expect(events).toMatchObject([
      { event: 'starting-again', code: 1, seconds: 0 },
      { event: 'starting-again', signal: 'SIGKILL' },
    ]);
  });

  it('does not start it again before an administrator has corrected what it reports', async () => {
    const { code, starts, events } = await runs(['1', '78', '0']);
    expect({ code, starts }).toEqual({ code: 78, starts: 2 });
    expect(events.at(-1)).toMatchObject({ event: 'not-started-again', code: 78 });
  });

  it('is what the task runs, and the scheduler itself starts nothing again', () => {
    expect(installer).toContain("Join-Path $PSScriptRoot 'run-backend.mjs'");
    expect(installer).not.toContain('-RestartCount');
  });
});
