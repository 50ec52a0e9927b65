import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pngOf } from './png-for-test.ts';
import { plainPng, UnusablePicture } from './plain-png.ts';

const limits = { width: 800, height: 240 };

describe('a PNG for the pages', () => {
  it('keeps its pixels', () => {
    const png = pngOf();
    expect(plainPng(png, limits)).toEqual({ bytes: png, width: 4, height: 2 });
  });

  it('loses its texts and what follows its end', () => {
    const hidden = Buffer.concat([
      pngOf({ text: 'Comment\0<script>' }),
      Buffer.from('<script>alert(1)</script>'),
    ]);
    expect(plainPng(hidden, limits).bytes).toEqual(pngOf());
  });

  it.each([
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['a text', Buffer.from('no picture')],
    ['nothing', Buffer.alloc(0)],
    ['half a picture', pngOf().subarray(0, 40)],
    ['a picture with a changed byte', Buffer.from(pngOf().map((byte, at) => (at === 20 ? byte + 1 : byte)))],
    ['too wide a picture', pngOf({ width: 801 })],
    ['a picture without a width', pngOf({ width: 0, pixels: deflateSync(Buffer.alloc(2)) })],
    ['an interlaced picture', pngOf({ interlaced: true })],
    ['fewer pixels than promised', pngOf({ pixels: deflateSync(Buffer.alloc(5)) })],
    [
      'pixels that unpack to a hundred megabytes',
      pngOf({ pixels: deflateSync(Buffer.alloc(100 * 1024 ** 2)) }),
    ],
    ['pixels that are not compressed', pngOf({ pixels: Buffer.from('raw') })],
  ])('is refused if it is %s', (_what, bytes) => {
    expect(() => plainPng(bytes, limits)).toThrow(UnusablePicture);
  });
});
