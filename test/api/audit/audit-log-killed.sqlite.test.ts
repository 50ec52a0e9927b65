import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect } from 'vitest';
import type { FaultKind } from '../../../shared/api/audit.ts';
import { runCommand } from '../../../backend/app/commands/run-command.ts';
import { killableTest as it } from '../../fixtures/api.ts';

/** Simultaneous events, and how many of them have been answered when the backend is killed. */
const [together, killAfter] = [1000, 300];

describe('the audit log of a backend that is killed while a thousand events come at once', () => {
  const verifyIn = async (
    dataFolder: string,
  ): Promise<{
    code: number;
    verdict: { events: number; fault: { kind: FaultKind; seq: number } | null };
  }> => {
    const lines: string[] = [];
    const words = { out: (line: string) => lines.push(line), err: (line: string) => lines.push(line) };
    const code = await runCommand(['audit', 'verify', '--data', dataFolder, '--json'], {}, words);
    return { code, verdict: JSON.parse(lines.join('')) as Awaited<ReturnType<typeof verifyIn>>['verdict'] };
  };
  /** Runs statements on the database of a stopped backend, as an attacker who first drops the triggers that guard it. */
  const tamperIn = (dataFolder: string, ...statements: string[]) => {
    const database = new Database(join(dataFolder, 'reset-desk.db'));
    for (const change of ['update', 'delete'])
      database.exec(`drop trigger if exists audit_events_no_${change}`);
    for (const statement of statements) database.exec(statement);
    database.close();
  };

  const eventWith = (dataFolder: string, text: string): { seq: number; facts: string } => {
    const database = new Database(join(dataFolder, 'reset-desk.db'), { readonly: true });
    const row: unknown = database
      .prepare('select seq, facts from audit_events where instr(facts, ?) > 0 order by seq desc limit 1')
      .get(text);
    database.close();
    return row as { seq: number; facts: string };
  };
  /** Changes the letters in every place where the file holds those facts. */
  const flipIn = (dataFolder: string, facts: string, from: string, to: string) => {
    // The log beside the file would otherwise hide the change.
    tamperIn(dataFolder, 'pragma wal_checkpoint(truncate)');
    const file = join(dataFolder, 'reset-desk.db');
    const bytes = readFileSync(file);
    const now = Buffer.from(facts.replace('INC-', from));
    let places = 0;
    for (let at = bytes.indexOf(now); at >= 0; at = bytes.indexOf(now, at + 1)) {
      bytes.write(facts.replace('INC-', to), at);
      places += 1;
    }
    expect(places).toBeGreaterThan(0);
    writeFileSync(file, bytes);
  };

  it('contains every event that was answered', async ({ backend, tokens }) => {
    const { dataFolder } = backend;
    const verify = () => verifyIn(dataFolder);
    const tamper = (...statements: string[]) => tamperIn(dataFolder, ...statements);
    const flip = (text: string, from: string, to: string) => flipIn(dataFolder, text, from, to);
    const headers = { authorization: `Bearer ${tokens.accessToken}` };
    const call = (path: string, body: unknown) => backend.ask('POST', `/api/v1${path}`, body, headers);
    await call('/imports/samples', {});
    const found = await backend.ask('GET', '/api/v1/accounts?q=m.okafor', undefined, headers);
    const [hit] = ((await found.json()) as { hits: { id: string }[] }).hits;
    const opened = (await (await call('/cases', { accountId: hit?.id })).json()) as { id: string };

    // Each call is one transaction with one event.
    let answered = 0;
    const kills: Promise<void>[] = [];
    const calls = Array.from({ length: together }, async (_none, index) => {
      const answer = await backend.ask(
        'PATCH',
        `/api/v1/cases/${opened.id}`,
        { ticket: `INC-${index}` },
        headers,
      );
      if (answer.status !== 200) return;
      answered += 1;
      if (answered === killAfter) kills.push(backend.kill('SIGKILL'));
    });
    await Promise.allSettled(calls);
    expect(answered).toBeGreaterThanOrEqual(killAfter);
    expect(answered).toBeLessThan(together);
    await Promise.all(kills);

    const first = await verify();
    expect(first).toMatchObject({ code: 0, verdict: { fault: null } });
    expect(first.verdict.events).toBeGreaterThan(answered);

    // A restarted backend continues the same chain and signs its end.
    await backend.start();
    await call(`/cases/${opened.id}/close`, {});
    await backend.kill('SIGTERM');
    const second = await verify();
    expect(second).toMatchObject({ code: 0, verdict: { fault: null } });
    expect(second.verdict.events).toBeGreaterThan(first.verdict.events);

    // A byte of the file itself: one letter of a ticket in an event.
    const { seq, facts } = eventWith(dataFolder, '"INC-');
    flip(facts, 'INC-', 'JNC-');
    expect((await verify()).verdict.fault).toMatchObject({ kind: 'altered', seq });
    flip(facts, 'JNC-', 'INC-');
    expect((await verify()).verdict.fault).toBeNull();
    tamper(
      'update audit_events set seq = -1 where seq = 90',
      'update audit_events set seq = 90 where seq = 91',
      'update audit_events set seq = 91 where seq = -1',
    );
    expect((await verify()).verdict.fault).toMatchObject({ kind: 'reordered', seq: 90 });
    tamper(
      'update audit_events set seq = -1 where seq = 90',
      'update audit_events set seq = 90 where seq = 91',
      'update audit_events set seq = 91 where seq = -1',
    );
    tamper(
      'create table kept as select * from audit_events where seq = 80',
      'delete from audit_events where seq = 80',
    );
    expect((await verify()).verdict.fault).toMatchObject({ kind: 'removed', seq: 80 });
    tamper('insert into audit_events select * from kept', 'drop table kept');
    expect((await verify()).verdict.fault).toBeNull();
    tamper(
      'create table forged as select * from audit_events where seq = 70',
      'update audit_events set seq = -(seq + 1) where seq >= 70',
      'update audit_events set seq = -seq where seq < 0',
      'insert into audit_events select * from forged',
    );
    expect((await verify()).verdict).toMatchObject({ fault: { kind: 'inserted', seq: 70 } });
    expect((await verify()).code).toBe(1);
  }, 180_000);
});
