import Database from 'libsql';
import { expect, it } from 'vitest';
import { prepareOnce } from './prepared-statements.ts';

/** A database that counts the statements that it prepares. */
function counted() {
  const database = new Database(':memory:');
  database.exec('create table notes (id integer primary key, text text not null unique)');
  let prepared = 0;
  const prepare = database.prepare.bind(database);
  database.prepare = ((text: string) => {
    prepared += 1;
    return prepare(text);
  }) as typeof database.prepare;
  return { database, kept: prepareOnce(database), prepared: () => prepared };
}

it('prepares a statement once for runs with different parameters', () => {
  const { kept, prepared } = counted();
  for (const text of ['one', 'two']) kept.prepare('insert into notes (text) values (?)').run([text]);
  const read = () => kept.prepare('select text from notes order by id').all([]);
  expect(read()).toEqual([{ text: 'one' }, { text: 'two' }]);
  expect(read()).toHaveLength(2);
  expect(prepared()).toBe(2);
});

it('runs a statement again after it failed', () => {
  const { kept } = counted();
  const put = (text: string | null) => kept.prepare('insert into notes (text) values (?)').run([text]);
  put('one');
  expect(() => put('one')).toThrow(/UNIQUE/);
  expect(() => put(null)).toThrow(/NOT NULL/);
  expect(put('two').changes).toBe(1);
});

it('returns a column that was added after the statement was prepared', () => {
  const { kept, database } = counted();
  const read = () => kept.prepare('select * from notes').all([]);
  kept.prepare('insert into notes (text) values (?)').run(['one']);
  expect(read()).toEqual([{ id: 1, text: 'one' }]);
  database.exec("alter table notes add column kind text not null default 'plain'");
  expect(read()).toEqual([{ id: 1, text: 'one', kind: 'plain' }]);
});

it('iterates over rows while the same statement runs as a whole', () => {
  const { kept } = counted();
  for (const text of ['one', 'two']) kept.prepare('insert into notes (text) values (?)').run([text]);
  const select = kept.prepare('select text from notes order by id');
  const rows = select.iterate([]);
  expect(rows.next().value).toEqual({ text: 'one' });
  expect(select.all([])).toHaveLength(2);
  expect(rows.next().value).toEqual({ text: 'two' });
});

it('leaves no open statement that would block a schema change', () => {
  const { kept, database } = counted();
  kept.prepare('insert into notes (text) values (?)').run(['one']);
  kept.prepare('select text from notes limit 1').all([]);
  // A select that has not reached its end would prevent this.
  expect(() => database.exec('drop table notes')).not.toThrow();
});

it('evicts the least recently used statement', () => {
  const { kept, prepared } = counted();
  for (let at = 0; at < 600; at += 1) {
    kept.prepare('select 1').all([]);
    kept.prepare(`select ${at + 2}`).all([]);
  }
  const before = prepared();
  kept.prepare('select 1').all([]);
  expect(prepared()).toBe(before);
  kept.prepare('select 2').all([]);
  expect(prepared()).toBe(before + 1);
});
