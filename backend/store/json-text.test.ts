import Database from 'libsql';
import { expect, it } from 'vitest';
import { jsonText } from './json-text.ts';

it.each([
  ['half of a character', 'a\uD83Db\uDE00', 'a\uFFFDb\uFFFD'],
  ['NUL', 'a\0b', 'a\uFFFDb'],
  ['whole character', 'a\u{1F600}b\u0001', 'a\u{1F600}b\u0001'],
  ['written escape', String.raw`a\ud83d \\u0000 \u0000`, String.raw`a\ud83d \\u0000 \u0000`],
])('a %s in rows that are passed as JSON is stored as text', (_what, given, stored) => {
  const database = new Database(':memory:');
  const read = database.prepare('select value ->> 0 as text from json_each(?)');
  expect(read.all(jsonText([[given]]))).toEqual([{ text: stored }]);
  database.close();
});
