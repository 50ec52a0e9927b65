import { z } from 'zod';

export const updateModes = ['off', 'notify', 'automatic'] as const;
export const updateChannels = ['stable', 'beta'] as const;

/** The packages that replace themselves. The others are updated by the system's own package manager. */
export const selfUpdatingPackages = ['appimage', 'nsis', 'mac'] as const;

/**
 * The https address of the folder with the feeds of the channels. Without a password, which every console would show in its Settings, and parts that
 * names of files cannot follow.
 */
export const feedAddress = z
  .url({ protocol: /^https$/, error: 'write an https address' })
  .max(2000)
  .regex(/^[^@?#]*$/, 'leave out the user name, the password and everything after a ? or #');

/** Bytes of a package. */
const maxPackageBytes = 1024 ** 3;

/** `1.2.3`, or `1.2.3-beta.4` for a version that is tried before its release. */
export const releaseVersion = z
  .string()
  .max(40)
  .regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}(?:-beta\.\d{1,6})?$/);

/** One package of a release. */
export const feedFile = z.object({
  kind: z.enum(selfUpdatingPackages),
  arch: z.enum(['x64', 'arm64', 'universal']),
  /** The file's name beside the feed. */
  name: z.string().regex(/^[A-Za-z0-9][\w.-]{0,199}$/),
  bytes: z.int().min(1).max(maxPackageBytes),
  /** Base64. */
  sha512: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
});
export type FeedFile = z.infer<typeof feedFile>;

/** The newest release of a channel. Its bytes are signed with Ed25519 in a file beside it, and read only after the signature was verified. */
export const updateFeed = z.object({
  format: z.literal(1),
  product: z.literal('Reset Desk'),
  channel: z.enum(updateChannels),
  version: releaseVersion,
  released: z.iso.datetime(),
  /** The share of the installations that are offered the release, in percent. */
  share: z.int().min(0).max(100),
  /** Release notes as plain text. */
  notes: z.string().max(20_000),
  files: z.array(feedFile).max(20),
});
export type UpdateFeed = z.infer<typeof updateFeed>;

export const feedName = 'feed.json';
export const signatureName = 'feed.json.sig';

const parts = (version: string): readonly number[] => {
  const [release = '', beta] = version.split('-beta.');
  // A release is newer than its trial versions.
  return [...release.split('.').map(Number), beta === undefined ? Infinity : Number(beta)];
};

/** Negative if `a` is older than `b`, positive if it is newer, 0 if they are the same. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  const differing = left.findIndex((part, index) => part !== right[index]);
  return differing === -1 ? 0 : (left[differing] ?? 0) < (right[differing] ?? 0) ? -1 : 1;
}
