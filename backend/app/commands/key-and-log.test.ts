import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeptHead } from '../../audit/kept-head.ts';
import { openAuditForTest } from '../../audit/open-audit-for-test.ts';
import { createAuditKey } from '../../store/audit-key.ts';
import { createSealed } from '../../store/sealed.ts';
import { createSettings, unreadableSecrets } from '../../store/settings.ts';
import { lockFolder } from '../configuration/folder-lock.ts';
import { connectDatabase } from '../configuration/open-database.ts';
import { openSecretKey, readSecretKey } from '../configuration/secret-key.ts';
import { commandForTest } from './command-for-test.ts';

describe('a command about a stopped backend', () => {
  let audit: Awaited<ReturnType<typeof openAuditForTest>>;
  const command = commandForTest();
  beforeEach(async () => {
    audit = await openAuditForTest();
    await audit.append(100);
  });
  afterEach(() => audit.close());
  const run = (...args: string[]) => command.run(...args, '--data', audit.folder);
  const keyFile = () => join(audit.folder, 'secret.key');
  const actions = async () =>
    (await audit.store.db.selectFrom('audit_events').select(['seq', 'action']).orderBy('seq').execute()).map(
      ({ seq, action }) => `${seq} ${action}`,
    );

  it('is refused while a backend runs', async () => {
    const lock = lockFolder(audit.folder);
    for (const words of [
      ['key', 'replace'],
      ['audit', 'resume'],
    ]) {
      expect(await run(...words)).toBe(2);
      expect(command.errors[0]).toContain(`process ${process.pid}`);
    }
    lock.release();
  });

  it('does not replace the right key', async () => {
    const before = readFileSync(keyFile());
    expect(await run('key', 'replace')).toBe(2);
    expect(command.errors[0]).toContain('belongs to this database');
    expect(readFileSync(keyFile()).equals(before)).toBe(true);
  });

  it.each([
    ['lost', () => rmSync(keyFile())],
    ['damaged', () => writeFileSync(keyFile(), 'short')],
    ['another database’s', () => writeFileSync(keyFile(), Buffer.alloc(32, 5))],
  ])('begins with a new key after the old one was %s', async (_what, lose) => {
    const sealed = createSealed(readSecretKey(audit.folder));
    const settings = createSettings({ store: audit.store, sealed, now: () => 1000 });
    await audit.store.writeUnaudited((tx) =>
      settings.keepSecret(tx, 'mail.password', 'a password', { elsewhere: false }),
    );
    lose();
    expect(await run('key', 'replace')).toBe(0);
    const key = readSecretKey(audit.folder);
    expect(command.output[0]).toContain(createAuditKey(key).keyId);
    expect((await actions()).at(-1)).toBe('101 audit.key-replaced');

    // The next start opens the database, and the stored secret counts as absent.
    const connections = await connectDatabase({ dataFolder: audit.folder, log: () => undefined });
    expect(await openSecretKey(audit.folder, connections, () => 1000)).toEqual(key);
    await connections.close();
    const renewed = createSettings({ store: audit.store, sealed: createSealed(key), now: () => 1000 });
    expect(await renewed.readSecret('mail.password')).toBeNull();
    expect(await unreadableSecrets(audit.store.db, createSealed(key))).toEqual(['mail.password']);

    expect(await run('audit', 'verify')).toBe(0);
    expect(command.output.join('\n')).toContain('Signed up to event 101');
  });

  it('keeps the key that it replaces', async () => {
    const other = Buffer.alloc(32, 5);
    writeFileSync(keyFile(), other);
    await run('key', 'replace');
    const kept = readdirSync(audit.folder).find((name) => name.startsWith('secret.key.replaced'));
    expect(readFileSync(join(audit.folder, kept ?? '')).equals(other)).toBe(true);
  });

  it('says by whom the log is signed instead of calling it broken, under another key', async () => {
    writeFileSync(keyFile(), Buffer.alloc(32, 5));
    expect(await run('audit', 'verify')).toBe(1);
    expect(command.output.join('\n')).toMatch(
      /^SIGNED BY ANOTHER KEY: [^]*unbroken up to event 100[^]*restore its secret\.key/,
    );
    expect(command.output.join('\n')).not.toContain('BROKEN:');
  });

  it('continues behind missing events, whose numbers stay unused', async () => {
    const { seq, hash } = { seq: 100, hash: 'a'.repeat(64) };
    const signature = audit.key.sign(`reset-desk audit checkpoint 1\n${seq}\n${hash}\n5000`);
    createKeptHead(audit.folder, audit.key.publicKey).write({
      seq,
      hash,
      at: 5000,
      key_id: audit.key.keyId,
      signature,
    });
    audit.tamper('delete from audit_events where seq > 70');
    expect(await run('audit', 'verify')).toBe(1);
    expect(command.output[0]).toBe('BROKEN: The end is missing: at least events 71 to 100.');
    expect(await run('audit', 'resume')).toBe(0);
    expect(command.output).toEqual(['Events 71 to 100 are missing. The log continues at event 101.']);
    expect((await actions()).slice(-2)).toEqual(['70 account.changed', '101 audit.resumed']);
    expect(await run('audit', 'verify')).toBe(0);
    expect(command.output.join('\n')).toContain('Missing: events 71 to 100.');
    expect(await run('audit', 'resume')).toBe(0);
    expect(command.output).toEqual(['Nothing is missing: the log ends at event 101.']);
  });

  it('names cases, checks and resets whose events are missing', async () => {
    audit.tamper(
      'pragma foreign_keys = off',
      `insert into cases (id, account_id, operator_id, session_id, state, opened_at, last_activity_at)
        values ('c', 'a', 'o', 's', 'open', 1, 1)`,
      `insert into evidence (id, check_id, case_id, account_id, operator_id, session_id, kind, outcome, at)
        values ('e', 'k', 'c', 'a', 'o', 's', 'in-person', 'passed', 1)`,
    );
    expect(await run('audit', 'verify')).toBe(1);
    expect(command.output.join('\n')).toContain('EVENTS MISSING: 1 cases, 1 outcomes of checks and 0 resets');
  });

  it('names tables whose triggers are missing', async () => {
    audit.tamper();
    expect(await run('audit', 'verify')).toBe(1);
    expect(command.output.join('\n')).toContain(
      'UNGUARDED: the triggers that keep audit_events, audit_checkpoints',
    );
  });
});
