import { expect, it } from 'vitest';
import { createEventReader } from './event-stream.ts';

it('reads events however they are cut, and passes over comments', () => {
  const read: string[] = [];
  const take = createEventReader((data) => read.push(data));
  for (const chunk of [
    ': listening\n\nda',
    'ta: {"a":1}\n',
    '\n: still here\n\ndata: one\ndata: two\n\n',
    'data: never',
  ]) {
    take(chunk);
  }
  expect(read).toEqual(['{"a":1}', 'one\ntwo']);
});
