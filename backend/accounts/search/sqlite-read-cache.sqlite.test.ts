import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, expect, it } from 'vitest';
import { createReadCache } from './sqlite-read-cache.ts';

const folder = mkdtempSync(join(tmpdir(), 'reset-desk-'));
const file = join(folder, 'cache.db');
const [reader, writer] = [new Database(file), new Database(file)];
afterAll(() => {
  reader.close();
  writer.close();
  rmSync(folder, { recursive: true });
});
const reads: string[] = [];
const cacheOf = (size: number) => {
  const cache = createReadCache(reader, size);
  const read = cache.keep(
    (word: string) => {
      reads.push(word);
      return word.length;
    },
    () => 1,
  );
  return (...words: string[]) => {
    reads.length = 0;
    cache.forgetChanged();
    for (const word of words) expect(read(word)).toBe(word.length);
    return [...reads];
  };
};

it('reads again after a change by any connection, and only then', () => {
  writer.exec('create table words (word text)');
  const ask = cacheOf(10);
  expect(ask('anna', 'anna', 'smith')).toEqual(['anna', 'smith']);
  expect(ask('smith', 'anna')).toEqual([]);
  writer.exec("insert into words values ('other')");
  expect(ask('anna')).toEqual(['anna']);
  reader.exec("insert into words values ('own')");
  expect(ask('anna')).toEqual(['anna']);
  expect(ask('anna')).toEqual([]);
});

it('keeps no more than its size', () => {
  const ask = cacheOf(2);
  expect(ask('a', 'bb', 'ccc', 'a')).toEqual(['a', 'bb', 'ccc']);
  expect(ask('dddd', 'a')).toEqual(['dddd', 'a']);
});
