import { once } from 'node:events';
import { chmodSync, rmSync, truncateSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAuditForTest } from '../../audit/open-audit-for-test.ts';
import { noteBackup } from '../configuration/last-backup.ts';
import { runCommand } from './run-command.ts';

describe('the doctor', () => {
  let audit: Awaited<ReturnType<typeof openAuditForTest>>;
  beforeEach(async () => {
    audit = await openAuditForTest();
    await audit.append(3);
  });
  afterEach(() => audit.close());

  /** Runs the command. Returns its findings by subject. */
  const examine = async (variables: Readonly<Record<string, string>> = {}, folder = audit.folder) => {
    const output: string[] = [];
    const errors: string[] = [];
    const code = await runCommand(['doctor', '--data', folder, '--json'], variables, {
      out: (line) => output.push(line),
      err: (line) => errors.push(line),
    });
    const { findings } = JSON.parse(output[0] ?? '{"findings":[]}') as {
      findings: { about: string; state: string; text: string }[];
    };
    return { code, errors, of: (about: string) => findings.filter((one) => one.about === about), findings };
  };

  it('finds no fault in a desk that is whole', async () => {
    noteBackup(audit.folder, Date.now());
    const { code, findings } = await examine({ RESET_DESK_PUBLIC_URL: 'https://desk.example.com' });
    expect(findings.filter(({ state }) => state === 'fault')).toEqual([]);
    expect(code).toBe(0);
    expect(findings.map(({ about }) => about)).toEqual([
      'Configuration',
      'Data folder',
      'Backup',
      'Database',
      'Key',
      'Audit log',
      'Clock',
      'Mail',
    ]);
  });

  it('asks for no backup by this program of a database on PostgreSQL', async () => {
    const { of } = await examine({ RESET_DESK_DATABASE_URL: 'postgres://desk@127.0.0.1:1/desk' });
    expect(of('Backup')).toEqual([
      expect.objectContaining({ state: 'good', text: expect.stringContaining('pg_dump') as unknown }),
    ]);
  });

  it('prints each finding as a line', async () => {
    const output: string[] = [];
    await runCommand(
      ['doctor', '--data', audit.folder],
      {},
      { out: (line) => output.push(line), err: () => undefined },
    );
    expect(output.join('\n')).toMatch(/^ok {6}Database: It is intact\.$/m);
    expect(output.join('\n')).toMatch(/^WARNING Backup: No backup was made/m);
  });

  it.each<[string, Readonly<Record<string, string>>, string, RegExp]>([
    ['a wrong configuration', { RESET_DESK_PORT: '70000' }, 'fault', /RESET_DESK_PORT/],
    [
      'a mail server without its protocol',
      { RESET_DESK_SMTP_URL: 'mail.example.com' },
      'fault',
      /RESET_DESK_SMTP_URL/,
    ],
    [
      'a proxy without an address',
      { RESET_DESK_TRUST_PROXY: 'true' },
      'fault',
      /RESET_DESK_TRUST_PROXY: write/,
    ],
    [
      'a certificate that does not exist',
      { RESET_DESK_TLS_CERT: '/nowhere/cert.pem', RESET_DESK_TLS_KEY: '/nowhere/key.pem' },
      'fault',
      /RESET_DESK_TLS_CERT: .* cannot be read \(ENOENT\)/,
    ],
    [
      'a variable that it does not know, beside what else is wrong',
      { RESET_DESK_PUBLIC_URI: 'https://desk.example.com' },
      'warning',
      /does not know RESET_DESK_PUBLIC_URI.* Set RESET_DESK_PUBLIC_URL/,
    ],
    ['links that lead to this computer', {}, 'warning', /Set RESET_DESK_PUBLIC_URL/],
  ])('names %s', async (_what, variables, state, text) => {
    const [found] = (await examine(variables)).of('Configuration');
    expect(found).toMatchObject({ state, text: expect.stringMatching(text) as string });
  });

  it('exits with 1 and names a folder that does not exist', async () => {
    const { code, of } = await examine({}, join(audit.folder, 'nowhere'));
    expect(of('Data folder')[0]).toMatchObject({ state: 'fault' });
    expect(code).toBe(1);
  });

  it('names a key that other users can read', async () => {
    chmodSync(join(audit.folder, 'secret.key'), 0o644);
    expect((await examine()).of('Key')[0]?.text).toContain('Run chmod 600');
  });

  it('names a key that is missing', async () => {
    rmSync(join(audit.folder, 'secret.key'));
    expect((await examine()).of('Key')[0]?.text).toContain('Restore it from your backup');
  });

  it('says so if an older version, or none, has made the tables', async () => {
    audit.tamper('delete from kysely_migration where name = (select max(name) from kysely_migration)');
    expect((await examine()).of('Database').at(-1)).toMatchObject({
      state: 'warning',
      text: expect.stringContaining('upgrades it at its next start') as string,
    });
    audit.tamper('delete from kysely_migration');
    expect((await examine()).of('Database').at(-1)).toMatchObject({
      state: 'fault',
      text: expect.stringContaining('no tables of Reset Desk') as string,
    });
  });

  it('reports a damaged key as the key’s fault, and a file as no folder', async () => {
    const key = join(audit.folder, 'secret.key');
    expect((await examine({}, key)).of('Data folder')[0]?.text).toContain('is not a folder');
    truncateSync(key, 3);
    expect((await examine()).of('Key')[0]?.text).toContain('3 bytes instead of 32');
  });

  it('names a clock that is behind the last event', async () => {
    audit.tamper(`update audit_events set at = ${Date.now() + 600_000} where seq = 3`);
    expect((await examine()).of('Clock')[0]).toMatchObject({
      state: 'fault',
      text: expect.stringContaining('10 minutes ahead') as string,
    });
  });

  it('tries whether the mail server accepts connections', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const variables = { RESET_DESK_SMTP_URL: `smtp://127.0.0.1:${port}` };
    expect((await examine(variables)).of('Mail')[0]?.state).toBe('good');
    await new Promise((resolve) => server.close(resolve));
    expect((await examine(variables)).of('Mail')[0]).toMatchObject({
      state: 'fault',
      text: expect.stringContaining('ECONNREFUSED') as string,
    });
  });

  it('names only directories in use whose last read failed', async () => {
    const directory = (id: string, enabled: number) =>
      `insert into directories (id, kind, name, settings, enabled, created_at, changed_at, accounts_read, fault) values ('${id}', 'ldap', '${id}', '{}', ${enabled}, 0, 0, 0, 'directory.unreachable')`;
    audit.tamper(directory('Head office', 1));
    audit.tamper(directory('Old office', 0));
    const { findings } = await examine();
    expect(findings.filter(({ about }) => about.startsWith('Directory'))).toMatchObject([
      {
        about: 'Directory Head office',
        state: 'fault',
        text: expect.stringContaining('unreachable') as string,
      },
    ]);
  });

  it('warns of a source of accounts whose last token ends soon, and of changes that wait', async () => {
    const day = 86_400_000;
    const source = (id: string, heldSince: number | null) =>
      `insert into account_sources (id, name, created_at, held_since) values ('${id}', '${id}', 0, ${heldSince})`;
    const token = (id: string, sourceId: string, expiresAt: number) =>
      `insert into source_tokens (id, source_id, label, hash, created_by, created_by_name, created_at, days, expires_at) values ('${id}', '${sourceId}', 'x', '${id}', 'ann', 'Ann', 0, 1, ${expiresAt})`;
    const now = Date.now();
    audit.tamper(source('Soon', null));
    audit.tamper(token('one', 'Soon', now + 20 * day));
    audit.tamper(source('Renewed', null));
    audit.tamper(token('two', 'Renewed', now + 20 * day));
    audit.tamper(token('three', 'Renewed', now + 200 * day));
    audit.tamper(source('Held', now));
    const { findings } = await examine();
    expect(findings.filter(({ about }) => about.startsWith('Account source'))).toMatchObject([
      { about: 'Account source Held', state: 'warning', text: expect.stringContaining('too many') as string },
      { about: 'Account source Renewed', state: 'good' },
      { about: 'Account source Soon', state: 'warning', text: expect.stringContaining('expires') as string },
    ]);
  });
});
