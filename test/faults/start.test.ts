import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { lockFolder } from '../../backend/app/configuration/folder-lock.ts';
import { spawnBackend } from '../backend/spawn-backend.ts';
import { administrator } from '../backend/start-test-backend.ts';
import { runBackend } from './run-backend.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';

/** No mail is sent: the server does not exist. */
const noMail = 'smtp://127.0.0.1:9';
/** Starts processes, possibly on a machine that is busy with other tests. */
const timeout = 120_000;

describe('a backend that is started on a desk that was used', () => {
  let original: string;
  let folder: string;
  beforeAll(async () => {
    original = mkdtempSync(join(tmpdir(), 'reset-desk-'));
    const backend = await spawnBackend(original, noMail);
    await vi.waitUntil(() => backend.setupCode() !== '', { timeout });
    const { status } = await backend.ask('POST', '/api/v1/setup', {
      ...administrator,
      setupCode: backend.setupCode(),
    });
    if (status !== 200) throw new Error(`The desk could not be set up: ${status}`);
    await backend.kill('SIGTERM');
  }, timeout);
  afterAll(() => {
    rmSync(original, { recursive: true });
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'reset-desk-'));
    cpSync(original, folder, { recursive: true });
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const at = (name: string) => join(folder, name);
  const moveAway = (name: string) => {
    renameSync(at(name), at('elsewhere'));
    symlinkSync(at('elsewhere'), at(name));
  };
  const filesOf = () =>
    ['reset-desk.db', 'secret.key'].map((name) =>
      statSync(at(name), { throwIfNoEntry: false })?.isFile() === true
        ? readFileSync(at(name)).toString('base64')
        : null,
    );

  it.each<[string, () => void, RegExp]>([
    ['without its key', () => rmSync(at('secret.key')), /secret\.key is missing.*Restore the key/],
    [
      'with the key of another desk',
      () => writeFileSync(at('secret.key'), Buffer.alloc(32, 5)),
      /does not belong to this database.*key replace/,
    ],
    ['with half a key', () => truncateSync(at('secret.key'), 16), /damaged: it has 16 bytes/],
    ['with a key that others can read', () => chmodSync(at('secret.key'), 0o644), /chmod 600/],
    ['without its database', () => rmSync(at('reset-desk.db')), /missing or empty.*Restore the database/],
    ['with an empty database', () => truncateSync(at('reset-desk.db'), 0), /missing or empty/],
    ['with a database cut in half', () => truncateSync(at('reset-desk.db'), 81_920), /damaged.*cut short/],
    ['with garbage as a database', () => writeFileSync(at('reset-desk.db'), 'x'.repeat(9000)), /damaged/],
    ['with a link in place of the database', () => moveAway('reset-desk.db'), /reset-desk\.db is a link/],
    ['with a link in place of the key', () => moveAway('secret.key'), /secret\.key is a link/],
    [
      'with a folder in place of the database',
      () => {
        rmSync(at('reset-desk.db'));
        mkdirSync(at('reset-desk.db'));
      },
      /not permitted|damaged|EISDIR/,
    ],
  ])(
    '%s is refused in words, changes nothing and asks for no administrator',
    { timeout },
    async (what, spoil, words) => {
      spoil();
      const before = filesOf();
      const { code, out, err } = await runBackend(folder);
      // An administrator has to correct the folder, so that the unit does not restart it. A database that cannot be opened may be one that is not there yet.
      expect([code, out]).toEqual([/folder in place/.test(what) ? 1 : 78, '']);
      expect(err).toMatch(words);
      expect(err).not.toContain('    at ');
      expect(filesOf()).toEqual(before);
    },
  );

  it(
    'while another backend uses the folder is refused, with the process id of the other',
    { timeout },
    async () => {
      const lock = lockFolder(folder);
      const { code, err } = await runBackend(folder);
      lock.release();
      expect([code, err]).toEqual([1, expect.stringContaining(`process ${process.pid} on `)]);
      expect((await runBackend(folder)).code).toBe(0);
    },
  );

  it.each<[string, () => void]>([
    ['with garbage as a log', () => writeFileSync(at('reset-desk.db-wal'), 'garbage'.repeat(1000))],
    [
      'with a file in place of the outbox',
      () => {
        rmSync(at('outbox'), { recursive: true, force: true });
        writeFileSync(at('outbox'), 'x');
      },
    ],
    ['in a folder that was open to others', () => chmodSync(folder, 0o777)],
    ['with a damaged copy of the head', () => writeFileSync(at('audit-head.json'), '{')],
  ])('%s loses nothing', { timeout }, async (_what, spoil) => {
    spoil();
    const { code, out, err } = await runBackend(folder);
    expect([code, out]).toEqual([0, '']);
    expect(err).toContain('"event":"listening"');
    expect(statSync(folder).mode & 0o027).toBe(0);
    expect((await runBackend(folder, ['audit', 'verify', '--data', folder])).out).toMatch(/^Unbroken/);
  });

  describe.skipIf(process.getuid?.() !== 0)('by another user', () => {
    const nobody = { uid: 65_534, gid: 65_534 };

    it('is refused with the reason', { timeout }, async () => {
      const { code, err } = await runBackend(folder, [], nobody);
      expect(code).toBe(1);
      expect(err).toMatch(/not permitted to use its data folder/);
    });

    it('that owns the folder but not its files is refused with the reason', { timeout }, async () => {
      chownSync(folder, nobody.uid, nobody.gid);
      const { code, err } = await runBackend(folder, [], nobody);
      expect(code).toBe(1);
      expect(err).toMatch(/not permitted to use its data folder/);
    });
  });

  describe('on a disk of its own', () => {
    let disk: SmallDisk | null;
    beforeEach(() => {
      disk = mountSmallDisk(24);
    });
    afterEach(() => {
      disk?.remove();
    });

    it('that can only be read is refused with the reason', { timeout }, async ({ skip }) => {
      if (disk === null) return skip('This user cannot mount a file system.');
      cpSync(folder, disk.folder, { recursive: true });
      disk.makeReadOnly();
      const { code, err } = await runBackend(disk.folder);
      expect([code, err]).toEqual([1, expect.stringContaining('can only be read')]);
    });

    it('that is full is refused until there is room', { timeout }, async ({ skip }) => {
      if (disk === null) return skip('This user cannot mount a file system.');
      cpSync(folder, disk.folder, { recursive: true });
      disk.fill();
      const { code, err } = await runBackend(disk.folder);
      expect([code, err]).toEqual([1, expect.stringContaining('The disk is full')]);
      disk.makeRoom();
      expect((await runBackend(disk.folder)).code).toBe(0);
      expect((await runBackend(disk.folder, ['audit', 'verify', '--data', disk.folder])).out).toMatch(
        /^Unbroken/,
      );
    });
  });
});
