import { describe, expect, it } from 'vitest';
import { basePathOf, isUnreachableAddress, publicAddressFault } from './public-address.ts';

describe('a public address', () => {
  it.each([
    'https://desk.example.com',
    'https://desk.example.com/',
    'https://desk.example.com:8443/reset',
    'http://10.0.0.7',
    'https://[2001:db8::7]/desk',
    'http://127.0.0.1:8443',
  ])('can be %s', (text) => {
    expect(publicAddressFault(text)).toBeNull();
  });

  it.each([
    ['desk.example.com', 'write the address'],
    ['ftp://desk.example.com', 'write the address'],
    ['https://desk.example.com/a b', 'blanks'],
    ['https://user:pw@desk.example.com', 'user name'],
    ['https://user@desk.example.com', 'user name'],
    ['https://desk.example.com/?a=b', '? or #'],
    ['https://desk.example.com/?', '? or #'],
    ['https://desk.example.com/#x', '? or #'],
    ['http://0.0.0.0:8443', 'not an address that users can open'],
    ['http://[::]:8443', 'not an address that users can open'],
    ['http://0:8443', 'not an address that users can open'],
  ])('cannot be %s', (text, words) => {
    expect(publicAddressFault(text)).toContain(words);
  });

  it.each([
    ['http://127.0.0.1:39793', true],
    ['http://127.8.8.8', true],
    ['http://localhost:8443', true],
    ['https://[::1]/desk', true],
    ['https://[::ffff:127.0.0.1]', true],
    ['http://0.0.0.0', true],
    ['http://169.254.7.7', true],
    ['http://desk.localhost:8443', true],
    ['https://localhost.example.com', false],
    ['', true],
    ['http://10.0.0.7', false],
    ['https://desk.example.com/reset', false],
  ])('%s is unreachable for users: %s', (address, expected) => {
    expect(isUnreachableAddress(address)).toBe(expected);
  });

  it.each([
    ['https://desk.example.com', ''],
    ['https://desk.example.com/', ''],
    ['https://desk.example.com/reset', '/reset'],
    ['https://desk.example.com/it/reset/', '/it/reset'],
  ])('%s has the base path "%s"', (address, expected) => {
    expect(basePathOf(address)).toBe(expected);
  });
});
