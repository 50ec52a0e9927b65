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

  it('holds a value until its time, and not at it', () => {
    at = 1999;
    expect(map.get('a')).toBe(first);
    expect(map.has('a')).toBe(true);
    at = 2000;
    expect(map.has('a')).toBe(false);
    expect(map.get('a')).toBeNull();
  });

  it('does not hold what has expired, even when the clock goes back', () => {
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

  it('forgets one value, or all', () => {
    map.set('b', { name: 'other' }, 2000);
    map.delete('a');
    expect([map.has('a'), map.has('b')]).toEqual([false, true]);
    map.clear();
    expect(map.has('b')).toBe(false);
  });

  it('drops what has expired when it is swept, and nothing else', () => {
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
