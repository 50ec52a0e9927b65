import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAuditForTest } from '../../audit/open-audit-for-test.ts';
import { commandForTest } from './command-for-test.ts';

describe('a command about the audit log', () => {
  let audit: Awaited<ReturnType<typeof openAuditForTest>>;
  const command = commandForTest();
  const { run } = command;
  beforeEach(async () => {
    audit = await openAuditForTest();
    await audit.append(100);
  });
  afterEach(() => audit.close());

  it('verifies a database while it is in use, without changing it', async () => {
    const before = readFileSync(audit.file);
    expect(await run('audit', 'verify', '--data', audit.folder)).toBe(0);
    expect(command.output.join('\n')).toMatch(
      new RegExp(
        `Unbroken: 100 events, up to event 100\\.\nSigned up to event 64 with key ${audit.key.keyId}\\.`,
      ),
    );
    expect(readFileSync(audit.file).equals(before)).toBe(true);
  });

  it('exits with 1 and the name of what was tampered with in the database', async () => {
    audit.tamper("update audit_events set outcome = 'refused' where seq = 12");
    expect(await run('audit', 'verify', '--data', audit.folder)).toBe(1);
    expect(command.output[0]).toBe('BROKEN: Event 12 was altered.');
    expect(await run('audit', 'verify', '--data', audit.folder, '--json')).toBe(1);
    expect(JSON.parse(command.output[0] ?? '')).toMatchObject({ fault: { kind: 'altered', seq: 12 } });
  });

  it('exports a file that can be verified on its own', async () => {
    const file = join(audit.folder, 'a.jsonl');
    expect(await run('audit', 'export', '--data', audit.folder, '--out', file)).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await run('audit', 'verify', '--file', file)).toBe(0);
    expect(command.output.join('\n')).toContain('Unbroken: 100 events');
    expect(await run('audit', 'export', '--data', audit.folder, '--out', file)).toBe(2);
  });

  it('prints the key that verifies its exports', async () => {
    await run('audit', 'key', '--data', audit.folder);
    expect(command.output.join('\n')).toContain(audit.key.publicKey);
    const file = join(audit.folder, 'a.jsonl');
    await run('audit', 'export', '--data', audit.folder, '--out', file);
    expect(await run('audit', 'verify', '--file', file, '--public-key', audit.key.publicKey)).toBe(0);
    expect(await run('audit', 'verify', '--file', file, '--public-key', 'A'.repeat(43))).toBe(1);
  });

  it('takes a key that begins with a hyphen, and no option for the value of another one', async () => {
    const file = join(audit.folder, 'a.jsonl');
    await run('audit', 'export', '--data', audit.folder, '--out', file);
    expect(await run('audit', 'verify', '--file', file, '--public-key', `-${'A'.repeat(42)}`)).toBe(1);
    expect(await run('audit', 'verify', '--public-key', '--file', file)).toBe(2);
    expect(await run('audit', 'verify', '--file', file, '--public-key', '--json')).toBe(2);
  });

  it.each([
    [['audit', 'verify']],
    [['audit', 'verify', '--data', '/nowhere/at/all']],
    [['audit', 'verify', '--dta', 'x']],
    [['audit', 'verify', '--file', '/nowhere/at/all.jsonl']],
    [['audit', 'verify', '--data', '.', '--head', 'seven']],
    [['audit', 'export', '--data', '.', '--out', 'x', '--format', 'xml']],
    [['audit', 'burn']],
  ])('exits with 2 and a reason for wrong arguments: %j', async (args) => {
    expect(await run(...args)).toBe(2);
    expect(command.errors.join('')).not.toBe('');
  });

  it('prints its usage with --help', async () => {
    expect(await run('--help')).toBe(0);
    expect(command.output.join('')).toContain('audit verify');
  });
});

describe('arguments of a command', () => {
  const command = commandForTest();

  it.each([
    ['backup', ''],
    ['backup', '/backup', '--data='],
    ['doctor', '--data', ''],
    ['restore', '', '--data', 'data'],
    ['operator', 'unlock', ''],
    ['audit', 'export', '--out', ''],
  ])('that are empty are refused before anything is read or written: %j', async (...args) => {
    expect(await command.run(...args)).toBe(2);
    expect(command.errors[0]).toBe('An argument is empty. Give it a value, or leave it out.');
  });

  it('name the command that does not exist', async () => {
    expect(await command.run('Doctor')).toBe(2);
    expect(command.errors[0]).toContain('There is no command "Doctor".');
    expect(await command.run('help')).toBe(0);
    expect(command.errors).toEqual([]);
  });
});
