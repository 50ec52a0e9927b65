import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportMapping } from '../../../shared/api/import-file.ts';
import { openForTest, operator } from '../open-for-test.ts';

const mapping: ImportMapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: false,
  columns: { id: 0, userName: 1, displayName: 2 },
};
let desk: Awaited<ReturnType<typeof openForTest>>;
beforeEach(async () => {
  desk = await openForTest();
});
afterEach(() => desk.close());

const people = async () =>
  (await desk.store.db.selectFrom('accounts').selectAll().orderBy('row_id').execute()).map(
    ({ source_id: id, user_name: name, user_name_key: key }) => `${id} ${name} ${key}`,
  );
const others = Array.from({ length: 1200 }, (_each, at) => `id-${at},user${at},User ${at}`);

describe('people whose user names move between them', () => {
  beforeEach(async () => {
    await desk.importCsv('a,ann,Ann One\nb,bob,Bob Two\nc,cid,Cid Three', mapping);
  });

  it('swap them in one transaction if their file has their ids', async () => {
    expect(await desk.importCsv('a,bob,Ann One\nb,ann,Bob Two', mapping)).toMatchObject({
      state: 'finished',
      changed: 2,
      held: 0,
      applied: 2,
    });
    expect(await people()).toEqual(['a bob bob', 'b ann ann', 'c cid cid']);
    expect((await desk.find('bob')).map(({ displayName }) => displayName)).toEqual(['Ann One', 'Bob Two']);
  });

  it('swap them however far apart their rows are', async () => {
    const csv = ['a,bob,Ann One', ...others, 'b,ann,Bob Two'].join('\n');
    expect(await desk.importCsv(csv, mapping)).toMatchObject({ created: 1200, changed: 2, applied: 1202 });
    expect((await people()).slice(0, 3)).toEqual(['a bob bob', 'b ann ann', 'c cid cid']);
  });

  it('pass them on in a circle, or in a row to a new one', async () => {
    await desk.importCsv('a,bob,Ann One\nb,cid,Bob Two\nc,ann,Cid Three', mapping);
    expect(await people()).toEqual(['a bob bob', 'b cid cid', 'c ann ann']);
    expect(await desk.importCsv('a,cid,Ann One\nb,bob2,Bob Two', mapping)).toMatchObject({ held: 0 });
    expect(await people()).toEqual(['a cid cid', 'b bob2 bob2', 'c ann ann']);
  });

  it('get them back together when the import is undone', async () => {
    const before = await people();
    const { id } = await desk.importCsv('a,bob,Ann One\nb,cid,Bob Two\nc,ann,Cid Three\nd,dee,Dee', mapping);
    const undone = await desk.imports.undo(id, operator);
    expect(undone).toMatchObject({ state: 'undone', undone: { restored: 4, kept: 0 } });
    expect((await people()).slice(0, 3)).toEqual(before);
    expect((await desk.find('bob')).map(({ displayName }) => displayName)).toEqual(['Bob Two']);
  });

  it('keep them when the import is undone, if one of them has got another name since', async () => {
    const { id } = await desk.importCsv('a,bob,Ann One\nb,ann,Bob Two', mapping);
    await desk.importCsv('b,bertha,Bob Two', mapping);
    expect(await desk.imports.undo(id, operator)).toMatchObject({ undone: { restored: 1, kept: 1 } });
    expect(await people()).toEqual(['a ann ann', 'b bertha bertha', 'c cid cid']);
  });

  it.each([
    ['with the same id', 'a,bob,Ann One\na,ann,Ann One\nb,ann,Bob Two'],
    ['without an id', 'a,bob,Ann One\n,ann,Ann One\nb,cid,Bob Two\nc,dan,Cid Three'],
    ['that is far away', ['a,bob,Ann One', 'b,ann,Bob Two', ...others, 'a,zoe,Ann One'].join('\n')],
  ])('wait for a decision if another row of the file, %s, contradicts one of them', async (_what, csv) => {
    const view = await desk.importCsv(csv, mapping);
    expect(view.state).toBe('finished');
    const reasons = (await desk.store.db.selectFrom('held_rows').select('reason').execute()).map(
      ({ reason }) => reason,
    );
    expect(reasons.filter((reason) => reason === 'rows-contradict').length).toBeGreaterThanOrEqual(2);
    expect((await people())[0]).toBe('a ann ann');
  });

  it('wait for a decision if the holder of a name keeps it', async () => {
    expect(await desk.importCsv('a,bob,Ann One\nc,ann,Cid Three', mapping)).toMatchObject({ held: 2 });
    expect(await people()).toEqual(['a ann ann', 'b bob bob', 'c cid cid']);
  });

  it('wait for a decision without ids, even if both rows are there', async () => {
    const names = { ...mapping, columns: { userName: 1, displayName: 2 } };
    expect(await desk.importCsv('a,bob,Ann One\nb,ann,Bob Two', names)).toMatchObject({ held: 2 });
  });
});
