import { describe, expect, it } from 'vitest';
import { identityKey } from './fold.ts';

describe('the normal form of a name or address', () => {
  it.each([
    ['Case.One@Example.com', 'case.one@example.com'],
    ['kai@bücher.example', 'kai@xn--bcher-kva.example'],
    ['kai@BÜCHER.example', 'kai@xn--bcher-kva.example'],
    ['kai@bu\u0308cher.example.', 'kai@xn--bcher-kva.example'],
    ['kai@xn--bcher-kva.example', 'kai@xn--bcher-kva.example'],
    ['kai@例え。テスト', 'kai@xn--r8jz45g.xn--zckzah'],
    ['kai@example.com.', 'kai@example.com'],
    ['ｋａｉ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'kai@example.com'],
    ['jörg.x@example.com', 'jörg.x@example.com'],
    ['"a@b"@example.com', '"a@b"@example.com'],
    ['M.Okafor', 'm.okafor'],
    ['kai@1', 'kai@1'],
    ['kai@', 'kai@'],
    ['kai@ü ü', 'kai@ü ü'],
  ])('of %s is %s', (value, key) => {
    expect(identityKey(value)).toBe(key);
    expect(identityKey(key)).toBe(key);
  });
});
