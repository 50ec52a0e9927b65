import { createHash } from 'node:crypto';
import {
  compareVersions,
  type FeedFile,
  type updateChannels,
  type UpdateFeed,
} from '../../../shared/updates/update-feed.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';

/** The newest feed of a channel that was seen: its version, and when it was signed. */
export interface SeenFeed {
  readonly version: string;
  /** Null if an earlier version of the console saw it, which did not keep the time. */
  readonly released: string | null;
}

interface Console {
  readonly version: string;
  readonly channel: (typeof updateChannels)[number];
  /** The random id of this installation, which decides whether it belongs to a release's share. */
  readonly installation: string;
  /** Null before the first. */
  readonly newestSeen: SeenFeed | null;
}

/** Whether a feed was signed before the one that was seen. Of one version, a later feed may have another share. */
function isOlder({ version, released }: UpdateFeed, seen: SeenFeed): boolean {
  const order = compareVersions(version, seen.version);
  return (
    order < 0 || (order === 0 && seen.released !== null && Date.parse(released) < Date.parse(seen.released))
  );
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
  if (newestSeen !== null && isOlder(feed, newestSeen))
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
