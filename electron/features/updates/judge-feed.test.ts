import { describe, expect, it } from 'vitest';
import type { UpdateFeed } from '../../../shared/updates/update-feed.ts';
import { fileFor, isOffered } from './judge-feed.ts';

const feed = (change: Partial<UpdateFeed>): UpdateFeed =>
  ({ channel: 'stable', version: '1.1.0', share: 100, files: [], ...change }) as UpdateFeed;
const offered = (share: number, installation: number, version = '1.1.0') =>
  isOffered(feed({ share, version }), {
    version: '1.0.0',
    channel: 'stable',
    installation: `installation ${installation}`,
    newestSeen: null,
  });
const places = Array.from({ length: 2000 }, (_, index) => index);

describe('a release in stages', () => {
  it.each([1, 10, 50, 99])('reaches about %i percent of the installations', (share) => {
    const reached = places.filter((place) => offered(share, place)).length / places.length;
    expect(Math.abs(reached - share / 100)).toBeLessThan(0.04);
  });

  it('reaches the share of consoles that it names', () => {
    expect(places.every((place) => offered(100, place))).toBe(true);
    expect(places.some((place) => offered(0, place))).toBe(false);
    expect(places.filter((place) => offered(10, place)).every((place) => offered(30, place))).toBe(true);
  });

  it('does not begin with the same installations each time', () => {
    const first = places.filter((place) => offered(10, place));
    expect(first.every((place) => offered(10, place, '1.2.0'))).toBe(false);
  });
});

describe('the package of a release', () => {
  const file = (kind: string, arch: string) =>
    ({ kind, arch, name: `${kind}-${arch}` }) as UpdateFeed['files'][number];
  const files = [file('appimage', 'x64'), file('appimage', 'arm64'), file('mac', 'universal')];
  it.each([
    ['appimage', 'x64', 'appimage-x64'],
    ['appimage', 'arm64', 'appimage-arm64'],
    ['mac', 'arm64', 'mac-universal'],
    ['nsis', 'x64', undefined],
    ['appimage', 'ia32', undefined],
    [null, 'x64', undefined],
  ] as const)('for %s on %s is %s', (kind, arch, name) => {
    expect(fileFor(feed({ files }), kind, arch)?.name).toBe(name);
  });
});
