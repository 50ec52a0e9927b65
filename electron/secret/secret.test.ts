import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from './secret.ts';

describe('a secret', () => {
  const secret = new Secret('Kestrel-42-lantern');

  it.each([
    ['a template', String(secret)],
    ['JSON', JSON.stringify({ secret })],
    ['inspect', inspect({ secret }, { showHidden: true, depth: 5 })],
    ['a format', format('%s %o %j', secret, secret, secret)],
    ['a stack', String(new Error('with '.concat(String(secret))).stack)],
  ])('prints redacted in %s', (_where, printed) => {
    expect(printed).toContain('[redacted]');
    expect(printed).not.toContain('Kestrel');
  });

  it('gives its value only when asked to', () => {
    expect(secret.expose()).toBe('Kestrel-42-lantern');
  });
});
