import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FeedFile } from '../../../shared/updates/update-feed.ts';
import { ConsoleFailure, isFailure } from '../../failure/console-failure.ts';
import type { SetTimer } from '../timers/timers.ts';

interface Download {
  readonly url: string;
  readonly file: FeedFile;
  /** Holds nothing but downloads of updates: earlier ones are removed. */
  readonly folder: string;
  readonly open: (url: string, signal: AbortSignal) => Promise<Readable>;
  /** The bytes that are free on a folder's drive. */
  readonly freeBytes?: (folder: string) => Promise<number>;
  readonly setTimer: SetTimer;
}

/** Milliseconds without a byte. */
const idleMs = 60_000;

const freeBytesOf = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

const codes: Readonly<Record<string, 'update.disk-full' | 'update.unwritable'>> = {
  ENOSPC: 'update.disk-full',
  EDQUOT: 'update.disk-full',
  EACCES: 'update.unwritable',
  EPERM: 'update.unwritable',
  EROFS: 'update.unwritable',
};

function failureOf(thrown: unknown): ConsoleFailure {
  if (isFailure(thrown)) return thrown;
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'error';
  return new ConsoleFailure(codes[code] ?? 'update.unreachable', { detail: code });
}

/** Passes chunks on, up to the size that the feed names, and hashes them. `touch` is called with each. */
function counted(file: FeedFile, touch: () => void) {
  const hash = createHash('sha512');
  let bytes = 0;
  return async function* check(source: AsyncIterable<Buffer>) {
    for await (const chunk of source) {
      touch();
      bytes += chunk.length;
      if (bytes > file.bytes) throw new ConsoleFailure('update.sum-wrong');
      hash.update(chunk);
      yield chunk;
    }
    if (bytes !== file.bytes || hash.digest('base64') !== file.sha512)
      throw new ConsoleFailure('update.sum-wrong');
  };
}

/**
 * Downloads a package and returns its path. Throws `update.sum-wrong`, `update.unreachable`, `update.disk-full` or `update.unwritable`, and leaves no file behind
 * then.
 */
export async function downloadUpdate({
  url,
  file,
  folder,
  open,
  freeBytes = freeBytesOf,
  setTimer,
}: Download): Promise<string> {
  const abort = new AbortController();
  let cancelIdle: () => void = () => undefined;
  const touch = () => {
    cancelIdle();
    cancelIdle = setTimer(idleMs, () => {
      abort.abort();
    });
  };
  const part = join(folder, `${file.name}.part`);
  const whole = join(folder, file.name);
  try {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // Once for the download and once for the copy that replaces the program.
    if ((await freeBytes(folder)) < 2 * file.bytes) throw new ConsoleFailure('update.disk-full');
    touch();
    const source = await open(url, abort.signal);
    await pipeline(source, counted(file, touch), createWriteStream(part, { mode: 0o600 }), {
      signal: abort.signal,
    });
    await rename(part, whole);
    return whole;
  } catch (thrown) {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    throw failureOf(thrown);
  } finally {
    cancelIdle();
  }
}
