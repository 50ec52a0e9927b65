import { describe, expect, it, vi } from 'vitest';
import { createCookies } from './cookies.ts';

describe.each([
  ['https://desk.example.com', '__Host-session', true],
  ['http://127.0.0.1:8420', 'session', false],
])('a cookie of the pages at %s', (publicUrl, fullName, secure) => {
  const cookies = createCookies(() => publicUrl);
  const read = (cookie?: string) => cookies.read({ headers: { cookie } }, 'session');

  it.each([
    ['alone', `${fullName}=abc`, 'abc'],
    ['among others', `a=b; ${fullName}=abc;c=d`, 'abc'],
    ['with an equals sign in it', `${fullName}=a=b`, 'a=b'],
  ])('is read %s', (_where, header, value) => {
    expect(read(header)).toBe(value);
  });
  it.each([
    ['there is none', undefined],
    ['it is sent twice, as another site of the domain can make it', `${fullName}=abc; ${fullName}=xyz`],
    ['it is sent twice with the same value', `${fullName}=abc; ${fullName}=abc`],
    ['only its name begins alike', `${fullName}x=abc`],
    ['only its name ends alike', `x${fullName}=abc`],
    ['it has the name of the other scheme', secure ? 'session=abc' : '__Host-session=abc'],
  ])('is not read when %s', (_why, header) => {
    expect(read(header)).toBeUndefined();
  });

  it('is set for the server, for its own pages and out of reach of scripts', () => {
    const setCookie = vi.fn<(...args: unknown[]) => unknown>();
    cookies.set({ setCookie } as never, 'session', 'abc', 60);
    expect(setCookie).toHaveBeenCalledExactlyOnceWith(fullName, 'abc', {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure,
      maxAge: 60,
    });
  });
  it('is cleared with the attributes that it was set with', () => {
    const clearCookie = vi.fn<(...args: unknown[]) => unknown>();
    cookies.clear({ clearCookie } as never, 'session');
    expect(clearCookie).toHaveBeenCalledExactlyOnceWith(fullName, {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure,
    });
  });
});
