import { describe, expect, it } from 'vitest';
import { isDeeplyNested } from './json-depth.ts';

describe('the depth of JSON', () => {
  it.each([
    ['an ordinary answer', '{"a":[{"b":[1,2]}]}'],
    ['many siblings', `[${'[],{},'.repeat(1000)}[]]`],
    ['brackets in strings', `["${'['.repeat(1000)}","\\"${'{'.repeat(1000)}"]`],
    ['a hundred levels', '['.repeat(100) + ']'.repeat(100)],
    ['no JSON', 'x'],
  ])('is accepted: %s', (_what, text) => {
    expect(isDeeplyNested(text)).toBe(false);
  });

  it.each([
    ['arrays', '['.repeat(101)],
    ['objects', '{"a":'.repeat(101)],
    ['after a string with an escaped quote', `["\\\\",${'['.repeat(100)}`],
  ])('is refused beyond a hundred levels: %s', (_what, text) => {
    expect(isDeeplyNested(text)).toBe(true);
  });
});
