import { describe, expect, it } from 'vitest';
import { parseServerAddress } from './server-address.ts';

describe('a server address', () => {
  it.each([
    ['desk.example.com', 'https://desk.example.com'],
    ['  HTTPS://Desk.Example.com/  ', 'https://desk.example.com'],
    ['https://example.com/desk/', 'https://example.com/desk'],
    ['https://desk.example.com/api/v1', 'https://desk.example.com'],
    ['desk.example.com:8443', 'https://desk.example.com:8443'],
    ['localhost:8080', 'https://localhost:8080'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://127.0.0.1:4000/', 'http://127.0.0.1:4000'],
    ['http://[::1]:4000', 'http://[::1]:4000'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ])('reads %j as %s', (typed, address) => {
    expect(parseServerAddress(typed)).toBe(address);
  });

  it.each([
    '',
    'https://',
    'ftp://desk.example.com',
    'file:///etc/passwd',
    'javascript://desk.example.com/%0aalert(1)',
    'https://ann:secret@desk.example.com',
    'https://ann@desk.example.com',
    'https://:secret@desk.example.com',
    'https://desk.example.com/?x=1',
    'https://desk.example.com/#x',
    'two words',
    'https://desk.example.com:99999',
  ])('refuses %j', (typed) => {
    expect(() => parseServerAddress(typed)).toThrow('server.address-invalid');
  });

  it.each([
    'http://desk.example.com',
    'http://10.0.0.4',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
  ])('refuses plain HTTP to another computer: %s', (typed) => {
    expect(() => parseServerAddress(typed)).toThrow('server.tls-required');
  });
});
