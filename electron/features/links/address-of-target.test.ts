import { describe, expect, it } from 'vitest';
import { addressOfTarget } from './address-of-target.ts';

describe('an address that the console opens outside', () => {
  it.each([
    ['https://desk.example.com', 'https://desk.example.com/login'],
    ['https://desk.example.com/reset/', 'https://desk.example.com/reset/login'],
    ['https://desk.example.com:8443/a//', 'https://desk.example.com:8443/a/login'],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000/login'],
    ['http://localhost:4000/', 'http://localhost:4000/login'],
    ['http://[::1]:4000/', 'http://[::1]:4000/login'],
    ['https://desk.example.com/?q=1#x', 'https://desk.example.com/login'],
  ])('is the sign-in page of a plain web address: %s', (publicUrl, address) => {
    expect(addressOfTarget('login-page', publicUrl)).toBe(address);
  });

  it.each([
    null,
    '',
    'no address',
    'http://evil.example',
    'http://127.0.0.1.evil.example/',
    'http://localhost.evil.example/',
    'https://user@desk.example.com',
    'https://user:secret@desk.example.com',
    'file:///etc/passwd',
    'file://server/share',
    'javascript:alert(1)',
    'data:text/html,x',
    'smb://server/share',
    'ms-settings:',
    'mailto:x@example.com',
    'vbscript:x',
    'app://reset-desk/',
  ])('is never %s', (publicUrl) => {
    expect(addressOfTarget('login-page', publicUrl)).toBeNull();
  });

  it('is the same page for the documentation, whatever the server says', () => {
    expect(addressOfTarget('documentation', 'file:///etc/passwd')).toMatch(
      /^https:\/\/reset-desk\.example\.com\//,
    );
  });
});
