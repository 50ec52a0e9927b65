import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemOrigin } from '../../store/append-event.ts';
import { createAuditKey } from '../../store/audit-key.ts';
import { createTestDatabase, type TestDatabase } from '../../store/database-for-test.ts';
import { connectDatabase, type OpenDatabase } from './open-database.ts';
import { createKeyFile, openSecretKey, readSecretKey } from './secret-key.ts';

describe('the key of a data folder', () => {
  let folder: string;
  let database: TestDatabase | null;
  let connections: OpenDatabase;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'reset-desk-'));
    database = await createTestDatabase();
    connections = await connectDatabase({
      dataFolder: folder,
      ...(database && { database }),
      log: () => undefined,
    });
  });
  afterEach(async () => {
    await connections.close();
    await database?.drop();
    rmSync(folder, { recursive: true });
  });
  const file = () => join(folder, 'secret.key');
  const open = () => openSecretKey(folder, connections, () => 1000);
  /** Restores the state of an older version, which did not store the key's id. */
  const forgetKey = () =>
    connections.writer.deleteFrom('settings').where('name', '=', 'data-folder.key').execute();

  it('is created once with access for its owner alone', async () => {
    const first = await open();
    expect(first).toHaveLength(32);
    expect(await open()).toEqual(first);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('is refused when others can read it', async () => {
    await open();
    chmodSync(file(), 0o644);
    await expect(open()).rejects.toMatchObject({
      code: 'folder.open-to-others',
      message: expect.stringContaining('chmod 600'),
    });
  });

  it.each([0, 31, 33])('of %i bytes is refused as damaged, instead of being replaced', async (bytes) => {
    writeFileSync(file(), Buffer.alloc(bytes), { mode: 0o600 });
    await expect(open()).rejects.toMatchObject({
      code: 'folder.key-damaged',
      message: expect.stringContaining('backup'),
    });
    expect(readFileSync(file())).toHaveLength(bytes);
  });

  it('is not replaced when it is lost beside a database that has one', async () => {
    const { keyId } = createAuditKey(await open());
    rmSync(file());
    await expect(open()).rejects.toMatchObject({
      code: 'folder.key-missing',
      message: expect.stringMatching(new RegExp(`${keyId}.*backup.*key replace`)),
    });
    expect(statSync(file(), { throwIfNoEntry: false })).toBeUndefined();
  });

  it('is refused beside the database of another key', async () => {
    const { keyId } = createAuditKey(await open());
    rmSync(file());
    const other = createAuditKey(createKeyFile(folder));
    await expect(open()).rejects.toMatchObject({
      code: 'folder.key-other',
      detail: `key ${other.keyId}, database ${keyId}`,
    });
    // The refused start does not change what belongs to the database.
    await expect(open()).rejects.toMatchObject({ code: 'folder.key-other' });
  });

  it('of an older version is known by the newest signature of the log', async () => {
    const key = createAuditKey(await open());
    const { store } = connections.use(() => 1000, key);
    await store.change(systemOrigin, async (_tx, record) => {
      for (let event = 0; event < 64; event += 1) await record({ action: 'policy.changed' });
    });
    await forgetKey();
    const kept = readFileSync(file());
    rmSync(file());
    await expect(open()).rejects.toMatchObject({ code: 'folder.key-missing' });
    createKeyFile(folder);
    await expect(open()).rejects.toMatchObject({ code: 'folder.key-other' });
    writeFileSync(file(), kept);
    expect(createAuditKey(await open()).keyId).toBe(key.keyId);
  });

  it('that is lost beside an unsigned log is not replaced either', async () => {
    const { store } = connections.use(() => 1000, null);
    await store.change(systemOrigin, (_tx, record) => record({ action: 'policy.changed' }));
    await expect(open()).rejects.toMatchObject({ code: 'folder.key-missing' });
  });

  it('is read without a database by the commands that need no more', async () => {
    const key = await open();
    expect(readSecretKey(folder)).toEqual(key);
  });
});
