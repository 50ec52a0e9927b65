import { Readable } from 'node:stream';
import { array, assert, asyncProperty, string } from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportMapping } from '../../../shared/api/import-file.ts';
import { limits } from '../../../shared/api/limits.ts';
import { foldedWords } from '../../text/fold.ts';
import {
  contactsHeader as header,
  contactsMapping as mapping,
  openForTest,
  operator,
} from '../open-for-test.ts';
import { previewOf } from './recognise.ts';

describe('an import', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  beforeEach(async () => {
    desk = await openForTest();
  });
  afterEach(() => desk.close());

  it('fails by itself if no byte of its file arrives, later for a large file', async () => {
    const small = await desk.imports.create({ fileName: 'a', bytesTotal: 10, mapping }, operator);
    const large = await desk.imports.create({ fileName: 'b', bytesTotal: 75_000_000, mapping }, operator);
    desk.clock.at += 10 * 60_000;
    await desk.imports.sweep();
    expect((await desk.imports.get(small.id)).state).toBe('waiting');
    desk.clock.at += 1;
    await desk.imports.sweep();
    expect(await desk.imports.get(small.id)).toMatchObject({
      state: 'failed',
      failure: { code: 'import.interrupted', line: null },
    });
    expect((await desk.imports.get(large.id)).state).toBe('waiting');
    desk.clock.at += 10 * 60_000;
    await desk.imports.sweep();
    expect((await desk.imports.get(large.id)).state).toBe('failed');
  });

  it('refuses a bad row with the line on which it begins', async () => {
    const done = await desk.importCsv(
      `${header}a.one,"Anna\nOne",a@example.com,\n\n,Nobody,,\nb.two,,b@example.com,\nc,C,c@example.com,,more\na.one,Anna A. One,,\nd.four,Dee,,+49 555 1234\n`,
      mapping,
    );
    expect(done).toMatchObject({ state: 'finished', created: 2, refused: 4, rows: 6 });
    const { refusals } = await desk.imports.refusals(done.id, 0, 100);
    expect(refusals.map(({ line, reason }) => [line, reason])).toEqual([
      [5, 'user-name-missing'],
      [6, 'display-name-missing'],
      [7, 'wrong-number-of-columns'],
      [8, 'duplicate-in-file'],
    ]);
  });

  it.each([
    ['a quote inside a cell', 'b,"B"x,,\n', 'bad-quotes'],
    ['a quote that never closes', 'b,"B,,\n', 'bad-quotes'],
    ['a row without an end', `b,${'B'.repeat(limits.importRow + 1)},,\n`, 'display-name-too-long'],
  ])('refuses the row of %s alone, with its line', async (_what, bad, reason) => {
    const rows = `${header}a,"A\r\nA",,\r\n\n${bad}c,"C",,\n${bad}d,D,,\n`;
    // The pieces in which the file arrives must not matter.
    for (const size of [rows.length, 1000, 7]) {
      const done = await desk.importCsv(rows, mapping, size);
      expect(done).toMatchObject({ state: 'finished', rows: 5, refused: 2 });
      expect(done.created + done.unchanged).toBe(3);
      const { refusals } = await desk.imports.refusals(done.id, 0, 100);
      expect(refusals.map((refusal) => [refusal.line, refusal.reason])).toEqual([
        [5, reason],
        [7, reason],
      ]);
    }
  });

  it('imports a person whose contact data cannot be read without that data', async () => {
    await desk.importCsv(`${header}a.one,Anna One,a@example.com,+49 555 111\n`, mapping);
    const done = await desk.importCsv(
      `${header}a.one,Anna Two,not-an-address,call me\nb.two,Bo Two,not-an-address,*6\n`,
      mapping,
    );
    expect(done).toMatchObject({ created: 1, changed: 1, refused: 0 });
    const accounts = await desk.store.db
      .selectFrom('accounts')
      .select(['display_name', 'email', 'phone', 'email_changed_at', 'phone_changed_at'])
      .orderBy('row_id')
      .execute();
    expect(accounts).toEqual([
      {
        display_name: 'Anna Two',
        email: 'a@example.com',
        phone: '+49 555 111',
        email_changed_at: null,
        phone_changed_at: null,
      },
      { display_name: 'Bo Two', email: null, phone: null, email_changed_at: null, phone_changed_at: null },
    ]);
  });

  it('reads rows of another width than the header', async () => {
    const rows = `${header}a.one,Anna\nb.two,Bo,b@example.com,,,,\n,,,\n;;\n , ,\nc.three,Cy,,555 0100,\n`;
    const done = await desk.importCsv(rows, mapping);
    expect(done).toMatchObject({ created: 3, refused: 1 });
    const { refusals } = await desk.imports.refusals(done.id, 0, 10);
    expect(refusals).toMatchObject([{ line: 5, reason: 'display-name-missing' }]);
  });

  it('reads the line ends of old Macs', async () => {
    expect(await desk.importCsv(`user,name,email,phone\ra,A,,\rb,B,,`, mapping)).toMatchObject({
      created: 2,
    });
  });

  it('accepts an empty file', async () => {
    expect(await desk.importCsv('', mapping)).toMatchObject({ state: 'finished', rows: 0 });
  });

  it('reads ten thousand wrong quotes as ten thousand refused rows', async () => {
    const done = await desk.importCsv(header + 'b,"B"x,,\n'.repeat(10_000), mapping);
    expect(done).toMatchObject({ state: 'finished', refused: 10_000 });
  });

  it('fails without a write at the line where the file stopped arriving', async () => {
    const { id } = await desk.imports.create({ fileName: 'a', bytesTotal: null, mapping }, operator);
    async function* rows() {
      yield Buffer.from(`${header}a,A,,\nb,B,,\nc,`);
      throw new Error('connection reset');
    }
    const done = await desk.imports.upload(id, Readable.from(rows()), operator);
    expect(done).toMatchObject({ state: 'failed', failure: { code: 'import.interrupted', line: 4 } });
    expect((await desk.search.search('a', 1, 900)).accounts).toBe(0);
  });

  it('changes only what the row changes of an account with the same user name', async () => {
    await desk.importCsv(`${header}a,Anna One,a@example.com,+49 555 111\n`, mapping);
    const { id } = await desk.store.db.selectFrom('accounts').select('id').executeTakeFirstOrThrow();
    const credentials = { account_id: id, password_hash: 'kept', set_at: 1, must_change: 0 as const };
    await desk.store.writeUnaudited((tx) =>
      tx.insertInto('account_credentials').values(credentials).execute(),
    );
    desk.clock.at += 1000;
    const again = await desk.importCsv(`${header}A,Änne One,new@example.com,+49 (555) 111\n`, mapping);
    expect(again).toMatchObject({ created: 0, changed: 1 });
    expect(await desk.store.db.selectFrom('accounts').selectAll().execute()).toMatchObject([
      { id, display_name: 'Änne One', email_changed_at: desk.clock.at, phone_changed_at: null },
    ]);
    expect(await desk.store.db.selectFrom('account_credentials').selectAll().execute()).toMatchObject([
      credentials,
    ]);
    expect(await desk.find('anna')).toMatchObject([{ displayName: 'Änne One', similar: 'sound' }]);
    expect(await desk.find('anne')).toMatchObject([{ displayName: 'Änne One', similar: null }]);
    const same = await desk.importCsv(`${header}A,Änne One,new@example.com,+49 (555) 111\n`, mapping);
    expect(same).toMatchObject({ changed: 0, unchanged: 1 });
  });

  it('stops reading without a write when it is cancelled', async () => {
    const { id } = await desk.imports.create({ fileName: 'a', bytesTotal: null, mapping }, operator);
    async function* rows() {
      yield Buffer.from(header);
      for (let at = 0; at < 50_000; at += 1) {
        if (at === 20_000) await desk.imports.cancel(id, operator);
        yield Buffer.from(`u${at},User ${at},,\n`);
      }
    }
    const done = await desk.imports.upload(id, Readable.from(rows()), operator);
    expect(done.state).toBe('cancelled');
    expect(done.created).toBeLessThan(20_001);
    expect((await desk.search.search('u', 1, 900)).accounts).toBe(0);
  });

  it('can be undone after it was cancelled in the middle', async () => {
    const rows = Array.from({ length: 5000 }, (_row, at) => `u${at},User ${at},,`);
    const { id } = await desk.analyseCsv(header + rows.join('\n'), mapping);
    await desk.imports.confirm(id, operator);
    await desk.imports.cancel(id, operator);
    await desk.imports.applied();
    const done = await desk.imports.get(id);
    expect(done.state).toBe('cancelled');
    expect(done.applied).toBeLessThan(5000);
    expect((await desk.search.search('u', 1, 900)).accounts).toBe(done.applied);
    expect(done.undoUntil === null).toBe(done.applied === 0);
  });

  it('is failed at the next start when the backend stopped in it', async () => {
    const { id } = await desk.imports.create({ fileName: 'a', bytesTotal: null, mapping }, operator);
    await desk.imports.settleInterruptedImports();
    expect(await desk.imports.get(id)).toMatchObject({ state: 'failed' });
  });

  it('brings 500 samples with every status and tier, Marlene Okafor among them', async () => {
    expect(await desk.imports.samples(operator)).toMatchObject({ created: 500, refused: 0 });
    const [marlene] = await desk.find('okafor marl');
    expect(marlene).toMatchObject({ userName: 'm.okafor', tier: 'standard', statuses: ['active'] });
    const kept = await desk.store.db.selectFrom('accounts').select('tier').distinct().execute();
    expect(kept).toHaveLength(3);
  });

  it('makes every written account findable by the start of each of its words', async () => {
    const name = string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => {
      // A leading apostrophe is Excel's mark for a text and is removed.
      const well = !/[\p{C}\uFFFD]/u.test(text) && !text.trim().startsWith("'");
      return well && text.trim() !== '' && foldedWords(text).length > 0;
    });
    let round = 0;
    await assert(
      asyncProperty(array(name, { minLength: 1, maxLength: 5 }), async (names) => {
        round += 1;
        const rows = names.map((text, at) => `r${round}n${at},"${text.replaceAll('"', '""')}",,`);
        const done = await desk.importCsv(header + rows.join('\n'), mapping);
        expect(done).toMatchObject({ created: names.length, refused: 0 });
        const stored = await desk.store.db
          .selectFrom('accounts')
          .select(['user_name', 'display_name'])
          .where('user_name', 'like', `r${round}n%`)
          .orderBy('row_id')
          .execute();
        expect(stored.map((row) => row.display_name)).toEqual(names.map((text) => text.trim()));
        for (const [at, text] of names.entries()) {
          for (const { word } of foldedWords(text)) {
            const length = 1 + (round % word.length);
            const start = [...word].slice(0, length).join('');
            const hits = await desk.find(`${start} r${round}n${at}`);
            expect(hits.map((hit) => hit.userName)).toContain(`r${round}n${at}`);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a mapping', () => {
  it('is proposed again for the next file with the same columns, whatever their case and blanks are', async () => {
    const desk = await openForTest();
    try {
      const head = 'Kürzel,Wer,Zustand,Bis\n';
      const chosen: ImportMapping = {
        ...mapping,
        columns: { userName: 0, displayName: 1, status: 2, expiresAt: 3 },
        statuses: { karenz: 'locked' },
        dateOrder: 'month-first',
      };
      const preview = (text: string) => desk.imports.preview(Buffer.from(text), true, {});
      const file = `${head}a.one,Anna One,Karenz,03/04/2026\n`;
      expect(await preview(file)).toMatchObject({ isRemembered: false, missing: ['displayName'] });
      await desk.importCsv(file, chosen);
      const again = await preview(`KÜRZEL , wer,Zustand,Bis\nb.two,Bo Two,Karenz,05/06/2026\n`);
      expect(again).toMatchObject({
        isRemembered: true,
        mapping: { columns: chosen.columns, statuses: chosen.statuses, dateOrder: 'month-first' },
        people: [{ statuses: ['locked'], expiresAt: '2026-05-06T23:59:59.999Z' }],
      });
      // The dates of the file itself are stronger evidence.
      const other = await preview(`${head}b.two,Bo Two,Karenz,25/06/2026\n`);
      expect(other.mapping.dateOrder).toBe('day-first');
      expect(await preview(`Wer,Kürzel,Zustand,Bis\nBo Two,b.two,,\n`)).toMatchObject({
        isRemembered: false,
      });
    } finally {
      await desk.close();
    }
  });
});

describe('a preview', () => {
  const preview = (head: Buffer) =>
    previewOf(head, true, {}, { zone: 'UTC', now: () => 0, remembered: () => Promise.resolve(null) });
  it('recognises Windows-1252 with semicolons and German names of columns', async () => {
    const head = Buffer.from(
      'Benutzername;Nachname;Vorname;E-Mail\nj.m;M\xfcller;J\xfcrgen;j@example.com\n',
      'latin1',
    );
    const { mapping: proposed, rows, missing } = await preview(head);
    expect(proposed).toMatchObject({ encoding: 'windows-1252', delimiter: ';', header: true });
    expect(proposed.columns).toEqual({ userName: 0, familyName: 1, givenName: 2, email: 3 });
    expect(rows[0]?.[1]).toBe('Müller');
    expect(missing).toEqual([]);
  });
  it('recognises UTF-16 and a byte order mark', async () => {
    const text = 'user name,name\na,Łucja\n';
    const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le');
    expect(await preview(utf16)).toMatchObject({
      mapping: { encoding: 'utf-16le' },
      rows: [['a', 'Łucja']],
    });
    const utf8 = await preview(Buffer.from(`\uFEFF${text}`));
    expect(utf8).toMatchObject({ mapping: { encoding: 'utf-8', columns: { userName: 0, displayName: 1 } } });
  });
  it('shows a row with letters beyond ASCII before one with a photograph that is shown in part', async () => {
    const photograph = 'ab'.repeat(50_000);
    const { people } = await preview(Buffer.from(`user name,name,photo\nbo,Bo,${photograph}\nida,Größer,\n`));
    expect(people.map(({ userName }) => userName)).toEqual(['ida', 'bo']);
  });
  it('refuses what is no text', async () => {
    await expect(preview(Buffer.from('a,b\0\n'))).rejects.toThrow(/NUL/u);
    await expect(preview(Buffer.from(' \n'))).rejects.toThrow(/empty/u);
  });
});
