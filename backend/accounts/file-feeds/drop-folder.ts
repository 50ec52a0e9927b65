import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { feedFolder } from '../../../shared/api/account-sources.ts';

/** A file that does not grow any more. */
export interface DroppedFile {
  readonly name: string;
  readonly path: string;
  readonly size: number;
  /** Milliseconds. */
  readonly changedAt: number;
}

/** Names that programs give to files while they write them. */
const unfinished = /^\.|~$|\.(?:tmp|temp|part|partial|filepart|crdownload|swp|lock)$/iu;
/** What an uploaded file may be called; everything else becomes a dash. */
const nameOf = (name: string): string =>
  name
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^\.+/u, '')
    .slice(-100);

/** The folders in which sources drop files. Only files are read, and no link is followed. */
export function createDropFolder(dataFolder: string) {
  /** What each file was at the last look. */
  const seen = new Map<string, string>();
  const folderOf = (sourceId: string): string => join(dataFolder, feedFolder(sourceId));

  return {
    /** The files that are as they were at the last look, oldest first. Makes the folder if there is none. */
    async settled(sourceId: string): Promise<DroppedFile[]> {
      const folder = folderOf(sourceId);
      await mkdir(folder, { recursive: true, mode: 0o770 });
      const files: DroppedFile[] = [];
      for (const name of await readdir(folder)) {
        if (unfinished.test(name)) continue;
        const path = join(folder, name);
        const stats = await lstat(path).catch(() => null);
        if (stats?.isFile() !== true || stats.size === 0) continue;
        const now = `${stats.size} ${stats.mtimeMs} ${stats.ino}`;
        if (seen.get(path) === now) files.push({ name, path, size: stats.size, changedAt: stats.mtimeMs });
        seen.set(path, now);
      }
      return files.toSorted((one, other) => one.changedAt - other.changedAt);
    },
    /** Whether a file is still as it was. */
    async isSame({ path, size, changedAt }: DroppedFile): Promise<boolean> {
      const stats = await lstat(path).catch(() => null);
      return stats?.size === size && stats.mtimeMs === changedAt;
    },
    /** SHA-256 in hex. */
    async digest({ path }: DroppedFile): Promise<string> {
      const hash = createHash('sha256');
      for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
      return hash.digest('hex');
    },
    /** The first bytes. */
    async head({ path }: DroppedFile, bytes: number): Promise<Buffer> {
      const file = await open(path, 'r');
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
        return buffer.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
    read: ({ path }: DroppedFile): Readable => createReadStream(path),
    /** Keeps an upload, which appears in the folder once it is complete. Answers its name. */
    async keep(sourceId: string, name: string, bytes: Readable): Promise<string> {
      const folder = folderOf(sourceId);
      await mkdir(folder, { recursive: true, mode: 0o770 });
      const kept = nameOf(name) || 'upload.csv';
      const path = join(folder, `.${randomUUID()}.part`);
      try {
        await pipeline(bytes, createWriteStream(path, { mode: 0o600 }));
        await rename(path, join(folder, kept));
      } catch (thrown) {
        await rm(path, { force: true });
        throw thrown;
      }
      return kept;
    },
  };
}
export type DropFolder = ReturnType<typeof createDropFolder>;
