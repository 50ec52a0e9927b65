import { beforeEach, describe, expect, it } from 'vitest';
import { createExpiringMap, type ExpiringMap } from './expiring-map.ts';

describe('an expiring map', () => {
  let at: number;
  let map: ExpiringMap<{ name: string }>;
  const first = { name: 'first' };
  beforeEach(() => {
    at = 1000;
    map = createExpiringMap(() => at);
    map.set('a', first, 2000);
  });

  it('holds a value until just before its time', () => {
    at = 1999;
    expect(map.get('a')).toBe(first);
    expect(map.has('a')).toBe(true);
    at = 2000;
    expect(map.has('a')).toBe(false);
    expect(map.get('a')).toBeNull();
  });

  it('does not hold what has expired even when the clock goes back', () => {
    at = 2000;
    map.get('a');
    at = 1000;
    expect(map.get('a')).toBeNull();
  });

  it('replaces a value together with its time', () => {
    map.set('a', { name: 'second' }, 3000);
    at = 2500;
    expect(map.get('a')).toEqual({ name: 'second' });
  });

  it('forgets one value or all', () => {
    map.set('b', { name: 'other' }, 2000);
    map.delete('a');
    expect([map.has('a'), map.has('b')]).toEqual([false, true]);
    map.clear();
    expect(map.has('b')).toBe(false);
  });

  it('drops exactly what has expired when it is swept', () => {
    map.set('b', { name: 'other' }, 5000);
    at = 2000;
    map.sweep();
    at = 1000;
    expect([map.has('a'), map.has('b')]).toEqual([false, true]);
  });

  it('lends out a method without itself', () => {
    const { has } = map;
    expect(has('a')).toBe(true);
  });
});

describe('values that are gone', () => {
  function watchedMap() {
    const clock = { at: 0 };
    const gone: string[] = [];
    const map = createExpiringMap<string>(
      () => clock.at,
      (value) => gone.push(value),
    );
    map.set('a', 'first', 10);
    map.set('b', 'second', 20);
    return { clock, gone, map };
  }

  it('are handed on once each', () => {
    const { clock, gone, map } = watchedMap();
    map.set('a', 'instead of first', 10);
    expect(gone).toEqual(['first']);
    map.delete('a');
    map.delete('a');
    expect(gone).toEqual(['first', 'instead of first']);
    clock.at = 20;
    map.sweep();
    map.sweep();
    expect(gone).toEqual(['first', 'instead of first', 'second']);
  });

  it('are handed on at the next occasion', () => {
    const { clock, gone, map } = watchedMap();
    clock.at = 10;
    expect(map.get('a')).toBeNull();
    map.clear();
    expect(gone).toEqual(['first', 'second']);
  });

  it('do not include one whose time alone was changed', () => {
    const { clock, gone, map } = watchedMap();
    map.set('a', 'first', 30);
    clock.at = 20;
    expect([map.get('a'), gone]).toEqual(['first', []]);
  });
});
