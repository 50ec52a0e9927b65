import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, feedFile, releaseVersion } from './update-feed.ts';

describe('versions', () => {
  const order = [
    '0.0.9',
    '0.1.0-beta.1',
    '0.1.0-beta.2',
    '0.1.0-beta.10',
    '0.1.0',
    '0.1.10',
    '0.2.0',
    '1.0.0',
    '10.0.0',
  ];
  it('are ordered by their numbers, a release after its trials', () => {
    expect(order.toReversed().toSorted(compareVersions)).toEqual(order);
  });

  it('are the same only as themselves', () => {
    const version = fc.constantFrom(...order);
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(compareVersions(a, b) === 0).toBe(a === b);
        expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0);
      }),
    );
  });

  it.each([
    '',
    '1',
    '1.2',
    'v1.2.3',
    '1.2.3-rc.1',
    '1.2.3+4',
    '1.2.-3',
    '1.2.3-beta',
    '1.2.3.4',
    '1234567.0.0',
  ])('are not written as %j', (text) => {
    expect(releaseVersion.safeParse(text).success).toBe(false);
  });
});

describe('the name of a package', () => {
  it.each(['', '.', '..', '../x', 'a/b', 'a\\b', '.hidden', 'a b', 'a?b', 'a%2fb', 'x'.repeat(201)])(
    'is not %j',
    (name) => {
      expect(feedFile.shape.name.safeParse(name).success).toBe(false);
    },
  );
});
