import { describe, expect, it } from 'vitest';
import { hasUnlikelyShape } from './json-shape.ts';

const members = (count: number) => Array.from({ length: count }, (_none, at) => `"k${at}":1`).join();

describe('JSON', () => {
  it.each([
    ['an ordinary answer', '{"a":[{"b":[1,2]}]}'],
    ['many siblings', `[${'[],{},'.repeat(10_000)}[]]`],
    ['many objects with a few members', `[${`{${members(20)}},`.repeat(5000)}{}]`],
    ['brackets and commas in strings', `["${'['.repeat(1000)}","\\"${'{,'.repeat(20_000)}"]`],
    ['a hundred levels', '['.repeat(100) + ']'.repeat(100)],
    ['ten thousand members', `{"a":{${members(10_000)}},"b":{${members(10_000)}}}`],
    ['no JSON', 'x,,,'],
  ])('is parsed if it has a likely shape: %s', (_what, text) => {
    expect(hasUnlikelyShape(text)).toBe(false);
  });

  it.each([
    ['arrays', '['.repeat(101)],
    ['objects', '{"a":'.repeat(101)],
    ['arrays after a string with an escaped quote', `["\\\\",${'['.repeat(100)}`],
    ['members of one object', `{${members(10_001)}}`],
    ['members of an object in an array', `[{${members(10_001)}}]`],
  ])('is not parsed if it has too many %s', (_what, text) => {
    expect(hasUnlikelyShape(text)).toBe(true);
  });
});
