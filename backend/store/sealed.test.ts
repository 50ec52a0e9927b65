import { describe, expect, it } from 'vitest';
import { createSealed } from './sealed.ts';

const sealed = createSealed(new Uint8Array(32).fill(1));

describe('a sealed value', () => {
  it('opens under its name', () => {
    const once = sealed.seal('mail', 'größe');
    expect(sealed.open('mail', once)).toBe('größe');
    expect(sealed.seal('mail', 'größe')).not.toBe(once);
  });

  it('opens only as it was sealed, under the same name and key', () => {
    const once = sealed.seal('mail', 'value');
    expect(() => sealed.open('other', once)).toThrow(/authenticate/);
    expect(() => createSealed(new Uint8Array(32).fill(2)).open('mail', once)).toThrow(/authenticate/);
    expect(() => sealed.open('mail', `${once.slice(0, -2)}${once.endsWith('AA') ? 'BB' : 'AA'}`)).toThrow(
      /authenticate/,
    );
  });
});
