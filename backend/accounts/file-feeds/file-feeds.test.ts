import { mkdir, mkdtemp, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contactsHeader, contactsMapping, openForTest, operator } from '../open-for-test.ts';
import { createFeedViews } from '../sources/feed-view.ts';
import { createDropFolder, type DropFolder } from './drop-folder.ts';
import { createFileFeeds } from './file-feeds.ts';

const source = {
  id: 'hr',
  name: 'hr',
  created_at: 0,
  removed_at: null,
  changed_at: null,
  held_since: null,
  allowed_until: null,
};

describe('the folder of a source', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  let dataFolder: string;
  const pathOf = (name: string) => join(dataFolder, 'feeds', source.id, name);

  beforeEach(async () => {
    desk = await openForTest();
    dataFolder = await mkdtemp(join(tmpdir(), 'reset-desk-'));
    await mkdir(join(dataFolder, 'feeds', source.id), { recursive: true });
    await desk.store.writeUnaudited(async (tx) => {
      await tx.insertInto('account_sources').values(source).execute();
      await tx
        .insertInto('source_feeds')
        .values({
          source_id: source.id,
          enabled: 1,
          complete: 0,
          unlisted_since: null,
          leased_by: null,
          leased_until: null,
        })
        .execute();
    });
    await desk.importCsv(`${contactsHeader}known,Known Person,,\n`, contactsMapping, undefined, {
      source: source.name,
    });
  });
  afterEach(async () => {
    await desk.close();
    await rm(dataFolder, { recursive: true, force: true });
  });

  const opened = (folder: DropFolder = createDropFolder(dataFolder)) => {
    const logged: unknown[] = [];
    const feeds = createFileFeeds({
      ...desk,
      folder,
      changesHeld: () => Promise.resolve(),
      onUnexpected: (_reference, thrown) => logged.push(thrown),
    });
    return {
      logged,
      feeds,
      /** Polls twice, because a file is read once two polls find it unchanged. */
      async readAll() {
        await feeds.readDue();
        await feeds.readDue();
      },
    };
  };
  /** Writes a file with one account; `second` is the time of its last change. */
  const drop = async (name: string, displayName: string, second: number) => {
    await writeFile(pathOf(name), `${contactsHeader}a.one,${displayName},,\n`);
    await utimes(pathOf(name), second, second);
  };
  const nameOfAccount = async () =>
    (
      await desk.store.db
        .selectFrom('accounts')
        .select('display_name')
        .where('user_name', '=', 'a.one')
        .executeTakeFirst()
    )?.display_name;
  const runs = () => desk.store.db.selectFrom('feed_runs').select('file_name').orderBy('at').execute();

  it('reads earlier content again if a newer file has it', async () => {
    const { readAll } = opened();
    await drop('1.csv', 'Ann One', 1000);
    await readAll();
    await drop('2.csv', 'Ann Two', 2000);
    await readAll();
    expect(await nameOfAccount()).toBe('Ann Two');
    await drop('3.csv', 'Ann One', 3000);
    await readAll();
    expect(await nameOfAccount()).toBe('Ann One');
    await readAll();
    expect((await runs()).map((run) => run.file_name)).toEqual(['1.csv', '2.csv', '3.csv']);
  });

  it('does not read a file again that was renamed, or written again with the same content', async () => {
    const { readAll } = opened();
    await drop('staff.csv', 'Ann One', 1000);
    await readAll();
    await drop('staff.csv', 'Ann One', 1500);
    await readAll();
    await rename(pathOf('staff.csv'), pathOf('old.csv'));
    await drop('staff.csv', 'Ann Two', 2000);
    await readAll();
    await readAll();
    expect(await nameOfAccount()).toBe('Ann Two');
    expect(await runs()).toHaveLength(2);
  });

  it('reads the other files if one cannot be opened, logs and shows that once, and reads it when it can', async () => {
    const folder = createDropFolder(dataFolder);
    const denied = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
    let isDenied = true;
    const { readAll, logged } = opened({
      ...folder,
      digest: (file) => (file.name === '2.csv' && isDenied ? Promise.reject(denied) : folder.digest(file)),
    });
    await drop('1.csv', 'Ann One', 1000);
    await drop('2.csv', 'Ann Two', 2000);
    await readAll();
    await readAll();
    expect(await nameOfAccount()).toBe('Ann One');
    expect(logged).toEqual([denied]);
    const shown = async () =>
      (await createFeedViews({ ...desk, publicUrl: () => 'https://desk.example.com' })(source.id)).runs.map(
        ({ fileName, outcome, fault }) => [fileName, outcome, fault],
      );
    expect(await shown()).toEqual([
      ['2.csv', 'failed', 'unreadable'],
      ['1.csv', 'imported', null],
    ]);
    isDenied = false;
    await readAll();
    expect(await nameOfAccount()).toBe('Ann Two');
    expect((await shown())[0]).toEqual(['2.csv', 'imported', null]);
  });

  it('is shown as one that cannot be listed, logged once, and read when it can', async () => {
    const { readAll, logged } = opened();
    const unlistedSince = async () =>
      (await createFeedViews({ ...desk, publicUrl: () => 'https://desk.example.com' })(source.id))
        .unlistedSince;
    await drop('1.csv', 'Ann One', 1000);
    const folder = join(dataFolder, 'feeds', source.id);
    // A file in its place makes the same errors as a right that is missing, which the superuser never lacks.
    await rename(folder, `${folder}-away`);
    await writeFile(folder, '');
    await readAll();
    expect(await unlistedSince()).toBe(new Date(desk.clock.at).toISOString());
    desk.clock.at += 60_000;
    await readAll();
    expect(await unlistedSince()).toBe(new Date(desk.clock.at - 60_000).toISOString());
    expect(logged).toHaveLength(1);
    await rm(folder);
    await rename(`${folder}-away`, folder);
    await readAll();
    expect(await nameOfAccount()).toBe('Ann One');
    expect(await unlistedSince()).toBeNull();
  });

  it('reads the other files if one is removed at that moment', async () => {
    const folder = createDropFolder(dataFolder);
    const { readAll, logged } = opened({
      ...folder,
      async digest(file) {
        if (file.name === '1.csv') await rm(file.path, { force: true });
        return folder.digest(file);
      },
    });
    await drop('1.csv', 'Ann One', 1000);
    await drop('2.csv', 'Ann Two', 2000);
    await readAll();
    expect(await nameOfAccount()).toBe('Ann Two');
    expect(logged).toEqual([]);
  });

  it.for([
    ['that looks unfinished', 'staff.csv.tmp'],
    ['whose last part begins with a dot', `${'x'.repeat(60)}.${'y'.repeat(199)}`],
    ['of many characters with several bytes', '員'.repeat(150)],
    ['that is an extension only', '.csv'],
  ] as const)('reads an upload with a name %s', async ([, name]) => {
    const { feeds, readAll } = opened();
    const bytes = Readable.from([Buffer.from(`${contactsHeader}a.one,Ann One,,\n`)]);
    const kept = await feeds.keep(source, { name, bytes, tokenId: 'token' }, operator);
    expect(await readdir(join(dataFolder, 'feeds', source.id))).toEqual([kept]);
    await readAll();
    expect(await nameOfAccount()).toBe('Ann One');
  });
});
