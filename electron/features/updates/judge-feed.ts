import { createHash } from 'node:crypto';
import {
  compareVersions,
  type FeedFile,
  type updateChannels,
  type UpdateFeed,
} from '../../../shared/updates/update-feed.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';

interface Console {
  readonly version: string;
  readonly channel: (typeof updateChannels)[number];
  /** The random id of this installation, which decides whether it belongs to a release's share. */
  readonly installation: string;
  /** The newest version that a feed of this channel has named; null before the first. */
  readonly newestSeen: string | null;
}

/** A number from 0 to 99, different for each release, so that no installation is always among the first. */
const placeOf = (installation: string, version: string): number =>
  createHash('sha256').update(`${installation} ${version}`).digest().readUInt32BE() % 100;

/**
 * Whether the release is newer and offered to this console. Throws `update.older` for a feed that was replaced by an older one, and `update.feed-invalid` for one of
 * another channel.
 */
export function isOffered(
  feed: UpdateFeed,
  { version, channel, installation, newestSeen }: Console,
): boolean {
  if (feed.channel !== channel) throw new ConsoleFailure('update.feed-invalid', { detail: feed.channel });
  if (newestSeen !== null && compareVersions(feed.version, newestSeen) < 0)
    throw new ConsoleFailure('update.older', { detail: feed.version });
  return compareVersions(feed.version, version) > 0 && placeOf(installation, feed.version) < feed.share;
}

/** The release's package for this console; null if the feed has none. */
export const fileFor = (
  { files }: UpdateFeed,
  kind: FeedFile['kind'] | null,
  arch: string,
): FeedFile | null =>
  files.find((file) => file.kind === kind && (file.arch === arch || file.arch === 'universal')) ?? null;
